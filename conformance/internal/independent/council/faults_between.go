package council

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// betweenFaults are about what a call leaves behind for the next one.
func betweenFaults() []independent.Fault {
	const scope = "L6, L48, L78: requires the scope"
	return []independent.Fault{
		{Name: "lists-shared", Says: "A list that a key was shown is shown to keys without the scope, too.", Source: scope,
			Breaks: breaks("GEN-05", "GEN-06", "GEN-07")},
		{Name: "lists-shared-with-strangers", Says: "What a key was shown is shown to callers without one, too.", Source: scope,
			Breaks: []string{"COU-DOC-listWards-ignored_auth", "COU-DOC-listUsers-ignored_auth"}},
		{Name: "forbidden-reserves", Says: "The e-mail of a user whom a caseworker may not create is taken from then on.",
			Source: userTaken, Breaks: breaks("USER-08")},
		{Name: "invalid-reserves", Says: "A name or an e-mail that only refused bodies had is taken from then on.",
			Source: wardTaken, Breaks: breaks("WARD-04", "USER-05", "CAT-04")},
		{Name: "name-back-lost", Says: "A name that the record had once is not given again.", Source: wardPut,
			Breaks: breaks("WARD-20", "USER-20", "CAT-19")},
		{Name: "name-back-conflicts", Says: "A name that the record had once is taken, by itself.", Source: wardTaken,
			Breaks: breaks("WARD-20", "USER-20", "CAT-19")},
		{Name: "suggest-null-kept", Says: "What found nothing once finds nothing for good.", Source: matching,
			Breaks: breaks("SUG-01")},
		{Name: "suggest-by-name", Says: "A category is suggested for the words of its name.", Source: noMatch,
			Breaks: breaks("SUG-02")},
		{Name: "user-list-by-last-word", Says: "Users are listed by the last word of their name.", Source: userAll,
			Breaks: breaks("USER-02")},
		{Name: "update-reaches-one-before", Says: "A new description is given as well to whom an update was about before.",
			Source: wardPut, Breaks: breaks("WARD-20", "CAT-19")},
	}
}

func between() map[string]independent.Between {
	all := map[string]independent.Between{
		"lists-shared":                independent.SharedWith(http.StatusForbidden),
		"lists-shared-with-strangers": independent.SharedWith(http.StatusUnauthorized),
		"forbidden-reserves":          reserving(http.StatusForbidden),
		"invalid-reserves":            reserving(http.StatusBadRequest, http.StatusUnprocessableEntity),
		"name-back-lost":              nameBackLost,
		"name-back-conflicts":         nameBackConflicts,
		"suggest-null-kept": independent.MissesKept(func(a *httptest.ResponseRecorder) bool {
			found, asked := independent.Shown(a)["suggestion"]
			return asked && found == nil
		}),
		"suggest-by-name":           suggestedByName,
		"user-list-by-last-word":    byLastWord,
		"update-reaches-one-before": alsoTheOneBefore,
	}
	for name, fault := range alones() {
		all[name] = fault.between
	}
	return all
}

// reserving takes what must be unique from bodies that were refused.
func reserving(statuses ...int) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if c.Method != http.MethodPost || len(c.Steps) != 2 {
			return c.Through()
		}
		value, _ := c.Body()["name"].(string)
		if c.Steps[1] == users().path {
			value, _ = c.Body()["email"].(string)
		}
		if c.Kept[c.Path+value] != nil {
			return independent.Plain(http.StatusConflict)
		}
		answer := c.Through()
		if value != "" && slices.Contains(statuses, answer.Code) {
			c.Kept[c.Path+value] = true
		}
		return answer
	}
}

// had notes the name that a record has in an answer, and says whether it is another than before
// and one that it had.
func had(c *independent.Passing, id, name string) bool {
	again := c.Kept[id+" "+name] != nil && c.Kept[id] != name
	c.Kept[id+" "+name], c.Kept[id] = true, name
	return again
}

func nameBackLost(c *independent.Passing) *httptest.ResponseRecorder {
	body := c.Body()
	name, renames := body["name"].(string)
	if c.Method == http.MethodPatch && renames && c.Kept[c.Last()] != nil && had(c, c.Last(), name) {
		delete(body, "name")
		c.Send(body)
	}
	answer := c.Through()
	if c.Method == http.MethodPost && independent.Fine(answer) {
		made := independent.Shown(answer)
		id, _ := made["id"].(string)
		name, _ := made["name"].(string)
		had(c, id, name)
	}
	return answer
}

func nameBackConflicts(c *independent.Passing) *httptest.ResponseRecorder {
	name, renames := c.Body()["name"].(string)
	if c.Method == http.MethodPatch && renames && c.Kept[c.Last()] != nil && had(c, c.Last(), name) {
		return independent.Plain(http.StatusConflict)
	}
	return nameBackLost(c)
}

func suggestedByName(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if c.Last() != "suggest" || !independent.Fine(answer) || independent.Shown(answer)["suggestion"] != nil {
		return answer
	}
	for _, category := range independent.Listed(c.Ask(http.MethodGet, "/api/categories", nil, nil)) {
		if name, _ := category["name"].(string); strings.Contains(c.Query.Get("summary"), name) {
			return independent.With(answer, map[string]any{"suggestion": map[string]any{"id": category["id"], "name": name}})
		}
	}
	return answer
}

func byLastWord(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if c.Method != http.MethodGet || c.Path != "/api/users" || !independent.Fine(answer) {
		return answer
	}
	last := func(user map[string]any) string {
		words := strings.Fields(user["name"].(string))
		slices.Reverse(words)
		return strings.Join(words, " ")
	}
	list := independent.Listed(answer)
	slices.SortStableFunc(list, func(a, b map[string]any) int { return strings.Compare(last(a), last(b)) })
	return independent.With(answer, list)
}

func alsoTheOneBefore(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if c.Method != http.MethodPatch || !independent.Fine(answer) {
		return answer
	}
	if before, _ := c.Kept["path"].(string); before != "" && before != c.Path {
		for _, name := range []string{"description", "boundaryDescription"} {
			if text, sent := c.Body()[name]; sent {
				c.Ask(http.MethodPatch, before, nil, independent.Encoded(map[string]any{name: text}))
			}
		}
	}
	c.Kept["path"] = c.Path
	return answer
}
