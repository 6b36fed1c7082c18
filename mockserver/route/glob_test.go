package route

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A glob takes what the regular expression takes that it is short for.
func TestGlobsAreRegularExpressions(t *testing.T) {
	wildcard := regexp.MustCompile(`\\\*\\\*|\\\*|\\\{[^/]*?\\\}`)
	random := rand.New(rand.NewPCG(1, 1))
	of := func(parts ...string) string {
		var text strings.Builder
		for range random.IntN(9) {
			text.WriteString(parts[random.IntN(len(parts))])
		}
		return text.String()
	}
	taken := 0
	for range 20_000 {
		pattern, path := of("a", "b", "/", "/", "*", "**", "{id}", "{", "}", "."), of("a", "b", "/", "/", "{", "}", ".")
		text := wildcard.ReplaceAllStringFunc(regexp.QuoteMeta(pattern), func(part string) string {
			return map[string]string{`\*\*`: `.*`, `\*`: `[^/]*`}[part] + map[bool]string{true: `[^/]+`}[part[1] == '{']
		})
		on, err := Glob(pattern)
		if err != nil {
			t.Fatal(pattern, err)
		}
		want := regexp.MustCompile("^" + text + "$").MatchString(path)
		if got := on(path); got != want {
			t.Errorf("%q takes %q: %v, want %v", pattern, path, got, want)
		}
		if want {
			taken++
		}
	}
	if taken < 200 {
		t.Errorf("only %d paths were taken", taken)
	}
}

// The longest pattern there may be, with the most wildcards, takes its time by the path alone.
func TestGlobsAreBounded(t *testing.T) {
	if _, err := Glob(strings.Repeat("a", mostGlob+1)); err == nil {
		t.Error("a longer pattern is taken")
	}
	on, err := Glob(strings.Repeat("/**/a", mostGlob/5-1) + "/zz")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	if on(strings.Repeat("/a", 500_000)) {
		t.Error("it takes what it does not end as")
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("a million bytes take %s", took)
	}
}
