package judge

import (
	"regexp"
	"time"

	"github.com/dlclark/regexp2"
	"github.com/getkin/kin-openapi/openapi3"
)

// patternTimeout is how long a backtracking match may take before it counts as failed.
const patternTimeout = time.Second

// compilePattern reads a pattern as RE2, and as ECMAScript where RE2 cannot
// (look-ahead, \u escapes). kin-openapi keeps compiled patterns in one map of
// the process, under the pattern's text alone, so every judge has to compile
// with this function.
func compilePattern(expr string) (openapi3.RegexMatcher, error) {
	if re, err := regexp.Compile(expr); err == nil {
		return re, nil
	}
	return backtracking(expr, patternTimeout)
}

func backtracking(expr string, limit time.Duration) (openapi3.RegexMatcher, error) {
	re, err := regexp2.Compile(expr, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = limit
	return bounded{re}, nil
}

// bounded gives regexp2 the shape that kin-openapi asks for.
type bounded struct{ re *regexp2.Regexp }

// MatchString tells whether s matches; a match that ran out of time does not,
// for nothing that was not decided may pass.
func (b bounded) MatchString(s string) bool {
	ok, err := b.re.MatchString(s)
	return ok && err == nil
}
