package identity

import (
	"html"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// keptRows are faults in what is kept of a password, for whom, and how it is compared.
func keptRows() []faultRow {
	var rows []faultRow
	for _, a := range alterations() {
		rows = append(rows, faultRow{name: "password-" + a.name, says: "A new password is kept " + a.says + ".", source: changed,
			breaks: "IDN-PWD-03", also: "4.1 the new one works"})
	}
	return append(rows, []faultRow{
		{name: "compared-without-accents", says: "Accents in a password don't count.", source: userNotOK,
			breaks: "IDN-PWD-03", also: "4.2 401 for a wrong password"},
		{name: "compared-without-digits", says: "Digits at a password's end don't count.", source: userNotOK,
			breaks: "IDN-AUTH-03"},
		{name: "third-change-lost", says: "The third change of each user's password is lost.", source: changed,
			breaks: "IDN-PWD-03"},
		{name: "change-hits-same", says: "Who has the same old password gets the new one too.", source: oneUser,
			breaks: "IDN-PWD-03"},
		{name: "change-hits-previous", says: "Whose password was changed before gets the new one too.", source: oneUser,
			breaks: "IDN-PWD-03"},
		{name: "change-enables", says: "A change of a password enables the user for good.", source: oneUser,
			breaks: "IDN-PWD-30", also: "4.1 works for disabled users; 6.4 only the password is written"},
		{name: "change-gives-neighbour-role", says: "A change of a password gives the next user a role.", source: oneUser,
			also: "6.4 only the password is written"},
		{name: "put-stores", says: "PUT on a password's path is answered 405, and stores.", source: oneUser,
			breaks: "IDN-PWD-31"},
		{name: "patch-stores", says: "PATCH on a password's path is answered 405, and stores.", source: oneUser,
			breaks: "IDN-PWD-31"},
		{name: "long-password-500", says: "A check of a password of 1000 characters breaks the service.", source: userNotOK,
			breaks: "IDN-AUTH-04"},
		{name: "odd-name-500", says: "A check with a username beyond ASCII breaks the service.", source: userNotOK,
			breaks: "IDN-AUTH-04"},
		{name: "disabled-told", says: "A wrong password of a disabled user is told otherwise.", source: userNotOK,
			breaks: "IDN-AUTH-06"},
	}...)
}

// alteration is what a service does to a password before it keeps it.
type alteration struct {
	name, says string
	of         func(string) string
}

func alterations() []alteration {
	only := func(keep func(r rune) bool, instead rune) func(string) string {
		return func(text string) string {
			return strings.Map(func(r rune) rune {
				if keep(r) {
					return r
				}
				return instead
			}, text)
		}
	}
	return []alteration{
		{"trimmed", "without the white space around it", strings.TrimSpace},
		{"collapsed", "with one space for several", func(text string) string {
			for strings.Contains(text, "  ") {
				text = strings.ReplaceAll(text, "  ", " ")
			}
			return text
		}},
		{"ascii", "with question marks for what is not ASCII", only(func(r rune) bool { return r < 128 }, '?')},
		{"latin-1", "with question marks for what is not Latin-1", only(func(r rune) bool { return r < 256 }, '?')},
		{"bmp", "without what is beyond 16 bits", only(func(r rune) bool { return r < 1<<16 }, -1)},
		{"composed", "with letters and accents in one sign", norm.NFC.String},
		{"compatible", "with plain signs for their variants", norm.NFKC.String},
		{"escaped", "with entities for the signs of markup", html.EscapeString},
		{"without-quotes", "without quotes and backslashes",
			only(func(r rune) bool { return !strings.ContainsRune(`"'\`, r) }, -1)},
		{"cut", "to its first 100 characters", func(text string) string { return cut(text, 100) }},
	}
}

func cut(text string, length int) string {
	runes := []rune(text)
	return string(runes[:min(length, len(runes))])
}

// altered is what a fault keeps of a password.
func (s *server) altered(password string) string {
	for _, a := range alterations() {
		if s.on("password-" + a.name) {
			password = a.of(password)
		}
	}
	return password
}

// compared is what a fault compares of a password.
func (s *server) compared(password string) string {
	switch s.first("passwords-trimmed", "compared-without-accents", "passwords-of-72-bytes", "compared-without-digits") {
	case "passwords-trimmed":
		return strings.TrimSpace(password)
	case "compared-without-accents":
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Mn, r) {
				return -1
			}
			return r
		}, norm.NFD.String(password))
	case "passwords-of-72-bytes":
		return password[:min(len(password), 72)]
	case "compared-without-digits":
		return strings.TrimRightFunc(password, unicode.IsDigit)
	}
	return password
}

// alsoStored is what a fault writes beside the password, and whether it loses the password.
func (s *server) alsoStored(e, next *entry, password string) (lost bool) {
	s.changes[e.username]++
	switch s.first("third-change-lost", "change-hits-same", "change-hits-previous", "change-enables",
		"change-gives-neighbour-role") {
	case "third-change-lost":
		return s.changes[e.username] == 3
	case "change-hits-same":
		old := e.password
		for _, other := range s.dir.entries {
			if other.password == old {
				other.password = password
			}
		}
	case "change-hits-previous":
		if s.previous != nil {
			s.previous.password = password
		}
		s.previous = e
	case "change-enables":
		e.end = ""
	case "change-gives-neighbour-role":
		if !slices.Contains(next.roles, "ZZBT001") {
			next.roles = append(next.roles, "ZZBT001")
		}
	}
	return false
}

// storesAllTheSame is the fault of a wrong verb that is refused and does its work.
func (c *call) storesAllTheSame(ops []operation) {
	stores := (c.r.Method == http.MethodPut && c.s.on("put-stores")) || (c.r.Method == http.MethodPatch && c.s.on("patch-stores"))
	if !stores || ops[0].id != "changePassword" {
		return
	}
	c.op = &ops[0]
	c.vars, _ = matched(c.op.path, c.r.URL.EscapedPath())
	if checkAuthority(c) == nil && checkBinding(c) == nil {
		changePassword(c)
	}
}

// breaksOn is a check that a fault can't cope with.
func (c *call) breaksOn() bool {
	ascii := strings.IndexFunc(c.form["username"], func(r rune) bool { return r > 127 }) < 0
	return (c.s.on("long-password-500") && len(c.form["password"]) >= 1000) || (c.s.on("odd-name-500") && !ascii)
}
