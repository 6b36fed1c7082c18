package volunteers

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

// spelt is an answer in one spelling. The accepting reading takes an empty list of flags for
// flags without members: what can't tell the two apart writes the one for the other.
func spelt(body []byte, strict bool) []byte {
	body = countsAsNumbers(body)
	if !strict {
		for _, path := range []string{"flags", "data.flags"} {
			body = unlisted(body, path)
		}
		for i := range gjson.GetBytes(body, "data.#").Int() {
			body = unlisted(body, fmt.Sprintf("data.%d.flags", i))
		}
	}
	return body
}

// unlisted writes an empty list at the path as an object without members.
func unlisted(body []byte, path string) []byte {
	if found := gjson.GetBytes(body, path); found.IsArray() && len(found.Array()) == 0 {
		if read, err := sjson.SetRawBytes(body, path, []byte("{}")); err == nil {
			return read
		}
	}
	return body
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
