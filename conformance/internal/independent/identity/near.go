package identity

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"rollcall/conformance/internal/independent"
)

// nearRows are faults in who is found by a text that is only near the right one, and in whose password is changed.
func nearRows() []faultRow {
	const whole, gone, number = "4.3 whose mail equals it", "4.4 404, no such user", "4.5 non-numeric 400"
	row := func(name, says, source, breaks, also string) faultRow {
		return faultRow{name: name, says: says, source: source, breaks: breaks, also: also}
	}
	return []faultRow{
		row("email-domain", "An @ with a domain lists the whole domain.", listed, "IDN-USER-03", whole),
		row("email-longer", "What comes after an address doesn't count.", listed, "IDN-USER-03", whole),
		row("email-subdomain", "A part of a domain is as good as the domain.", listed, "IDN-USER-03", whole),
		row("email-regex", "An address is a pattern.", listed, "IDN-USER-03", whole),
		row("email-several", "Addresses with a semicolon between are looked up each.", listed, "IDN-USER-07", whole),
		row("email-shared-exact", "The letter case of a shared address counts.", listed, "IDN-USER-04", "4.3 case ignored"),
		row("name-without-signs", "Full stops and hyphens in a username don't count.", byName, "IDN-USER-21", gone),
		row("name-other-signs", "One sign in a username is as good as another.", byName, "IDN-USER-21", gone),
		row("name-with-space", "Spaces in a username don't count.", byName, "IDN-USER-21", gone),
		row("name-in-domain", "What stands before a backslash in a username doesn't count.", byName, "IDN-USER-21", gone),
		row("name-zero-byte", "A username ends with a zero byte.", byName, "IDN-USER-21", gone),
		row("id-hexadecimal", "An id is read in hexadecimal digits as well.", byID, "IDN-USER-28", number),
		row("id-exponent", "An id is read with an exponent as well.", byID, "IDN-USER-28", number),
		row("id-fraction", "A fraction of an id is cut off.", byID, "IDN-USER-28", number),
		row("id-grouped", "Signs between the digits of an id don't count.", byID, "IDN-USER-28", number),
		row("id-of-name", "A username is taken for an id.", byID, "IDN-USER-28", number),
		row("password-by-email", "A new password is taken by e-mail address.", "404 User not found.", "IDN-PWD-05", gone),
		row("password-by-id", "A new password is taken by id.", "404 User not found.", "IDN-PWD-05", gone),
		row("password-by-pattern", "An asterisk for the end of a username gives one user a new password.",
			"404 User not found.", "IDN-PWD-05", gone),
		row("spaced-unknown-200", "A new password for an unknown name with a space is answered 200.", "404 User not found.",
			"IDN-PWD-05", "4.1 404 for an unknown user"),
		row("change-recases", "A change by another letter case of the username keeps that one.", oneUser, "IDN-PWD-30",
			"6.4 only the password is written"),
		row("change-makes-row", "A change for a user without a row makes one.", oneUser, "IDN-PWD-30",
			"6.4 only the password is written"),
		row("change-clears-shared", "A change takes the roles of one who shares an address.", oneUser,
			"IDN-DOC-changePassword-untouched_neighbours", "6.4 only the password is written"),
		row("change-reverts-previous", "A change gives whose password was changed before the first one back.", oneUser,
			"IDN-PWD-03", "4.1 it overwrites that user's password"),
	}
}

func nearFaults() map[string]independent.Between {
	table := map[string]independent.Between{
		"email-shared-exact": func(c *independent.Passing) *httptest.ResponseRecorder {
			if asked := c.Query.Get("email"); strings.EqualFold(asked, dutyDesk) && asked != dutyDesk {
				c.Query.Set("email", "nobody@probation.example")
			}
			return c.Through()
		},
		"id-of-name": func(c *independent.Passing) *httptest.ResponseRecorder {
			if answer := c.Through(); answer.Code != http.StatusBadRequest || !isByID(c) {
				return answer
			}
			return c.Ask(c.Method, "/user/"+url.PathEscape(c.Last()), nil, nil)
		},
		"spaced-unknown-200": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if isChange(c) && answer.Code == http.StatusNotFound && strings.Contains(c.Steps[1], " ") {
				return independent.Plain(http.StatusOK)
			}
			return answer
		},
		"change-recases":          changeRecases,
		"change-makes-row":        changeMakesRow,
		"change-clears-shared":    changeClearsShared,
		"change-reverts-previous": changeRevertsPrevious,
	}
	for name, same := range nearEmails() {
		table[name] = func(c *independent.Passing) *httptest.ResponseRecorder {
			answer, asked := c.Through(), strings.ToLower(c.Query.Get("email"))
			for _, p := range people() {
				if mail := strings.ToLower(p.mail); independent.Fine(answer) && asked != "" && mail != "" &&
					len(independent.Listed(answer)) == 0 && p.id != 0 && c.Path == "/user" && same(mail, asked) {
					return c.Ask(c.Method, c.Path, url.Values{"email": {p.mail}}, nil)
				}
			}
			return answer
		}
	}
	for name, plain := range nearNames() {
		table[name] = renamed(func(p person, asked string) bool {
			return strings.EqualFold(plain(p.username), plain(asked))
		}, http.MethodGet)
	}
	for name, same := range passwordNames() {
		table[name] = renamed(same, http.MethodPost)
	}
	for name, read := range nearIDs() {
		table[name] = func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if id := read(c.Last()); isByID(c) && answer.Code == http.StatusBadRequest && id != "" {
				return c.Ask(c.Method, "/user/details/"+id, nil, nil)
			}
			return answer
		}
	}
	return table
}

func isByID(c *independent.Passing) bool { return strings.HasPrefix(c.Path, "/user/details/") }

// renamed lets who is near the asked name stand in for nobody, in calls of one method.
func renamed(same func(p person, asked string) bool, method string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if answer.Code != http.StatusNotFound || c.Method != method || len(c.Steps) < 2 || isByID(c) {
			return answer
		}
		for _, p := range people() {
			if !p.entryless && same(p, c.Steps[1]) {
				steps := append([]string{"/user", url.PathEscape(p.username)}, c.Steps[2:]...)
				return c.Ask(c.Method, strings.Join(steps, "/"), c.Query, c.Sent)
			}
		}
		return answer
	}
}

func nearEmails() map[string]func(mail, asked string) bool {
	return map[string]func(mail, asked string) bool{
		"email-domain": func(mail, asked string) bool { return asked[0] == '@' && strings.HasSuffix(mail, asked) },
		"email-longer": func(mail, asked string) bool { return strings.HasPrefix(asked, mail) },
		"email-subdomain": func(mail, asked string) bool {
			before, domain, _ := strings.Cut(mail, "@")
			return strings.HasPrefix(asked, before+"@") && strings.HasSuffix(asked, "."+domain)
		},
		"email-regex": func(mail, asked string) bool {
			pattern, err := regexp.Compile("^(?:" + asked + ")$")
			return err == nil && pattern.MatchString(mail)
		},
		"email-several": func(mail, asked string) bool { return strings.HasPrefix(asked, mail+";") },
	}
}

func nearNames() map[string]func(string) string {
	return map[string]func(string) string{
		"name-without-signs": strings.NewReplacer(".", "", "-", "", "_", "").Replace,
		"name-other-signs":   strings.NewReplacer("-", ".", "_", ".").Replace,
		"name-with-space":    strings.NewReplacer(" ", "").Replace,
		"name-in-domain":     func(name string) string { return name[strings.LastIndex(name, `\`)+1:] },
		"name-zero-byte": func(name string) string {
			before, _, _ := strings.Cut(name, "\x00")
			return before
		},
	}
}

func passwordNames() map[string]func(p person, asked string) bool {
	return map[string]func(p person, asked string) bool{
		"password-by-email": func(p person, asked string) bool { return p.mail != "" && strings.EqualFold(p.mail, asked) },
		"password-by-id":    func(p person, asked string) bool { return p.id != 0 && strconv.FormatInt(p.id, 10) == asked },
		"password-by-pattern": func(p person, asked string) bool {
			before, behind, pattern := strings.Cut(strings.ToLower(asked), "*")
			return pattern && behind == "" && before != "" && strings.HasPrefix(strings.ToLower(p.username), before)
		},
	}
}

func nearIDs() map[string]func(text string) string {
	cutAtSign := func(sign string) func(string) string {
		return func(text string) string {
			before, _, found := strings.Cut(text, sign)
			if !found || strings.Trim(before, "0123456789") != "" {
				return ""
			}
			return before
		}
	}
	return map[string]func(text string) string{
		"id-hexadecimal": func(text string) string {
			if value, err := strconv.ParseInt(text, 0, 64); err == nil {
				return strconv.FormatInt(value, 10)
			}
			return ""
		},
		"id-exponent": cutAtSign("e0"),
		"id-fraction": cutAtSign("."),
		"id-grouped": func(text string) string {
			plain := strings.NewReplacer("_", "", ",", "").Replace(text)
			if strings.Trim(plain, "0123456789") != "" {
				return ""
			}
			return plain
		},
	}
}
