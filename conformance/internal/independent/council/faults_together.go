package council

import (
	"net/http"
	"net/http/httptest"

	"rollcall/conformance/internal/independent"
)

// togetherAlones show only where several members are sent at once, or where other records have the same values.
func togetherAlones() map[string]alone {
	return map[string]alone{
		"ward-false-alone": {says: "A ward is taken out of use only where nothing else is sent.", source: wardPut,
			breaks: breaks("WARD-16"), sent: onlyAlone("wards", "enabled", false)},
		"category-false-alone": {says: "A category is taken out of use only where nothing else is sent.", source: categoryPut,
			breaks: breaks("CAT-14"), sent: onlyAlone("categories", "enabled", false)},
		"user-email-alone": {says: "An e-mail is changed only where nothing else is sent.", source: userPut,
			breaks: breaks("USER-16"), sent: onlyAlone("users", "email", nil)},
		"user-admin-demoted": {says: "Who is created as an admin is a councillor.", source: userPost,
			breaks: breaks("USER-06"), sent: func(c *independent.Passing, body map[string]any) {
				if creates(c, "users") && body["role"] == "admin" {
					body["role"] = "councillor"
				}
			}},
		"ward-unique-in-tier": {says: "The name of a ward of another tier is free.", source: wardTaken,
			breaks: breaks("WARD-06"), whole: freeUnlike("councilTier")},
		"ward-unique-of-newest": {says: "Only the name of the ward that was made last is taken.", source: wardTaken,
			breaks: breaks("WARD-06"), whole: freeUnlike("")},
		"user-update-tells-hash": {says: "The answer to an update has what is kept of the password.",
			source: "L69: password is never returned", breaks: breaks("USER-04"),
			answered: func(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
				if !updates(c, "users") {
					return answer
				}
				shown := independent.Shown(answer)
				shown["sign_in"] = map[string]any{"kept": "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"}
				return independent.With(answer, shown)
			}},
		"user-create-password-header": {says: "The answer to a new user has the password in a header.",
			source: "L69: password is never returned", breaks: breaks("USER-04"),
			answered: func(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
				if word, _ := c.Body()["password"].(string); creates(c, "users") {
					answer.Header().Set("X-Initial", word)
				}
				return answer
			}},
		"ward-update-by-body": {says: "An update of a ward that sends an id is done to the ward of that id.", source: wardPut,
			breaks: breaks("WARD-15"), whole: toWhomTheBodyNames},
		"ward-create-enables": {says: "A new ward enables all others.", source: wardPost, breaks: breaks("WARD-09"),
			answered: func(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
				if !creates(c, "wards") {
					return answer
				}
				made := independent.Shown(answer)["id"]
				for _, ward := range independent.Listed(c.Ask(http.MethodGet, "/api/wards", nil, nil)) {
					if id, _ := ward["id"].(string); ward["id"] != made && outOfUse(ward) {
						c.Ask(http.MethodPatch, "/api/wards/"+id, nil, independent.Encoded(map[string]any{"enabled": true}))
					}
				}
				return answer
			}},
	}
}

// onlyAlone leaves a member out of an update of several, where it has a value; nil is any.
func onlyAlone(path, member string, of any) func(*independent.Passing, map[string]any) {
	return func(c *independent.Passing, body map[string]any) {
		if value, sent := body[member]; sent && updates(c, path) && len(body) > 1 && (of == nil || value == of) {
			delete(body, member)
		}
	}
}

// freeUnlike creates a ward whose name one has that is unlike it in a member, or, without a member, that is not
// the newest: it is
// created under another name and renamed where nobody looks.
func freeUnlike(member string) passing {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if !creates(c, "wards") {
			return answer
		}
		body := c.Body()
		if independent.Fine(answer) {
			c.Kept["newest"] = body["name"]
			return answer
		}
		free := answer.Code == http.StatusConflict && c.Kept["newest"] != body["name"]
		if member != "" {
			free = answer.Code == http.StatusConflict && !tierHas(c, body, member)
		}
		if !free {
			return answer
		}
		name := body["name"]
		body["name"] = name.(string) + " again"
		c.Send(body)
		answer = c.Through()
		if shown := independent.Shown(answer); independent.Fine(answer) {
			shown["name"] = name
			return independent.With(answer, shown)
		}
		return answer
	}
}

// tierHas tells whether a ward with the name has the same value in a member.
func tierHas(c *independent.Passing, body map[string]any, member string) bool {
	for _, ward := range independent.Listed(c.Ask(http.MethodGet, "/api/wards", nil, nil)) {
		if ward["name"] == body["name"] && ward[member] == body[member] {
			return true
		}
	}
	return false
}

// toWhomTheBodyNames does an update to another ward, if its body has the id of one.
func toWhomTheBodyNames(c *independent.Passing) *httptest.ResponseRecorder {
	body := c.Body()
	id, _ := body["id"].(string)
	if !updates(c, "wards") || id == "" || id == c.Last() {
		return c.Through()
	}
	delete(body, "id")
	if answer := c.Ask(c.Method, "/api/wards/"+id, nil, independent.Encoded(body)); independent.Fine(answer) {
		return answer
	}
	return c.Through()
}
