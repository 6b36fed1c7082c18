package council

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"unicode"

	"rollcall/conformance/internal/independent"
)

// unlikeAlones show only with data that is unlike that of the samples.
func unlikeAlones() map[string]alone {
	return map[string]alone{
		"ward-east-mirrored": {says: "A longitude east of the meridian is kept as one west of it.", source: wardPost,
			breaks: breaks("WARD-05"), sent: func(_ *independent.Passing, body map[string]any) {
				if east, is := body["longitude"].(float64); is && east > 0 {
					body["longitude"] = -east
				}
			}},
		"ward-blank-ignored": {says: "An empty text that is sent with an update is left out of account.", source: wardPut,
			breaks: breaks("WARD-20"), sent: ignoresWhere("wards", "boundaryDescription", "")},
		"ward-enabling-alone": {says: "A ward is taken into use only where nothing else is sent.", source: wardPut,
			breaks: breaks("WARD-16"), sent: onlyAlone("wards", "enabled", true)},
		"category-zero-ignored": {says: "A sort order of 0 that is sent with an update is left out of account.",
			source: categoryPut, breaks: breaks("CAT-18"), sent: ignoresWhere("categories", "sortOrder", 0.0)},
		"user-tag-lost": {says: "What stands behind a plus sign in an address is lost.", source: userPost,
			breaks: breaks("USER-06"), sent: func(_ *independent.Passing, body map[string]any) {
				if email, is := body["email"].(string); is && strings.Contains(email, "@") {
					name, host, _ := strings.Cut(email, "@")
					name, _, _ = strings.Cut(name, "+")
					body["email"] = name + "@" + host
				}
			}},
		"user-list-admins-first": {says: "Admins are listed first.", source: userAll, breaks: breaks("USER-02"),
			answered: lists("users", last(func(user map[string]any) bool { return user["role"] != "admin" }))},
		"user-create-tells-sum": {says: "A new user is answered with the sum of the password.",
			source: "L69: password is never returned", breaks: breaks("USER-04"), answered: tellsSum},
		"user-admin-alone": {says: "A new admin makes councillors of all others.", source: userPost,
			breaks: []string{"COU-DOC-createUser-untouched_neighbours"}, answered: demotesOthers},
		"ward-get-of-any-sort": {says: "The id of a category finds it among the wards.", source: wardGet,
			breaks: breaks("WARD-14"), whole: ofAnySort},
		"suggest-first-1000": {says: "Only the first 1000 bytes of a summary are read.", source: matching,
			breaks: breaks("SUG-01"),
			whole:  summarised(func(text string) string { return text[:min(len(text), 1000)] })},
		"suggest-no-digits": {says: "Digits are cut out of a summary.", source: matching, breaks: breaks("SUG-01"),
			whole: summarised(func(text string) string {
				return strings.Map(func(r rune) rune {
					if unicode.IsDigit(r) {
						return -1
					}
					return r
				}, text)
			})},
	}
}

// ignoresWhere leaves a member of an update out of account where it has that value.
func ignoresWhere(path, member string, of any) func(*independent.Passing, map[string]any) {
	return func(c *independent.Passing, body map[string]any) {
		if updates(c, path) && body[member] == of {
			delete(body, member)
		}
	}
}

// summarised changes the summary of a suggestion.
func summarised(change func(string) string) passing {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if c.Last() == "suggest" {
			c.Query.Set("summary", change(c.Query.Get("summary")))
		}
		return c.Through()
	}
}

func tellsSum(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	if !creates(c, "users") {
		return answer
	}
	word, _ := c.Body()["password"].(string)
	sum, made := sha256.Sum256([]byte(word)), independent.Shown(answer)
	made["fingerprint"] = hex.EncodeToString(sum[:])
	return independent.With(answer, made)
}

func demotesOthers(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
	if !creates(c, "users") || c.Body()["role"] != "admin" {
		return answer
	}
	made := independent.Shown(answer)["id"]
	for _, user := range independent.Listed(c.Ask(http.MethodGet, "/api/users", nil, nil)) {
		if id, _ := user["id"].(string); user["id"] != made && user["role"] == "admin" {
			c.Ask(http.MethodPatch, "/api/users/"+id, nil, independent.Encoded(map[string]any{"role": "councillor"}))
		}
	}
	return answer
}

func ofAnySort(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	id, of := strings.CutPrefix(c.Path, "/api/wards/")
	if of && c.Method == http.MethodGet && answer.Code == http.StatusNotFound {
		return c.Ask(http.MethodGet, "/api/categories/"+id, nil, nil)
	}
	return answer
}
