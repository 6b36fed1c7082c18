package contract

import (
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/dlclark/regexp2"
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

// textFormat returns the check of a string format, nil for one that is only a
// remark.
func textFormat(name string) func(string) bool {
	switch name {
	case "date":
		return isDate
	case "date-time":
		return isDateTime
	case "email":
		return isEmail
	case "uri":
		return isURI
	case "uuid":
		return isUUID
	default:
		return nil
	}
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isDateTime(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}

// isEmail accepts local@domain with dotted atoms and host labels; quoted local
// parts and address literals are left out, as nobody's directory takes them.
func isEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > 254 {
		return false
	}
	return isDotted(s[:at], isAtomByte) && isDotted(s[at+1:], isHostByte)
}

// isDotted reports whether s is one or more non-empty runs of allowed bytes,
// parted by single dots.
func isDotted(s string, allowed func(byte) bool) bool {
	run := 0
	for i := range len(s) {
		switch {
		case s[i] == '.' && run > 0:
			run = 0
		case s[i] != '.' && allowed(s[i]):
			run++
		default:
			return false
		}
	}
	return run > 0
}

func isAtomByte(b byte) bool {
	return isHostByte(b) || b >= 0x80 || strings.IndexByte("!#$%&'*+/=?^_`{|}~", b) >= 0
}

func isHostByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
}

func isURI(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.IsAbs() && !strings.ContainsAny(s, " \\\"<>^`{|}")
}

func isUUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		if dash != (s[i] == '-') || !dash && !isHex(s[i]) {
			return false
		}
	}
	return true
}

func isHex(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

// isRanged reports whether a whole number, as written, fits the format int32 or
// int64. It works on the digits: a double would round 2^63 into range.
func isRanged(digits, format string) bool {
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return format == "int64" || n >= math.MinInt32 && n <= math.MaxInt32
	}
	f, err := strconv.ParseFloat(digits, 64) // 1.0 and 1e3 are whole numbers too
	limit := math.Ldexp(1, 63)
	if format == "int32" {
		limit = math.Ldexp(1, 31)
	}
	// Only text with a point or an exponent is decided here: plain digits that
	// ParseInt refused are out of range already.
	return err == nil && strings.ContainsAny(digits, ".eE") && f >= -limit && f < limit
}

// assertFormat is the same check on a decoded JSON value; a format says nothing
// about values of another type.
func assertFormat(name string) func(any) error {
	check := textFormat(name)
	return func(v any) error {
		ok := true
		switch v := v.(type) {
		case string:
			ok = check == nil || check(v)
		case json.Number:
			ok = check != nil || isRanged(v.String(), name)
		}
		if !ok {
			return errFormat
		}
		return nil
	}
}
