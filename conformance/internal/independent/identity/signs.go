package identity

import (
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// signRows are faults in who signs in with what, and in what is told of a password.
func signRows() []faultRow {
	const right, wrong = "4.2 200 when a bind as that user with that password succeeds", "4.2 401 for every failure"
	return []faultRow{
		{name: "staffless-refused", says: "The right password of one user is answered 401.", source: userOK,
			breaks: "IDN-AUTH-01", also: right},
		{name: "username-opens", says: "A username is as good as the password.", source: userNotOK, breaks: "IDN-AUTH-03"},
		{name: "email-opens", says: "An e-mail address is as good as the password.", source: userNotOK, breaks: "IDN-AUTH-03"},
		{name: "id-opens", says: "An id is as good as the password.", source: userNotOK, breaks: "IDN-AUTH-03"},
		{name: "backwards-opens", says: "The password works backwards as well.", source: userNotOK, breaks: "IDN-AUTH-03"},
		{name: "rowless-any-password", says: "Any password opens the account of a user without a row.", source: userNotOK,
			breaks: "IDN-AUTH-03", also: wrong},
		{name: "disabled-403", says: "A wrong password of a disabled user is answered 403.", source: userNotOK,
			breaks: "IDN-AUTH-03", also: wrong},
		{name: "first-letter-any-case", says: "The letter case of a password's first letter doesn't count.", source: userNotOK,
			breaks: "IDN-AUTH-10", also: "4.2 case-sensitive"},
		{name: "disabled-any-case", says: "The letter case of a disabled user's password doesn't count.", source: userNotOK,
			breaks: "IDN-AUTH-10", also: "4.2 case-sensitive"},
		{name: "disabled-old-opens", says: "The password that a disabled user began with works for ever.", source: changed,
			breaks: "IDN-PWD-04"},
		{name: "former-by-other-case", says: "By another letter case of the username the first password works for ever.",
			source: changed, breaks: "IDN-PWD-04"},
		{name: "check-told-to-all", says: "A token without the authority is told of a wrong password: 401.", source: needsCheck,
			breaks: "IDN-AUTH-32"},
		{name: "history-shown", says: "A user is shown with the passwords before the present one.",
			source: asSchema + "it lists no password.", breaks: "IDN-GEN-36"},
		{name: "list-shows-second", says: "The second user of a list is shown with the password.",
			source: asSchema + "it lists no password.", breaks: "IDN-GEN-36"},
		{name: "header-shows-password", says: "A change is answered with the new password in a header, in base64.",
			source: changed, breaks: "IDN-GEN-36"},
	}
}

// opens are the further passwords that open an account: right is the present one.
func opens() map[string]func(p person, username, password, right string) bool {
	gone := func(p person) bool { return p.ends && p.endsIn < 0 }
	return map[string]func(p person, username, password, right string) bool{
		"username-opens":  func(p person, _, password, _ string) bool { return strings.EqualFold(password, p.username) },
		"email-opens":     func(p person, _, password, _ string) bool { return strings.EqualFold(password, p.mail) },
		"id-opens":        func(p person, _, password, _ string) bool { return password == idText(p.username) },
		"backwards-opens": func(_ person, _, password, right string) bool { return password == backwards(right) },
		"rowless-any-password": func(p person, _, password, _ string) bool {
			return p.id == 0 && strings.TrimSpace(password) != ""
		},
		"first-letter-any-case": func(_ person, _, password, right string) bool {
			return password != "" && right != "" && strings.EqualFold(password[:1], right[:1]) && password[1:] == right[1:]
		},
		"disabled-any-case": func(p person, _, password, right string) bool {
			return gone(p) && strings.EqualFold(password, right)
		},
		"disabled-old-opens": func(p person, _, password, _ string) bool { return gone(p) && password == p.password },
		"former-by-other-case": func(p person, username, password, _ string) bool {
			return username != p.username && password == p.password
		},
	}
}

func backwards(text string) string {
	letters := []rune(text)
	slices.Reverse(letters)
	return string(letters)
}

// named is the person whom a call means, and the present password.
func named(c *independent.Passing, username any) (p person, right string, found bool) {
	name, _ := username.(string)
	at := slices.IndexFunc(people(), func(p person) bool { return strings.EqualFold(p.username, name) && !p.entryless })
	if at < 0 {
		return person{}, "", false
	}
	p = people()[at]
	if all := passwords(c, name); len(all) > 0 {
		return p, all[len(all)-1], true
	}
	return p, p.password, true
}

// changesNoted keeps what passwords were given, and says how the call is answered.
func changesNoted(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if isChange(c) && independent.Fine(answer) {
		note(c)
	}
	return answer
}

func signFaults() map[string]independent.Between {
	table := map[string]independent.Between{
		"staffless-refused": func(c *independent.Passing) *httptest.ResponseRecorder {
			if body := c.Body(); isCheck(c) && body["username"] == given()["disposable-staffless-account"] {
				body["password"] = "refused"
				c.Send(body)
			}
			return c.Through()
		},
		"disabled-403": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			p, _, _ := named(c, c.Body()["username"])
			if isCheck(c) && answer.Code == http.StatusUnauthorized && answer.Body.Len() > 0 && p.ends && p.endsIn < 0 {
				return independent.Plain(http.StatusForbidden)
			}
			return answer
		},
		"check-told-to-all": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := changesNoted(c)
			_, right, found := named(c, c.Body()["username"])
			if isCheck(c) && answer.Code == http.StatusForbidden && (!found || right != password(c)) {
				return independent.Plain(http.StatusUnauthorized)
			}
			return answer
		},
		"history-shown":     historyShown,
		"list-shows-second": listShowsSecond,
		"header-shows-password": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if isChange(c) && independent.Fine(answer) {
				answer.Header().Set("X-Credential", base64.StdEncoding.EncodeToString([]byte("user:"+password(c))))
			}
			return answer
		},
	}
	for name, opened := range opens() {
		table[name] = func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := changesNoted(c)
			username, _ := c.Body()["username"].(string)
			p, right, found := named(c, username)
			if isCheck(c) && answer.Code == http.StatusUnauthorized && answer.Body.Len() > 0 && found &&
				opened(p, username, password(c), right) {
				return independent.Plain(http.StatusOK)
			}
			return answer
		}
	}
	return table
}

func historyShown(c *independent.Passing) *httptest.ResponseRecorder {
	answer := changesNoted(c)
	all := passwords(c, c.Last())
	if user := independent.Shown(answer); c.Method == http.MethodGet && independent.Fine(answer) && len(all) > 1 {
		user["history"] = all[:len(all)-1]
		return independent.With(answer, user)
	}
	return answer
}

func listShowsSecond(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if users := independent.Listed(answer); len(users) > 1 {
		name, _ := users[1]["username"].(string)
		users[1]["password"] = original(name)
		return independent.With(answer, users)
	}
	return answer
}
