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
	`api[_-]?key|access[_-]?key|private[_-]?key|credential|session[_-]?(?:id|key)`

var (
	secretHeader = regexp.MustCompile(`(?i)^(authorization|proxy-authorization)$|cookie|` + secretWords)
	secretMember = regexp.MustCompile(`(?i)("[^"]*(?:` + secretWords +
		`)[^"]*"\s*:\s*)("(?:[^"\\]|\\.)*(?:"|\\?$)|-?[0-9][0-9.eE+-]*)`)
	secretQuery = regexp.MustCompile(`(?i)([?&#;][^=&#;?]*(?:` + secretWords + `)[^=&#;?]*=)[^&#;"\s]*`)
	fetched     = regexp.MustCompile(`(?i)(?:` + secretWords + `)s?$`)
	given       = regexp.MustCompile(`(?i)` + secretWords + `|authorization|cookie|(?:pass|key|otp|pin)$`)
	plainHeader = regexp.MustCompile(`(?i)^(accept|accept-language|content-type|user-agent)$`)
	challenge   = regexp.MustCompile(`(?i)^(authorization|proxy-authorization)$`)
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
	rest := value
	if challenge.MatchString(name) {
		rest = Part(value)
	}
	k.Add(rest)
	if basic, err := base64.StdEncoding.DecodeString(strings.TrimSpace(rest)); err == nil &&
		strings.HasPrefix(strings.ToLower(value), "basic ") {
		user, password, _ := strings.Cut(string(basic), ":")
		k.long(string(basic), user)
		k.Add(password)
	}
	k.token(rest)
	for _, piece := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" \t;,", r) }) {
		k.long(piece)
		if _, parameter, ok := strings.Cut(piece, "="); ok {
			k.long(strings.Trim(parameter, `"`))
		}
		k.token(piece)
	}
}

// URL takes the user info and the values of the query of an address: whoever has them may be
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
	if given.MatchString(name) {
		k.Add(value)
	}
}

// Answer takes the tokens, passwords and cookies that a target handed out.
func (k *Keeper) Answer(header http.Header, body []byte) {
	for name, values := range header {
		for _, value := range values {
			switch {
			case name == "Set-Cookie":
				_, cookie, _ := strings.Cut(strings.SplitN(value, ";", 2)[0], "=")
				k.long(strings.Trim(cookie, `"`))
			case Named(name):
				k.long(value)
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
	const ordinary = 8    // bytes; shorter ones are words, such as the type of a token
	const most = 16 << 10 // bytes; and no token is as long
	if value.Type == gjson.String && telling && len(value.Str) >= ordinary && len(value.Str) <= most && k.room() {
		k.Add(value.Str)
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

// Part returns a credential without its scheme ("Bearer ").
func Part(value string) string {
	if scheme, rest, found := strings.Cut(value, " "); found && !strings.ContainsAny(scheme, `=;,"`) {
		return rest
	}
	return value
}

// Scheme says whether a value is the name of a scheme of authentication and no credential.
func Scheme(value string) bool {
	switch strings.ToLower(strings.TrimSpace(value)) {
	case "", "basic", "bearer", "digest", "negotiate", "token", "apikey":
		return true
	}
	return false
}

// mentions says whether any of the telling words may stand in a text: most texts are
// spared a slower look.
func mentions(text string) bool {
	text = lower(text)
	for _, word := range []string{"token", "passw", "passp", "passc", "pwd", "secret", "key", "credential", "session"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// Members returns a JSON text with the mark in place of each member that names a
// password, secret or token. The text may be cut short.
func Members(text string) string {
	if !mentions(text) {
		return text
	}
	return secretMember.ReplaceAllString(text, `${1}"$`+Mark+`"`)
}

// Query returns a text with the mark in place of each query parameter that does.
func Query(text string) string {
	if !mentions(text) {
		return text
	}
	return secretQuery.ReplaceAllString(text, "${1}$"+Mark)
}
