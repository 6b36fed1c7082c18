package replay

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/reports"
)

// quoted gives a text as one word of a POSIX shell, with variables in the gaps. Of gaps
// that overlap the first counts.
func quoted(text string, gaps []gap) string {
	slices.SortStableFunc(gaps, func(a, b gap) int { return a.from - b.from })
	var word strings.Builder
	at := 0
	for _, g := range gaps {
		if g.from < at {
			continue
		}
		if g.from > at {
			word.WriteString(reports.ShellQuote(text[at:g.from]))
		}
		word.WriteString(`"$` + g.variable + `"`)
		at = g.to
	}
	if at < len(text) || text == "" {
		word.WriteString(reports.ShellQuote(text[at:]))
	}
	return word.String()
}

// marks are the places where a secret was cut out.
func marks(text, variable string) (all []gap) {
	for at := 0; ; {
		i := strings.Index(text[at:], reports.SecretMark)
		if i < 0 {
			return all
		}
		at += i + len(reports.SecretMark)
		all = append(all, gap{at - len(reports.SecretMark), at, variable})
	}
}

// places finds where a text names an id: as a segment or a value of a URL, else as a
// member of a body.
func places(text, id string, inURL bool) (found [][2]int) {
	if id == "" || !strings.Contains(text, id) {
		return nil
	}
	name := regexp.QuoteMeta(id)
	pattern := `"(` + name + `)"|"\w*[iI]ds?"\s*:\s*\[?(` + name + `)\b`
	if inURL {
		pattern = `[/=,](` + name + `)\b`
	}
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatchIndex(text, -1) {
		at := m[2:4]
		if at[0] < 0 {
			at = m[4:6]
		}
		found = append(found, [2]int{at[0], at[1]})
	}
	return found
}

// idName is how members are called by whose value an answer's record is asked for later.
var idName = regexp.MustCompile(`^(id|uuid|code|username|\w+Id|\w+_id)$`)

// named lists the ids in the JSON body of an answer, with their paths as jq writes them.
func named(step int, body string) (all []known) {
	if !gjson.Valid(body) {
		return nil
	}
	const most = 200
	var walk func(v gjson.Result, path string)
	walk = func(v gjson.Result, path string) {
		index := 0
		v.ForEach(func(key, value gjson.Result) bool {
			below := path + "[" + key.Raw + "]"
			if v.IsArray() {
				below = path + "[" + number(index) + "]"
				index++
			}
			switch {
			case value.IsObject(), value.IsArray():
				walk(value, below)
			case value.Type != gjson.Null && value.String() != "" && idName.MatchString(key.String()):
				all = append(all, known{step, "." + below, value.String()})
			}
			return len(all) < most
		})
	}
	walk(gjson.Parse(body), "")
	return all
}
