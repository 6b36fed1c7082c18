package route

import (
	"fmt"
	"regexp"
)

var wildcard = regexp.MustCompile(`\\\*\\\*|\\\*|\\\{[^/]*?\\\}`)

// Glob reads a path in which * stands for a segment or a part of one, {name} for a segment
// and ** for any number of them; it gives what says whether a path is so.
func Glob(pattern string) (func(path string) bool, error) {
	text := wildcard.ReplaceAllStringFunc(regexp.QuoteMeta(pattern), func(part string) string {
		switch part {
		case `\*\*`:
			return `.*`
		case `\*`:
			return `[^/]*`
		}
		return `[^/]+`
	})
	whole, err := regexp.Compile("^" + text + "$")
	if err != nil {
		return nil, fmt.Errorf("write it as /records/*, /records/{id} or /records/**")
	}
	return whole.MatchString, nil
}
