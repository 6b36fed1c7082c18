package identity

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// passwordHabits are about which passwords are taken, how they are compared, and what a check is answered with.
func passwordHabits() []habitRow {
	const policy = "The seed says nothing on which passwords are good."
	return []habitRow{
		{name: "passwords-trimmed", says: "White space around a password counts on neither side.", groups: "compared",
			misses: "IDN-AUTH-10 IDN-PWD-21", open: "The seed says nothing on white space in a password."},
		{name: "passwords-of-72-bytes", says: "A password's first 72 bytes count.", groups: "compared",
			misses: "IDN-PWD-20", open: "The seed says nothing on the length of a password."},
		{name: "passwords-of-20", says: "A new password has at most 20 characters, or is answered 400.",
			misses: "IDN-PWD-20 IDN-PWD-21", open: policy, against: "4.1 no maximum length"},
		{name: "password-history", says: "None of a user's last five passwords is taken again: 400.",
			misses: "IDN-PWD-22 IDN-PWD-23", open: policy, against: "4.1 no history"},
		{name: "locked-423", says: "After five failures in a row the account is answered 423 until its password is changed.",
			groups: "lock", open: "The seed doesn't say what follows a failure.", against: "4.2 no attempt counter"},
		{name: "locked-for-a-moment", says: "After five failures in a row every password is wrong for two seconds.",
			groups: "lock", misses: "IDN-AUTH-30",
			open: "The seed doesn't say what follows a failure.", against: "4.2 no attempt counter"},
		{name: "success-token", says: "A check that succeeds is answered with a token, another one each time.",
			groups: "success", misses: "IDN-AUTH-02", open: "The seed gives the 200 no schema.", against: "4.2 empty 200"},
		{name: "two-challenges", says: "A challenge stands behind those of two other schemes in one header.", groups: "challenge",
			open: "No document forbids other schemes; RFC 9110 lets a header have several challenges."},
		{name: "error-trace", says: "Errors have a traceId, another one each time.", misses: "IDN-AUTH-05", groups: "shape",
			open: noErrors, against: "4.2 the 401 body is exact"},
	}
}

// lawful are habits of what stands before the server.
func lawful() map[string]independent.Between {
	return map[string]independent.Between{
		"passwords-of-20":  passwordsOf20,
		"password-history": passwordHistory,
		"locked-423":       locked423,

		"locked-for-a-moment": lockedForAMoment,
		"success-token": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if isCheck(c) && independent.Fine(answer) {
				answer.Header().Set("Content-Type", jsonType)
				return independent.With(answer, map[string]int64{"token": time.Now().UnixNano()})
			}
			return answer
		},
		"two-challenges": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if own := answer.Header().Get("WWW-Authenticate"); own != "" {
				answer.Header().Set("WWW-Authenticate", `Negotiate, Basic realm="a, b", `+own)
			}
			return answer
		},
		"error-trace": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if shown := independent.Shown(answer); !independent.Fine(answer) && len(shown) > 0 {
				shown["traceId"] = time.Now().UnixNano()
				return independent.With(answer, shown)
			}
			return answer
		},
		"list-in-page": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if isList(c) && independent.Fine(answer) {
				users := independent.Listed(answer)
				return independent.With(answer, map[string]any{"alerts": []any{}, "content": users, "page": 0})
			}
			return answer
		},
		"lone-user-bare": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if users := independent.Listed(answer); isList(c) && len(users) == 1 {
				return independent.With(answer, users[0])
			}
			return answer
		},
	}
}

func isList(c *independent.Passing) bool { return c.Method == http.MethodGet && c.Path == "/user" }

func passwordsOf20(c *independent.Passing) *httptest.ResponseRecorder {
	if isChange(c) && len(password(c)) > 20 {
		return refusedAs(c, http.StatusBadRequest)
	}
	return c.Through()
}

// refusedAs is a refusal of what the server itself would take, and nothing else.
func refusedAs(c *independent.Passing, status int) *httptest.ResponseRecorder {
	answer := c.Ask(c.Method, c.Path, c.Query, []byte(`{}`))
	if answer.Code != http.StatusBadRequest && answer.Code != http.StatusUnprocessableEntity {
		return answer // for another reason
	}
	answer.Code = status
	return answer
}

func passwordHistory(c *independent.Passing) *httptest.ResponseRecorder {
	if !isChange(c) {
		return c.Through()
	}
	p, right, found := named(c, c.Steps[1])
	last := slices.Concat([]string{p.password}, passwords(c, c.Steps[1]))
	if found && (password(c) == right || slices.Contains(last[max(0, len(last)-6):], password(c))) {
		return refusedAs(c, http.StatusBadRequest)
	}
	return changesNoted(c)
}

func locked423(c *independent.Passing) *httptest.ResponseRecorder {
	name, _ := c.Body()["username"].(string)
	if isChange(c) {
		name = c.Steps[1]
	}
	key := "failures of " + strings.ToLower(name)
	failures, _ := c.Kept[key].(int)
	answer := c.Through()
	switch {
	case isChange(c) && independent.Fine(answer):
		c.Kept[key] = 0
	case !isCheck(c) || answer.Code == http.StatusUnauthorized && answer.Body.Len() == 0:
	case failures >= 5 && (independent.Fine(answer) || answer.Code == http.StatusUnauthorized):
		return independent.Plain(http.StatusLocked)
	case independent.Fine(answer):
		c.Kept[key] = 0
	case answer.Code == http.StatusUnauthorized:
		c.Kept[key] = failures + 1
	}
	return answer
}

func lockedForAMoment(c *independent.Passing) *httptest.ResponseRecorder {
	name, _ := c.Body()["username"].(string)
	row, until := "failures of "+strings.ToLower(name), "lock of "+strings.ToLower(name)
	if end, locked := c.Kept[until].(time.Time); isCheck(c) && locked && time.Now().Before(end) {
		body := c.Body()
		body["password"] = "rollcall of nobody"
		c.Send(body)
		return c.Through()
	}
	answer := c.Through()
	failures, _ := c.Kept[row].(int)
	switch {
	case !isCheck(c) || answer.Code == http.StatusUnauthorized && answer.Body.Len() == 0:
	case independent.Fine(answer):
		c.Kept[row] = 0
	case answer.Code == http.StatusUnauthorized && failures >= 4:
		c.Kept[row], c.Kept[until] = 0, time.Now().Add(2*time.Second)
	case answer.Code == http.StatusUnauthorized:
		c.Kept[row] = failures + 1
	}
	return answer
}
