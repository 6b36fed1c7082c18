package identity

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"

	"rollcall/conformance/internal/independent"
)

// betweenFaults are about what a call leaves behind for the next one.
func betweenFaults() []faultRow {
	return []faultRow{
		{name: "lookups-shared", says: "What a token was shown is shown to tokens without the authority, too.", source: needsAny,
			breaks: "IDN-GEN-07"},
		{name: "lookups-shared-with-strangers", says: "What a token was shown is shown to callers without one, too.",
			source: needsAny, breaks: "IDN-GEN-01"},
		{name: "failure-kept", says: "A password that failed once fails for good.", source: userOK, breaks: "IDN-PWD-03"},
		{name: "former-opens", says: "A password before the last one opens again.", source: changed, breaks: "IDN-PWD-04"},
		{name: "former-lost", says: "A change to a former password is lost.", source: changed, breaks: "IDN-PWD-03"},
		{name: "zeros-trimmed", says: "Zeros before a number are no part of a password.", source: userNotOK,
			breaks: "IDN-PWD-03"},
		{name: "cut-at-colon", says: "What stands behind a colon is no part of a password.", source: userNotOK,
			breaks: "IDN-PWD-03"},
		{name: "cut-at-line", says: "What stands on a second line is no part of a password.", source: userNotOK,
			breaks: "IDN-PWD-03"},
		{name: "by-id-of-the-one-before", says: "The lookup by id shows the names of who was looked up before.", source: byID,
			breaks: "IDN-DOC-getUserDetailsById-distinct_records"},
	}
}

func between() map[string]independent.Between {
	table := map[string]independent.Between{
		"lookups-shared":                independent.SharedWith(http.StatusForbidden),
		"lookups-shared-with-strangers": independent.SharedWith(http.StatusUnauthorized),
		"failure-kept":                  failureKept,
		"former-opens":                  formerOpens,
		"former-lost":                   formerLost,
		"zeros-trimmed":                 onBothSides(zerosTrimmed),
		"cut-at-colon":                  onBothSides(cutAt(":")),
		"cut-at-line":                   onBothSides(cutAt("\n")),
		"by-id-of-the-one-before": independent.OfTheOneBefore(func(c *independent.Passing) bool {
			return strings.HasPrefix(c.Path, "/user/details/")
		}, "firstName", "surname"),
	}
	for _, more := range []map[string]independent.Between{signFaults(), nearFaults(), doorFaults(), lawful(), otherFaults()} {
		maps.Copy(table, more)
	}
	return table
}

// isCheck and isChange say what a call does with a password.
func isCheck(c *independent.Passing) bool {
	return c.Method == http.MethodPost && c.Path == "/authenticate"
}

func isChange(c *independent.Passing) bool {
	return c.Method == http.MethodPost && c.Last() == "password"
}

func password(c *independent.Passing) string {
	text, _ := c.Body()["password"].(string)
	return text
}

func failureKept(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	switch {
	case !isCheck(c):
	case answer.Code == http.StatusUnauthorized && answer.Body.Len() > 0:
		c.Kept[string(c.Sent)] = answer
	case c.Kept[string(c.Sent)] != nil:
		return c.Kept[string(c.Sent)].(*httptest.ResponseRecorder)
	}
	return answer
}

// passwords are those that a user was given, the last one last.
func passwords(c *independent.Passing, username any) []string {
	name, _ := username.(string)
	all, _ := c.Kept[strings.ToLower(name)].([]string)
	return all
}

func note(c *independent.Passing) {
	name := strings.ToLower(c.Steps[1])
	c.Kept[name] = append(passwords(c, name), password(c))
}

func formerOpens(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	switch {
	case isChange(c) && independent.Fine(answer):
		note(c)
	case isCheck(c) && answer.Code == http.StatusUnauthorized && answer.Body.Len() > 0:
		all := passwords(c, c.Body()["username"])
		for i, former := range all {
			if former == password(c) && i < len(all)-2 {
				return independent.Plain(http.StatusOK)
			}
		}
	}
	return answer
}

func formerLost(c *independent.Passing) *httptest.ResponseRecorder {
	if !isChange(c) {
		return c.Through()
	}
	all, wanted := passwords(c, c.Steps[1]), c.Body()
	for i, former := range all {
		if former == password(c) && i < len(all)-1 {
			wanted["password"] = all[len(all)-1]
			c.Send(wanted)
		}
	}
	answer := c.Through()
	if independent.Fine(answer) {
		note(c)
	}
	return answer
}

// onBothSides alters a password where it is given and where it is checked, unless nothing is left of it.
func onBothSides(alter func(password string) string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if body := c.Body(); (isCheck(c) || isChange(c)) && alter(password(c)) != "" {
			body["password"] = alter(password(c))
			c.Send(body)
		}
		return c.Through()
	}
}

func zerosTrimmed(p string) string {
	if strings.Trim(p, "0123456789") != "" {
		return p
	}
	return strings.TrimLeft(p, "0")
}

func cutAt(sign string) func(string) string {
	return func(p string) string {
		before, _, _ := strings.Cut(p, sign)
		return before
	}
}
