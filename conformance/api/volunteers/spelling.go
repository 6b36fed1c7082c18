package volunteers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

// spelt is an answer in one spelling. The accepting reading takes an empty list of flags, attributes
// or settings for those without members, as what can't tell the two apart writes the one for the
// other, and 0 and 1 for the truths of a role, which the page names integers in one place.
func spelt(body []byte, strict bool) []byte {
	body = countsAsNumbers(body)
	if strict {
		return body
	}
	for path, value := range loose(gjson.ParseBytes(body), "", map[string]string{}) {
		if read, err := sjson.SetRawBytes(body, path, []byte(value)); err == nil {
			body = read
		}
	}
	return body
}

// loose finds what is spelt in another way, and how it is meant, by its path.
func loose(value gjson.Result, path string, found map[string]string) map[string]string {
	isRole := value.Get("leaving_form_required").Exists()
	index := -1
	value.ForEach(func(key, inner gjson.Result) bool {
		name, step := key.Str, gjson.Escape(key.Str)
		if index++; value.IsArray() {
			step = strconv.Itoa(index)
		}
		at := strings.TrimPrefix(path+"."+step, ".")
		switch {
		case slices.Contains([]string{"flags", "attributes", "settings"}, name) && inner.IsArray() && len(inner.Array()) == 0:
			found[at] = "{}"
		case isRole && slices.Contains(roleTruths(), name) && (inner.Raw == "0" || inner.Raw == "1"):
			found[at] = strconv.FormatBool(inner.Raw == "1")
		case inner.IsObject() || inner.IsArray():
			loose(inner, at, found)
		}
		return true
	})
	return found
}

func roleTruths() []string {
	return []string{"primary", "recommend_organisation", "would_you_recommend_to_organisation", "would_you_like_to_have_back"}
}

// countsAsNumbers reads the counts of a page as numbers, be they numbers or, as the
// samples print them (seed 004, lines 48-60), texts of digits.
func countsAsNumbers(body []byte) []byte {
	page := gjson.GetBytes(body, "meta.pagination")
	if !page.IsObject() {
		return body
	}
	for _, name := range []string{"total", "count", "per_page", "current_page", "total_pages"} {
		count := page.Get(name)
		if count.Type != gjson.String || count.Str == "" || strings.Trim(count.Str, "0123456789") != "" || len(count.Str) > 1 &&
			count.Str[0] == '0' {
			continue
		}
		if read, err := sjson.SetRawBytes(body, "meta.pagination."+name, []byte(count.Str)); err == nil {
			body = read
		}
	}
	return body
}
