package judge

import (
	"errors"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// formats are the string formats that are asserted. kin-openapi by itself
// ignores email, uri and uuid, and takes days that no month has. A format that
// is in neither list is a remark and judges nothing. The accepting reading takes a
// day written as its midnight, too.
func formats(accepting bool) map[string]openapi3.StringFormatValidator {
	clock := regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
	uuid := regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	day := isDate
	if accepting {
		midnight := regexp.MustCompile(`^[Tt]00:00(:00(\.0+)?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?$`)
		day = func(s string) bool { return isDay(s, midnight) }
	}
	return map[string]openapi3.StringFormatValidator{
		"date":      format(day, "a day such as 2024-02-29"),
		"time":      format(clock.MatchString, "a time such as 09:30:00Z"),
		"date-time": format(func(s string) bool { return isDateTime(s, clock) }, "an instant such as 2024-02-29T09:30:00Z"),
		"uuid":      format(uuid.MatchString, "a UUID such as 0b54cf2a-6d1e-4b9f-8d3a-5f0e7c1b2a94"),
		"email":     format(isEmail, "a mail address such as ada@example.org"),
		"uri":       format(isURI, "an absolute URI such as https://example.org/a"),
		"ipv4":      format(func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is4() }, "an IPv4 address"),
		"ipv6":      format(func(s string) bool { a, err := netip.ParseAddr(s); return err == nil && a.Is6() }, "an IPv6 address"),
	}
}

// format turns a yes or no into a validator whose error says what was expected.
func format(holds func(string) bool, expected string) openapi3.StringFormatValidator {
	wrong := errors.New(expected)
	return openapi3.NewCallbackValidator(func(s string) error {
		if holds(s) {
			return nil
		}
		return wrong
	})
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// isDateTime is RFC 3339, leap seconds and lower-case letters included, which
// time.Parse does not take.
func isDateTime(s string, clock *regexp.Regexp) bool {
	const day = len(time.DateOnly)
	return len(s) > day && isDate(s[:day]) && (s[day] == 'T' || s[day] == 't') && clock.MatchString(s[day+1:])
}

// isEmail takes a bare address: no display name, no angle brackets, no comment.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.String() == "<"+s+">"
}

// isURI is RFC 3986 with a scheme; url.Parse alone also takes blanks and letters beyond ASCII.
func isURI(s string) bool {
	foreign := strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r > '~' || strings.ContainsRune("<>\"{}|\\^`", r)
	})
	u, err := url.Parse(s)
	return !foreign && err == nil && u.IsAbs()
}
