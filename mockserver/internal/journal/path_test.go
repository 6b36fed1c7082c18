package journal

import (
	"net/url"
	"strings"
	"testing"

	json "github.com/go-json-experiment/json"
)

// TestPathsAreBounded holds which paths are refused for what they would cost, and which are not.
func TestPathsAreBounded(t *testing.T) {
	const free = ""
	for path, refused := range map[string]string{
		`$.name=Ada`:                      free,
		`$..roles[?@.id > 3].name`:        free,
		`$[?count(@.tags[*]) > 1]`:        free,
		`$['a..b']["c..$"]['it\'s $..']`:  free,
		`$..[?count($..*)>1]`:             ".. more than once",
		`$..*..*`:                         ".. more than once",
		`$[?count($[*])>1]`:               "a filter in it has $",
		`$[?@..a && @..b]`:                ".. more than once",
		strings.Repeat(`[0,0]`, 9):        "over 6 commas",
		`$` + strings.Repeat(`.name`, 99): free,
		`$.` + strings.Repeat(`a`, 600):   "over 500 bytes",
	} {
		if refused == "over 6 commas" {
			path = "$" + path
		}
		_, err := withBody(path)
		if refused == free && err != nil || refused != free && (err == nil || !strings.Contains(err.Error(), refused)) {
			t.Errorf("%s: %v; %q is wanted", path, err, refused)
		}
	}
}

// TestDeepBodiesHaveNoPath holds that a body is gone through once, however deep it is.
func TestDeepBodiesHaveNoPath(t *testing.T) {
	holds, err := withBody("$..*")
	if err != nil {
		t.Fatal(err)
	}
	for depth, want := range map[int]bool{2: true, mostNested: true, mostNested + 1: false, 9000: false} {
		if got := holds(&Request{Body: strings.Repeat("[", depth) + strings.Repeat("]", depth)}); got != want {
			t.Errorf("%d deep: %v", depth, got)
		}
	}
}

// TestPatternsAreBounded holds that a pattern asks for so much and no more, and that its numbers are ids.
func TestPatternsAreBounded(t *testing.T) {
	many := `[` + strings.Repeat(`{"contains":"a"},`, mostMatchers) + `{}]`
	for text, want := range map[string]string{
		`{"bodyPatterns":` + many + `}`: "bodyPatterns has 17 matchers; give up to 16",
		`{"bodyPatterns":[{"matchesJsonPath":{"expression":"$","matchesJsonPath":"$..*"}}]}`: "holds another one",
		`{"urlPattern":"` + strings.Repeat("a", 1001) + `"}`:                                 "over 1000 bytes",
		`{"bodyPatterns":[{"equalToJson":"{"}]}`:                                             "is a text that is no JSON",
		`{"after":"-1"}`: "a whole number from 0 " +
			"to 9223372036854775807",
	} {
		var p Pattern
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Filter(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s: %v", text, err)
		}
	}
	if _, err := ParseFilter(url.Values{"id": {"-1"}}); err == nil {
		t.Error("an id under nought is taken")
	}
}
