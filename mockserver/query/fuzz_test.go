package query

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPaging reads any page of any list and writes the links to others: places stay
// within the list, and a link is text that JSON can hold.
func FuzzPaging(f *testing.F) {
	f.Add("2", "10", 95, "/users?page=2&limit=10", "page")
	f.Add("9223372036854775807", "100", 3, "/a?%70age=1", "page")
	f.Add("-1", "0", 0, "?&&page&page=", "page")
	f.Add("1e1", "2.0", 7, "/\"\\<\x00é\xff?x=\"\n", "p")
	f.Fuzz(func(t *testing.T, number, size string, total int, target, parameter string) {
		if total < 0 {
			return
		}
		p := ReadPage(number, size, 10, 100)
		if from := p.From(total); p.Number < 1 || p.Size < 1 || p.Size > 100 || from < 0 || from > total {
			t.Fatalf("page %q of size %q of %d is %+v and begins at %d", number, size, total, p, from)
		}
		for _, keep := range []bool{true, false} {
			link := string(AppendLink(nil, target, parameter, p.Number, keep))
			var read string
			if err := json.Unmarshal([]byte(`"`+link+`"`), &read); err != nil || !utf8.ValidString(link) {
				t.Fatalf("%q as the link of %q: %v", link, target, err)
			}
			if parameter == "page" && !strings.Contains(link, "page=") && !strings.Contains(target, "%") {
				t.Fatalf("%q, the link of %q, has no page", link, target)
			}
		}
	})
}
