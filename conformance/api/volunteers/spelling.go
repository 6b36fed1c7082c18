package volunteers

import (
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"
)

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
