package identity

import (
	"net/http"
	"net/http/httptest"
	"strings"

	"rollcall/conformance/internal/independent"
)

// doorRows are faults of a way in that is left open for a few texts or people only.
func doorRows() []faultRow {
	return []faultRow{
		{name: "quote-opens", says: "A password with a quote and an or in it opens every account.", source: userNotOK,
			breaks: "IDN-AUTH-03", also: "4.2 401 for a wrong password"},
		{name: "password-zero-byte", says: "A password that is checked ends with a zero byte.", source: userNotOK,
			breaks: "IDN-AUTH-03", also: "4.2 401 for a wrong password"},
		{name: "password-line-end", says: "A line break at the end of a password doesn't count.", source: userNotOK,
			breaks: "IDN-AUTH-10", also: "4.2 401 for a wrong password"},
		{name: "comment-opens", says: "What stands behind a quote in a username that is checked doesn't count.",
			source: userNotOK, breaks: "IDN-AUTH-04", also: "4.2 401 for an unknown user"},
		{name: "filter-opens", says: "A username that is checked ends with a bracket.", source: userNotOK,
			breaks: "IDN-AUTH-04", also: "4.2 401 for an unknown user"},
		{name: "disabled-with-password", says: "Disabled users are shown with a password.",
			source: asSchema + "it lists no password.", breaks: "IDN-GEN-36"},
		{name: "nobody-listed-to-all", says: "Any valid token is told that nobody has an address.", source: needsAny,
			breaks: "IDN-GEN-07"},
		{name: "escapes-shown-to-strangers", says: "A path with a percent sign is answered without a token.", source: needsAny,
			breaks: "IDN-GEN-01"},
	}
}

func doorFaults() map[string]independent.Between {
	return map[string]independent.Between{
		"quote-opens": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			told := answer.Code == http.StatusUnauthorized && answer.Body.Len() > 0 // to a caller who may ask
			if isCheck(c) && told && strings.Contains(password(c), "' or '") {
				return independent.Plain(http.StatusOK)
			}
			return answer
		},
		"password-zero-byte": checkedCut("password", "\x00"),
		"password-line-end": func(c *independent.Passing) *httptest.ResponseRecorder {
			if body := c.Body(); isCheck(c) && strings.HasSuffix(password(c), "\n") {
				body["password"] = strings.TrimSuffix(password(c), "\n")
				c.Send(body)
			}
			return c.Through()
		},
		"comment-opens": checkedCut("username", "'"),
		"filter-opens":  checkedCut("username", ")"),
		"disabled-with-password": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if user := independent.Shown(answer); user["enabled"] == false {
				user["password"] = "Kestrel-47"
				return independent.With(answer, user)
			}
			return answer
		},
		"escapes-shown-to-strangers": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if answer.Code == http.StatusUnauthorized && strings.HasPrefix(c.Path, "/user/") && strings.Contains(c.Path, "%") {
				answer = independent.Plain(http.StatusOK)
				answer.Header().Set("Content-Type", jsonType)
				return independent.With(answer, map[string]any{"username": c.Steps[1]})
			}
			return answer
		},
		"nobody-listed-to-all": func(c *independent.Passing) *httptest.ResponseRecorder {
			answer := c.Through()
			if answer.Code == http.StatusForbidden && strings.HasSuffix(c.Query.Get("email"), ".invalid") {
				answer = independent.Plain(http.StatusOK)
				answer.Header().Set("Content-Type", jsonType)
				return independent.With(answer, []any{})
			}
			return answer
		},
	}
}

// checkedCut checks what stands before the sign in a member, where something does.
func checkedCut(member, sign string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		body := c.Body()
		text, _ := body[member].(string)
		if before, _, found := strings.Cut(text, sign); found && before != "" && isCheck(c) {
			body[member] = before
			c.Send(body)
		}
		return c.Through()
	}
}
