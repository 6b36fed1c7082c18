package volunteers

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rollcall/conformance/internal/independent"
)

// removedFaults are about what is left of a record that was deleted, and about who sees whom.
func removedFaults() []listFault {
	return []listFault{
		{"view-opens-all", "With view, a caller with few rights sees all users.", "L4: limited by your permissions", "VOL-LST-44",
			nil},
		{"second-page-opens-all", "From the second page on, a caller with few rights sees all users.",
			"L4: limited by your permissions", "VOL-LST-44", nil},
		{"hidden-read-by-id", "A caller with few rights reads by id whom they do not see in the list.",
			"L4: limited by your permissions", "VOL-GET-14", nil},
		{"tokens-with-more", "What begins with a token is that token.", "L4: limited by your permissions; 401 of each operation",
			"VOL-DOC-listUsers-ignored_auth", nil},
		{"trashed-of-all", "trashed=true lists the deleted addresses of all users.", "L772-775: of a user", "VOL-ADDR-30",
			trashedOfAll},
		{"deleted-emails-taken", "An email address that was deleted cannot be added again.", "L699: two members are required",
			"VOL-EMAIL-19", neverAgain("email-addresses", "email")},
		{"deleted-address-without-street", "The street of a deleted address is blank.", "L775: include deleted addresses",
			"VOL-ADDR-26", shownOtherwise("addresses", "trashed", func(c *independent.Passing, body map[string]any) {
				_, live, _ := items(c.Ask(http.MethodGet, c.Path, url.Values{"limit": {"50"}}, nil))
				list, _ := body["data"].([]any)
				for _, item := range list {
					if one := item.(map[string]any); !slices.Contains(live, fmt.Sprint(one["id"])) {
						one["street"] = ""
					}
				}
			})},
		{"totals-never-fall", "The total of email addresses is the highest that it was.", "L49: total", "VOL-PAG-04",
			totalsNeverFall},
		{"included-at-first", "The skills included in a user are those of the first time.", "L176: include", "VOL-GET-09",
			includedAtFirst("skills")},
		{"include-hides-title", "With include, a user has no title.", "L175-179: include; title", "VOL-GET-02",
			includeHides("title")},
	}
}

// opens says whether a fault shows a caller whom they may not see.
func (c *call) opens() bool {
	q := c.r.URL.Query()
	page, _ := strconv.Atoi(q.Get("page"))
	return c.has("view-opens-all") && q.Has("view") || c.has("second-page-opens-all") && page > 1
}

// deleting gives a record to keep before it is deleted.
func deleting(c *independent.Passing, kind string, keep func(record map[string]any)) *httptest.ResponseRecorder {
	if c.Method != http.MethodDelete || len(c.Steps) < 4 || c.Steps[2] != kind {
		return c.Through()
	}
	before := independent.Shown(c.Ask(http.MethodGet, c.Path, nil, nil))
	answer := c.Through()
	if record, is := before["data"].(map[string]any); is && independent.Fine(answer) {
		keep(record)
	}
	return answer
}

func trashedOfAll(c *independent.Passing) *httptest.ResponseRecorder {
	answer := deleting(c, "addresses", func(record map[string]any) { c.Kept[fmt.Sprint(record["id"])] = record })
	if !lists(c, "addresses", "trashed") || !independent.Fine(answer) {
		return answer
	}
	body, ids, _ := items(answer)
	list, _ := body["data"].([]any)
	for _, id := range slices.Sorted(maps.Keys(c.Kept)) {
		if !slices.Contains(ids, id) {
			list = append(list, c.Kept[id])
		}
	}
	body["data"] = list
	return independent.With(answer, body)
}

// neverAgain refuses what a user had by what tells it from others.
func neverAgain(kind, member string) independent.Between {
	by := func(record map[string]any) string { return fmt.Sprint(record[member]) }
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if sent := c.Body(); c.Method == http.MethodPost && c.Last() == kind && c.Kept[by(sent)] != nil {
			c.Send(map[string]any{})
		}
		return deleting(c, kind, func(record map[string]any) { c.Kept[by(record)] = true })
	}
}

func totalsNeverFall(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	body := independent.Shown(answer)
	numbers := paginationOf(body)
	if c.Method != http.MethodGet || c.Last() != "email-addresses" || numbers == nil {
		return answer
	}
	total, _ := strconv.Atoi(fmt.Sprint(numbers["total"]))
	highest, _ := c.Kept[c.Path].(int)
	c.Kept[c.Path] = max(total, highest)
	numbers["total"] = c.Kept[c.Path]
	return independent.With(answer, body)
}

// reading says whether a user is read with something included.
func reading(c *independent.Passing, value string) bool {
	return c.Method == http.MethodGet && len(c.Steps) == 2 && strings.Contains(c.Query.Get("include"), value)
}

func includedAtFirst(value string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		user := independent.Shown(answer)
		if !reading(c, value) || user[value] == nil {
			return answer
		}
		if c.Kept[c.Path] == nil {
			c.Kept[c.Path] = user[value]
		}
		user[value] = c.Kept[c.Path]
		return independent.With(answer, user)
	}
}

func includeHides(member string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if !reading(c, "") || !independent.Fine(answer) || c.Query.Get("include") == "" {
			return answer
		}
		user := independent.Shown(answer)
		user[member] = nil
		return independent.With(answer, user)
	}
}
