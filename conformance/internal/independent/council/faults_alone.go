package council

import (
	"encoding/base64"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"unicode"

	"rollcall/conformance/internal/independent"
)

// alone is a fault that is about one member, one kind of record or one sort of text. It changes
// what is sent, or what is answered.
type alone struct {
	says, source string
	breaks       []string
	sent         func(c *independent.Passing, body map[string]any) // nil = nothing is changed
	answered     answering                                         // nil = as it is
	whole        passing                                           // in place of both
}

// aloneFaults are those, and a few that have to know more of the server.
func aloneFaults() (all []independent.Fault) {
	all = []independent.Fault{
		{Name: "user-seats-out-of-use", Says: "A caseworker who is created out of use needs no seat.",
			Source: planRule, Breaks: breaks("USER-09")},
		{Name: "user-unique-of-councillors", Says: "Only the e-mails of councillors are taken.",
			Source: userTaken, Breaks: breaks("USER-07")},
		{Name: "user-conflicts-with-itself", Says: "A user's own e-mail is a conflict.", Source: userTaken,
			Breaks: breaks("USER-27")},
		{Name: "user-conflicts-recased", Says: "A user's own e-mail in other letters is a conflict.", Source: userTaken,
			Breaks: breaks("USER-27")},
		{Name: "ward-create-reaches-tenant-first", Says: "A new ward renames the first ward of another tenant.",
			Source: wardAll, Breaks: []string{"COU-DOC-createWard-untouched_neighbours"}},
	}
	for name, f := range alones() {
		all = append(all, independent.Fault{Name: name, Says: f.says, Source: f.source, Breaks: f.breaks})
	}
	slices.SortFunc(all, func(a, b independent.Fault) int { return strings.Compare(a.Name, b.Name) })
	return all
}

func (f alone) between(c *independent.Passing) *httptest.ResponseRecorder {
	if f.whole != nil {
		return f.whole(c)
	}
	if body := c.Body(); f.sent != nil && len(body) > 0 {
		f.sent(c, body)
		c.Send(body)
	}
	answer := c.Through()
	if f.answered != nil && independent.Fine(answer) {
		return f.answered(c, answer)
	}
	return answer
}

// updates and creates say what a call of a sort is.
func updates(c *independent.Passing, path string) bool {
	return c.Method == http.MethodPatch && strings.HasPrefix(c.Path, "/api/"+path+"/")
}

func creates(c *independent.Passing, path string) bool {
	return c.Method == http.MethodPost && c.Path == "/api/"+path
}

// ignores leaves a member of an update out of account.
func ignores(path, member string) func(*independent.Passing, map[string]any) {
	return func(c *independent.Passing, body map[string]any) {
		if updates(c, path) {
			delete(body, member)
		}
	}
}

// drags sets another member with the update of one.
func drags(path, member, other string, value any) func(*independent.Passing, map[string]any) {
	return func(c *independent.Passing, body map[string]any) {
		if _, sent := body[member]; sent && updates(c, path) && body[other] == nil {
			body[other] = value
		}
	}
}

// respells writes the texts of a sort otherwise.
func respells(path string, spell func(string) string) func(*independent.Passing, map[string]any) {
	return func(c *independent.Passing, body map[string]any) {
		for name, value := range body {
			if text, is := value.(string); is && (updates(c, path) || creates(c, path)) {
				body[name] = spell(text)
			}
		}
	}
}

type answering = func(*independent.Passing, *httptest.ResponseRecorder) *httptest.ResponseRecorder

// lists changes a list.
func lists(path string, change func([]map[string]any) []map[string]any) answering {
	return func(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
		if c.Method != http.MethodGet || c.Path != "/api/"+path {
			return answer
		}
		return independent.With(answer, change(independent.Listed(answer)))
	}
}

// last puts those of which it is so behind all others.
func last(is func(map[string]any) bool) func([]map[string]any) []map[string]any {
	return func(items []map[string]any) []map[string]any {
		place := map[bool]int{true: 1}
		slices.SortStableFunc(items, func(a, b map[string]any) int { return place[is(a)] - place[is(b)] })
		return items
	}
}

func outOfUse(record map[string]any) bool { return record["enabled"] == false }

func alones() map[string]alone {
	all := map[string]alone{}
	for _, some := range []map[string]alone{changeAlones(), shownAlones(), suggestAlones(), textAlones(), togetherAlones(),
		unlikeAlones()} {
		maps.Copy(all, some)
	}
	return all
}

// changeAlones are about the update of one member.
func changeAlones() map[string]alone {
	return map[string]alone{
		"ward-tier-ignored": {says: "A tier that is sent with an update is left out of account.", source: wardPut,
			breaks: breaks("WARD-16"),
			sent:   ignores("wards", "councilTier")},
		"ward-tier-empties": {says: "A new tier empties the boundary.", source: wardPut, breaks: breaks("WARD-15"),
			sent: drags("wards", "councilTier", "boundaryDescription", "none")},
		"category-place-empties": {says: "A new sort order empties the description.", source: categoryPut,
			breaks: breaks("CAT-13"),
			sent:   drags("categories", "sortOrder", "description", "none")},
		"category-disabling-ignored": {says: "A category is never disabled.", source: categoryPut, breaks: breaks("CAT-20"),
			sent: ignores("categories", "enabled")},
		"user-email-ignored": {says: "An e-mail that is sent with an update is left out of account.", source: userPut,
			breaks: breaks("USER-26"),
			sent:   ignores("users", "email")},
		"user-role-ignored": {says: "A role that is sent with an update is left out of account.", source: userPut,
			breaks: breaks("USER-26"),
			sent:   ignores("users", "role")},
		"user-role-enables": {says: "A new role enables the user.", source: userPut,
			breaks: breaks("USER-19"), sent: drags("users", "role", "enabled", true)},
		"user-email-demotes": {says: "A new e-mail makes a councillor of the user.", source: userPut, breaks: breaks("USER-19"),
			sent: drags("users", "email", "role", "councillor")},
		"user-password-enables": {says: "A new password enables the user.", source: userPut, breaks: breaks("USER-19"),
			sent: drags("users", "password", "enabled", true)},
	}
}

// shownAlones are about lists, and the answer to a new user.
func shownAlones() map[string]alone {
	tells := func(add func(c *independent.Passing, made map[string]any)) answering {
		return func(c *independent.Passing, answer *httptest.ResponseRecorder) *httptest.ResponseRecorder {
			if !creates(c, "users") {
				return answer
			}
			made := independent.Shown(answer)
			add(c, made)
			return independent.With(answer, made)
		}
	}
	return map[string]alone{
		"ward-list-disabled-last": {says: "Disabled wards are listed last.", source: wardAll, breaks: breaks("WARD-02"),
			answered: lists("wards", last(outOfUse))},
		"user-list-disabled-last": {says: "Disabled users are listed last.", source: userAll, breaks: breaks("USER-02"),
			answered: lists("users", last(outOfUse))},
		"user-list-by-role": {says: "Councillors are listed last.", source: userAll, breaks: breaks("USER-02"),
			answered: lists("users", last(func(user map[string]any) bool { return user["role"] == "councillor" }))},
		"user-list-hides-admins": {says: "Admins are not listed.", source: userAll, breaks: breaks("USER-01"),
			answered: lists("users", func(items []map[string]any) []map[string]any {
				return slices.DeleteFunc(items, func(user map[string]any) bool { return user["role"] == "admin" })
			})},
		"category-list-enables": {says: "The list shows all categories as enabled.", source: categoryAll,
			breaks: breaks("CAT-20"),
			answered: lists("categories", func(items []map[string]any) []map[string]any {
				for _, item := range items {
					item["enabled"] = true
				}
				return items
			})},
		"user-create-tells-temporary": {says: "A new user is answered with a password for the first time.", source: userPost,
			breaks:   breaks("USER-04"),
			answered: tells(func(_ *independent.Passing, made map[string]any) { made["temporaryPassword"] = "Xy7-40a1" })},
		"user-create-tells-coded": {says: "A new user is answered with the password in base64.", source: userPost,
			breaks: breaks("USER-04"),
			answered: tells(func(c *independent.Passing, made map[string]any) {
				word, _ := c.Body()["password"].(string)
				made["note"] = base64.StdEncoding.EncodeToString([]byte(word))
			})},
	}
}

// textAlones are of each sort of record.
func textAlones() map[string]alone {
	all := map[string]alone{}
	for path, of := range map[string]struct {
		name, list   string
		make, change string
	}{"wards": {"ward", wardAll, "WARD-05", "WARD-01"}, "users": {"user", userAll, "USER-06", "USER-01"},
		"categories": {"category", categoryAll, "CAT-07", "CAT-01"}} {
		all[of.name+"-list-repeats-last"] = alone{says: "The last record is in the list twice.", source: of.list,
			breaks: breaks(of.change),
			answered: lists(path, func(items []map[string]any) []map[string]any {
				return append(items, items[max(len(items)-1, 0):]...)
			})}
		all[of.name+"-escapes-marks"] = alone{says: "Texts are kept as they would stand in HTML.", source: of.list,
			breaks: breaks(of.make),
			sent:   respells(path, html.EscapeString)}
		all[of.name+"-loses-signs"] = alone{says: "Signs beyond the basic plane are kept as a question mark.", source: of.list,
			breaks: breaks(of.make), sent: respells(path, basicPlane)}
	}
	return all
}

// basicPlane is what a column of three bytes a letter makes of a text.
func basicPlane(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xffff {
			return '?'
		}
		return r
	}, text)
}

// suggestAlones are about one sort of summary or of category.
func suggestAlones() map[string]alone {
	return map[string]alone{
		"suggest-five-keywords": {says: "Only five keywords of a category count.", source: matching, breaks: breaks("SUG-05"),
			whole: fiveKeywords},
		"suggest-first-line": {says: "Only the first line of a summary is read.", source: matching, breaks: breaks("SUG-01"),
			whole: summarised(func(text string) string { line, _, _ := strings.Cut(text, "\n"); return line })},
		"suggest-ascii": {says: "Letters beyond ASCII are cut out of a summary.", source: matching, breaks: breaks("SUG-01"),
			whole: summarised(func(text string) string {
				return strings.Map(func(r rune) rune {
					if r > unicode.MaxASCII {
						return -1
					}
					return r
				}, text)
			})},
		"suggest-not-renamed": {says: "A category that was renamed is not found.", source: matching, breaks: breaks("SUG-01"),
			whole: notRenamed},
	}
}

type passing = func(*independent.Passing) *httptest.ResponseRecorder

// fiveKeywords misses who is found by a later keyword alone.
func fiveKeywords(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	found, _ := independent.Shown(answer)["suggestion"].(map[string]any)
	if c.Last() != "suggest" || found == nil {
		return answer
	}
	id, _ := found["id"].(string)
	words, _ := independent.Shown(c.Ask(http.MethodGet, "/api/categories/"+id, nil, nil))["keywords"].(string)
	list := strings.Split(words, ",")
	for _, word := range list[:min(len(list), 5)] {
		if strings.Contains(strings.ToLower(c.Query.Get("summary")), strings.ToLower(strings.TrimSpace(word))) {
			return answer
		}
	}
	return independent.With(answer, map[string]any{"suggestion": nil})
}

func notRenamed(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if _, renames := c.Body()["name"]; renames && updates(c, "categories") && independent.Fine(answer) {
		c.Kept[c.Last()] = true
	}
	found, _ := independent.Shown(answer)["suggestion"].(map[string]any)
	if id, _ := found["id"].(string); c.Last() == "suggest" && c.Kept[id] != nil {
		return independent.With(answer, map[string]any{"suggestion": nil})
	}
	return answer
}
