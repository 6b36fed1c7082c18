package judge

import (
	"errors"
	"regexp"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/specs/format"
)

// formats are the string formats that are asserted, by the grammar that the mock and
// the cases read them by. kin-openapi by itself ignores email, uri and uuid, and takes
// days that no month has. A format that is in neither list is a remark and judges
// nothing. The accepting reading takes a day written as its midnight, too.
func formats(accepting bool) map[string]openapi3.StringFormatValidator {
	all := map[string]openapi3.StringFormatValidator{}
	for _, name := range format.Names() {
		all[name] = validator(format.Check(name), "a value such as "+example(name))
	}
	if accepting {
		midnight := regexp.MustCompile(`^[Tt]00:00(:00(\.0+)?)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?$`)
		all["date"] = validator(func(s string) bool { return isDay(s, midnight) }, "a day such as "+example("date"))
	}
	return all
}

// example shows a value of a format.
func example(name string) string {
	return map[string]string{
		"date": "2024-02-29", "time": "09:30:00Z", "date-time": "2024-02-29T09:30:00Z",
		"uuid":  "0b54cf2a-6d1e-4b9f-8d3a-5f0e7c1b2a94",
		"email": "ada@example.org", "uri": "https://example.org/a", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
	}[name]
}

// validator turns a yes or no into a validator whose error says what was expected.
func validator(holds func(string) bool, expected string) openapi3.StringFormatValidator {
	wrong := errors.New(expected)
	return openapi3.NewCallbackValidator(func(s string) error {
		if holds(s) {
			return nil
		}
		return wrong
	})
}
