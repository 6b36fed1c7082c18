// Package format reads the formats of the contracts' values: dates, times,
// date-times, mail addresses, URIs, UUIDs, IP addresses and whole numbers. It is
// the only grammar of each: the mock, the judge and the cases all ask here, so
// that a value which one of them takes is never refused by another.
//
// No library reads them as the standards do (jsonschema v6 takes 12:-0:00Z for a
// time and blanks in a URI, strfmt knows neither leap seconds nor relative URIs,
// fredbi/uri forbids host names and ports that RFC 3986 allows), so the grammars
// are here, over time and netip. They are held against the public JSON Schema
// test suite.
//
// It is no API: it serves the packages beside it, and may change with any version.
package format

import "net/netip"

// Check returns the check of the string format of that name, nil for one that is
// only a remark. The names are those of JSON Schema.
func Check(name string) func(string) bool {
	switch name {
	case "date":
		return isDate
	case "time":
		return isTime
	case "date-time":
		return isInstant
	case "email":
		return Email
	case "uri":
		return URI
	case "uuid":
		return UUID
	case "ipv4":
		return isIPv4
	case "ipv6":
		return isIPv6
	default:
		return nil
	}
}

// Names lists the formats that Check knows.
func Names() []string {
	return []string{"date", "time", "date-time", "email", "uri", "uuid", "ipv4", "ipv6"}
}

// UUID reports whether s is 32 hexadecimal digits in the groups of RFC 4122,
// section 3, in either case.
func UUID(s string) bool {
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

func isIPv4(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is4()
}

func isIPv6(s string) bool {
	a, err := netip.ParseAddr(s)
	return err == nil && a.Is6() && a.Zone() == "" // a zone means something on one machine only
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isHex(b byte) bool { return isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'f' }

// isMade reports whether s is one or more bytes, all of them allowed.
func isMade(s string, allowed func(byte) bool) bool {
	for i := range len(s) {
		if !allowed(s[i]) {
			return false
		}
	}
	return s != ""
}
