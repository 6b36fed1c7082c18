package contract

import (
	"encoding/json"
	"errors"
	"regexp"
	"time"

	"github.com/dlclark/regexp2"

	"rollcall/specs/format"
)

// matcher is a compiled pattern.
type matcher interface {
	MatchString(s string) bool
	String() string
}

// patternTimeout bounds the engine that backtracks; a text it can't decide in
// that time doesn't match.
const patternTimeout = 100 * time.Millisecond

// compilePattern uses RE2 and only where that refuses (look-ahead) an engine
// that backtracks.
func compilePattern(pattern string) (matcher, error) {
	if re, err := regexp.Compile(pattern); err == nil {
		return re, nil
	}
	re, err := regexp2.Compile(pattern, regexp2.ECMAScript)
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = patternTimeout
	return backtracking{re}, nil
}

type backtracking struct{ *regexp2.Regexp }

func (b backtracking) MatchString(s string) bool {
	ok, err := b.Regexp.MatchString(s)
	return err == nil && ok
}

var errFormat = errors.New("does not have the format")

// asserts reports whether the format of that name is held to; another is only a
// remark.
func asserts(name string) bool {
	return format.Check(name) != nil || name == "int32" || name == "int64"
}

// assertFormat is the check of a decoded JSON value; a format says nothing about
// values of another type.
func assertFormat(name string) func(any) error {
	check := format.Check(name)
	return func(v any) error {
		ok := true
		switch v := v.(type) {
		case string:
			ok = check == nil || check(v)
		case json.Number:
			ok = format.Fits(v.String(), name)
		}
		if !ok {
			return errFormat
		}
		return nil
	}
}
