package format

import (
	"encoding/json"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

// FuzzFormats compares the grammars with the strictest readers of the standard library,
// in the direction in which each of them is right.
func FuzzFormats(f *testing.F) {
	for _, seed := range []string{
		"2024-02-29", "10:00:00.5+01:00", "2026-12-01t10:00:00z", "2016-12-31T23:59:60Z", "2026-12-01T10:00:00,5Z",
		"2e1", "-0.0", "1e999", "20.00",
		"ada.quill@example.org", `"a b"@[IPv6:::1]`, "https://u@[::1]:80/a%20b?c#d", "urn:x:y",
		"3f2504e0-4f89-41d3-9a0c-0305e82c3301", "127.0.0.1", "::1%eth0", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range Names() {
			Check(name)(s) // whatever it is, it is no panic
		}
		fuzzInstant(t, s)
		fuzzNumber(t, s)
		if u, err := url.Parse(s); URI(s) && (err != nil || !u.IsAbs()) && !isOddURI(s) {
			t.Errorf("%q is a URI, but url.Parse says %v", s, err)
		}
		// The mailbox "" of RFC 5321 has no sign in it, which the library holds to be none.
		odd := strings.Contains(s, "[") || strings.HasPrefix(s, `""@`)
		if a, err := mail.ParseAddress(s); Email(s) && !odd && (err != nil || a.Name != "") {
			t.Errorf("%q is an address, but mail.ParseAddress says %v", s, err)
		}
		if a, err := netip.ParseAddr(s); (isIPv4(s) || isIPv6(s)) != (err == nil && a.Zone() == "") {
			t.Errorf("%q is an IP address: %v", s, err)
		}
	})
}

// fuzzInstant: what time.Time unmarshals, which is RFC 3339 but for its letters, its
// leap seconds, hours of one digit and a comma before the fraction, is read here as the same moment.
func fuzzInstant(t *testing.T, s string) {
	var at time.Time
	std := at.UnmarshalText([]byte(strings.ToUpper(s))) == nil && !strings.Contains(s, ",") && s[13] == ':'
	got, ok := Instant(s)
	leap := strings.Contains(s, ":60") // of the seconds, or it is none for either
	if !leap && std != ok || std && ok && !at.Equal(got) {
		t.Errorf("%q is the instant %v, %v; time says %v, %v", s, got, ok, at, std)
	}
}

func fuzzNumber(t *testing.T, s string) {
	valid := json.Valid([]byte(s)) && s != "" && (s[0] == '-' || isDigit(s[0])) && !strings.ContainsAny(s, " \t\r\n")
	if isNumber(s) != valid {
		t.Errorf("%q is a number: %v, JSON says %v", s, isNumber(s), valid)
	}
	digits, ok := Integer(s)
	if ok && (!valid || !IsInteger(digits) || !SameNumber(s, digits)) {
		t.Errorf("%q is the integer %q", s, digits)
	}
}

// isOddURI tells the URIs that url.Parse can't read: a host with an escape or an address
// to come, a userinfo or a scheme of its own taste.
func isOddURI(s string) bool {
	_, rest, _ := strings.Cut(s, "//")
	authority, _, _ := strings.Cut(rest, "/")
	return strings.ContainsAny(authority, "%[@")
}
