package secret

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/tidwall/gjson"
)

const secretWords = `password|passwd|passphrase|passcode|pwd|secret|token|` +
	`jwt|(?:api|access|private|signing)[_-]?key|credential|session[_-]?(?:id|key)`

// shortWords tell a secret where they stand by themselves.
const shortWords = `authorization|cookie|session|signature|pass|key|otp|pin|auth|sig`

// secretName is a name that tells a secret, of signs that are none of the other: one of the words anywhere in it, or at
// its end a short word by itself, such as key in apiKey and not in monkey.
func secretName(signs string) string {
	return `(?:` + signs + `*(?:` + secretWords + `)` + signs + `*|(?:` + signs + `*[_.:-])?(?:` + shortWords + `)|` +
		signs + `*[a-z](?-i:Authorization|Cookie|Session|Signature|Pass|Key|Otp|Pin|Auth))`
}

var (
	secretHeader = regexp.MustCompile(
		`(?i)cookie|` + secretWords + `|^(?:.*-)?(?:` + shortWords + `)$|^x-auth`,
	)
	secretMember = regexp.MustCompile(`(?i)"` + secretName(`[^"]`) + `"\s*:\s*"((?:[^"\\]|\\.)*)(?:"|\\?$)`)
	secretQuery  = regexp.MustCompile(`(?i)[?&#;]` + secretName(`[^=&#;?]`) + `=([^&#;"\s]*)`)
	// Texts of other kinds: program texts, XML, YAML, parts of a form.
	secretQuoted  = regexp.MustCompile(`(?i)['{,\s]` + secretName(`[\w.-]`) + `['"]?\s*[:=]\s*['"]([^'"]*)['"]`)
	secretElement = regexp.MustCompile(`(?i)<` + secretName(`[\w.:-]`) + `(?:\s[^<>]*)?>([^<]*)<`)
	secretLine    = regexp.MustCompile(`(?im)^[ \t-]*` + secretName(`[\w.-]`) + `[ \t]*:[ \t]+([^"'\s{\[].*)$`)
	secretPart    = regexp.MustCompile(`(?i)name="` + secretName(`[^"]`) + `"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n([^\r\n]*)`)
	fetched       = regexp.MustCompile(`(?i)(?:` + secretWords + `)s?(?:[_-]?value)?$`)
	given         = regexp.MustCompile(`(?i)` + secretWords + `|authorization|cookie|(?:pass|key|otp|pin)$`)
	ordinary      = regexp.MustCompile(`(?i)^(true|false|null|none|undefined|deleted|expired|dark|light|auto)$`)
	plainHeader   = regexp.MustCompile(`(?i)^(accept|accept-language|content-type|user-agent)$`)
	cookies       = regexp.MustCompile(`(?i)cookie`)
	leading       = regexp.MustCompile(`(?i)^(location|content-location|refresh|link)$`)
	// Those that are registered (RFC 9110, 16.4.1), and others that are met.
	scheme = regexp.MustCompile(`(?i)^(basic|bearer|concealed|digest|dpop|gnap|hoba|mutual|negotiate|ntlm|oauth|privatetoken|` +
		`scram-sha-(1|256)|vapid|token|api-?key|key|jwt|ssws|hawk|hmac(-sha\d+)?|signature|aws|aws4-hmac-sha256)?$`)
	challenge = regexp.MustCompile(`(?i)^(authorization|proxy-authorization)$`)
)

// Named says whether a header of this name holds a secret, whatever its value.
func Named(header string) bool { return secretHeader.MatchString(header) }

// Header takes what a header of a caller holds: the whole value, each cookie and each
// parameter in it, and what Basic has in base64. What every client sends, such as
// Accept, is no secret.
func (k *Keeper) Header(name, value string) {
	if plainHeader.MatchString(name) {
		return
	}
	rest := Part(value)
	k.Add(rest)
	if len(rest) < embedded && len(rest) < len(value) {
		k.whole(value)
	}
	switch first, behind, more := strings.Cut(rest, " "); {
	case len(rest) < len(value) && strings.EqualFold(value[:len(value)-len(rest)], "basic "):
		k.basic(rest)
	case more && challenge.MatchString(name): // of a scheme that nobody knows, or of none
		k.long(first)
		k.Header(name, behind)
	}
	if cookies.MatchString(name) {
		for _, cookie := range strings.Split(value, ";") {
			k.cookie(cookie)
		}
	}
	k.token(rest)
	for _, piece := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" \t;,|", r) }) {
		k.long(piece)
		if _, parameter, ok := strings.Cut(piece, "="); ok {
			k.long(strings.Trim(parameter, `"`))
		}
		k.token(piece)
	}
}

// basic takes what a pair of Basic is made of, in whatever base64.
func (k *Keeper) basic(pair string) {
	pair = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(strings.TrimSpace(pair), "="))
	plain, err := base64.RawStdEncoding.DecodeString(pair)
	if err != nil {
		return
	}
	user, password, _ := strings.Cut(string(plain), ":")
	k.long(string(plain), user)
	k.Add(password)
}

// cookie takes the value of one, however short, unless it is a word that hides nothing.
func (k *Keeper) cookie(pair string) {
	_, value, _ := strings.Cut(pair, "=")
	if value = strings.Trim(strings.TrimSpace(value), `"`); !ordinary.MatchString(value) {
		k.Add(value)
	}
}

// URL takes the user info and the values of the query, and of the parameters in the path, of an address: whoever has them may be
// let in by them.
func (k *Keeper) URL(address string) {
	at, err := url.Parse(address)
	if err != nil {
		return
	}
	if at.User != nil {
		password, _ := at.User.Password()
		k.Add(password)
		k.long(at.User.Username())
	}
	k.long(at.RawQuery)
	for _, parameter := range strings.FieldsFunc(at.Path, func(r rune) bool { return r == ';' || r == '/' }) {
		if name, value, ok := strings.Cut(parameter, "="); ok {
			k.long(value)
			k.Given(name, value)
		}
	}
	for name, values := range at.Query() {
		for _, value := range values {
			k.long(value)
			k.Given(name, value)
		}
	}
}

// long takes the pieces of a value that are no ordinary short words.
func (k *Keeper) long(pieces ...string) {
	for _, piece := range pieces {
		if len(piece) >= embedded {
			k.Add(piece)
		}
	}
}

// token takes what of a signed token says who is calling, which a target may tell apart.
func (k *Keeper) token(value string) {
	if parts := strings.Split(value, "."); len(parts) == 3 && len(parts[1]) > 20 {
		k.long(parts[1], parts[2])
	}
}

// Given takes a value that the target's owner gave under a name, if the name says that
// it is a secret.
func (k *Keeper) Given(name, value string) {
	if GivenName(name) {
		k.Add(value)
	}
}

// GivenName says whether a value that the target's owner gives under a name is a secret.
func GivenName(name string) bool { return given.MatchString(name) }

// Answer takes the tokens, passwords and cookies that a target handed out.
func (k *Keeper) Answer(header http.Header, body []byte) {
	const most = 16 // in one address
	for name, values := range header {
		for _, value := range values {
			switch {
			case !k.room():
			case name == "Set-Cookie":
				k.cookie(strings.SplitN(value, ";", 2)[0])
			case Named(name):
				k.long(value, Part(value))
			case leading.MatchString(name):
				for _, found := range secretQuery.FindAllString(value, most) {
					_, value, _ := strings.Cut(found, "=")
					k.long(strings.TrimRight(value, ">"))
				}
			}
		}
	}
	if mentions(string(body)) && gjson.ValidBytes(body) {
		k.members(gjson.ParseBytes(body), false, 0)
	}
}

// members walks a JSON value and takes each text below a member of a telling name. Every level
// is read anew, so that the depth is bounded: no answer of substance has as many levels.
func (k *Keeper) members(value gjson.Result, telling bool, depth int) {
	const deepest = 64
	const leastToken = 8  // bytes; shorter ones are words, such as the type of a token
	const most = 16 << 10 // bytes; and no token is as long
	if text := value.String(); telling && (value.Type == gjson.String || value.Type == gjson.Number) &&
		len(text) >= leastToken && len(text) <= most && k.room() {
		k.Add(text)
		if value.Type == gjson.Number {
			k.Add(value.Raw)
		}
	}
	if depth == deepest || !value.IsObject() && !value.IsArray() {
		return
	}
	object := value.IsObject()
	value.ForEach(func(name, inner gjson.Result) bool {
		k.members(inner, telling || object && fetched.MatchString(name.Str), depth+1)
		return true
	})
}

// room says whether there is room for what a target hands out, of which it may have no end.
func (k *Keeper) room() bool {
	const most = 2000
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return len(k.known) < most
}

// Part returns a credential without its scheme ("Bearer "). What is no known scheme is a part of
// the credential.
func Part(value string) string {
	if name, rest, found := strings.Cut(value, " "); found && name != "" && Scheme(name) {
		return rest
	}
	return value
}

// Scheme says whether a value is the name of a scheme of authentication and no credential.
func Scheme(value string) bool { return scheme.MatchString(strings.TrimSpace(value)) }

// mentions says whether any of the telling words may stand in a text: most texts are
// spared a slower look.
func mentions(text string) bool {
	text = lower(text)
	for _, word := range []string{"token", "pass", "pwd", "secret", "key", "credential", "session",
		"jwt", "otp", "pin", "auth", "cookie",
		"sig"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// Members returns a JSON text with the mark in place of each member that names a
// password, secret or token, whatever escapes it is written with. The text may be cut short.
func Members(text, mark string) string {
	return named(others(text, mark), secretMember, mark)
}

// Query returns a text with the mark in place of each query parameter that does, and of the
// passwords in URLs.
func Query(text, mark string) string { return named(UserInfo(text, mark), secretQuery, mark) }

// Form returns the fields of a form with the mark in place of each that does.
func Form(text, mark string) string { return strings.TrimPrefix(Query("&"+text, mark), "&") }

// Text returns a text of any kind with the mark in place of what stands behind a telling name, as
// members, elements, lines and parts of a form have theirs.
func Text(text, mark string) string {
	text = UserInfo(Members(text, mark), mark)
	for _, telling := range []*regexp.Regexp{secretQuoted, secretElement, secretLine, secretPart} {
		text = named(text, telling, mark)
	}
	return text
}

// named puts the mark where the first group of an expression matches.
func named(text string, telling *regexp.Regexp, mark string) string {
	return replace(text, behind(text, func(plain string, places []int) (found []span) {
		if !mentions(plain) {
			return nil
		}
		for _, at := range telling.FindAllStringSubmatchIndex(plain, -1) {
			if at[2] < at[3] &&
				strings.TrimSpace(plain[at[2]:at[3]]) == "" { // blanks hide nothing, and what was sent is seen
				continue
			}
			found = append(found, place(at[2], at[3], places))
		}
		return found
	}), mark)
}
