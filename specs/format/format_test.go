package format

import (
	"strings"
	"testing"
	"time"
)

// TestGrammars has the rows that the public suite lacks.
func TestGrammars(t *testing.T) {
	long := strings.Repeat
	for _, row := range []struct {
		name      string
		good, bad []string
	}{
		{"date", []string{"2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"},
			[]string{"", "2023-02-29", "1900-02-29", "2024-2-9", "29/02/2024", "2024-00-01", "2024-01-00", "+024-01-01",
				"10000-01-01", " 2024-02-29", "2024-02-29 "}},
		{"time", []string{"00:00:00Z", "23:59:59.999999999999+23:59", "10:00:00-00:00"},
			[]string{"", "10:00Z", "10:00:00", "+1:00:00Z", "1-:00:00Z", "12:-0:00Z", "12:00:-0Z", "12:00:00.Z", "12:00:00,5Z",
				"12:00:00+0100", "12:00:00+01", "12:00:00+1:00", "12:00:00 Z"}},
		{"date-time", []string{"2026-12-01T10:00:00Z", "2026-12-01t10:00:00z", "2026-12-01T10:00:00.5+01:00",
			"2016-12-31T23:59:60Z", "2017-01-01T05:29:60+05:30"},
			[]string{"", "2026-12-01", "2026-12-01T10:00:00", "2026-12-01 10:00:00Z", "2026-12-01T10:00:00,5Z",
				"2026-12-01T24:00:00Z", "2026-12-01T10:00:60Z",
				"2026-12-01T10:00:00+24:00", "2026-12-01T10:00:00Z ", "2026-02-30T10:00:00Z", "2026-12-01T9:00:00Z",
				"20261201T100000Z", "2026-12-01T10:00:00+01:60"}},
		{"email", []string{"a@b.org", "o'rourke+x@example.co.uk", "A@B", "!#$%&'*+/=?^_`{|}~-@x.y", `"a\"b"@x.y`, `""@x.y`,
			"a@[IPv6:2001:db8::1]", "a@1.2.3.4", "a@b.c-d"},
			[]string{"", "a", "a@", "@b", "a b@c.org", "a@b..org", "a@.b", "a@b.", "a.@b.org", "a@@b.org", "a@b@c.org",
				"Ada <a@b.org>", "<a@b.org>", "a@b.org ", "a@-b.org", "a@b-.org",
				"a@b_c.org", "siân@example.org", "a@exämple.org", `"a"b@c.org`, `"a@c.org`, "\"a\nb\"@c.org", "a@[1.2.3]",
				"a@[::1]", "a@[IPv6:fe80::1%eth0]", "a(b)@c.org",
				long("a", 65) + "@b.org", "a@" + long("b", 64) + ".org", "a@" + long("bb.", 90) + "org", "a\x00@b.org"}},
		{"uri", []string{"https://example.org/a?b=c#d", "urn:x:y", "x:", "http://a_b/", "http://[::1]:80/x", "http://[v1.a:b]/",
			"http://a:/", "http://", "file:///x", "a+b-c.d:x", "http://%41/", "http://u:p@h/", "http://a?q=/?:@"},
			[]string{"", "/a", "example.org", "https://exa mple.org", "https://a/b c", "http://a/%zz", "http://a/%4",
				"http://a:port/", "http://[::1", "http://[1.2.3.4]/", "http://[fe80::1%25en0]/",
				"http://a/é", "http://a/[b]", "http://a#b#c", "1http://a", ":x", "http://a/<b>", "http://a|b/", "http://a/\"",
				"http://a\\b", "http://a/\x7f", "http://a/{id}", "http://u[@h/"}},
		{"uuid", []string{"3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"},
			[]string{"", "3f2504e04f8941d39a0c0305e82c3301", "3f2504e0-4f89-41d3-9a0c-0305e82c330g",
				"{3f2504e0-4f89-41d3-9a0c-0305e82c3301}", "urn:uuid:3f2504e0-4f89-41d3-9a0c-0305e82c3301"}},
		{"ipv4", []string{"127.0.0.1"}, []string{"", "+1.1.1.1", "1.1.1", "01.1.1.1", "::1"}},
		{"ipv6", []string{"::1"}, []string{"", "127.0.0.1", "fe80::1%eth0"}},
	} {
		check := Check(row.name)
		for _, s := range row.good {
			if !check(s) {
				t.Errorf("%s refuses %q", row.name, s)
			}
		}
		for _, s := range row.bad {
			if check(s) {
				t.Errorf("%s accepts %q", row.name, s)
			}
		}
	}
	if Check("password") != nil {
		t.Error("a format that is only a remark has a check")
	}
}

func TestInstantsMeanMoments(t *testing.T) {
	for _, row := range []struct{ text, utc string }{
		{"2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"},
		{"2026-12-01t10:00:00z", "2026-12-01T10:00:00Z"},
		{"2026-12-01T00:30:00.25+01:00", "2026-11-30T23:30:00.25Z"},
		{"2026-12-31T23:30:00-01:30", "2027-01-01T01:00:00Z"},
		{"2026-12-01T10:00:00.1234567891234Z", "2026-12-01T10:00:00.123456789Z"},
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
		{"2016-12-31T15:59:60.5-08:00", "2017-01-01T00:00:00.5Z"},
	} {
		at, ok := Instant(row.text)
		if got := at.Format(time.RFC3339Nano); !ok || got != row.utc {
			t.Errorf("%s is %s, %v; want %s", row.text, got, ok, row.utc)
		}
		if !SameInstant(row.text, row.utc) {
			t.Errorf("%s and %s are not the same", row.text, row.utc)
		}
	}
	if SameInstant("2026-12-01T10:00:00Z", "2026-12-01T10:00:01Z") || SameInstant("x", "y") || !SameInstant("x", "x") {
		t.Error("texts that differ are the same moment, or equal ones are not")
	}
}

func TestIntegers(t *testing.T) {
	for _, row := range []struct{ number, digits string }{
		{"20", "20"}, {"2e1", "20"}, {"2E+1", "20"}, {"20.0", "20"}, {"0.2e2", "20"}, {"200e-1", "20"}, {"-20.00", "-20"},
		{"-0", "0"}, {"-0.0", "0"}, {"0e9", "0"},
		{"9007199254740993.0", "9007199254740993"}, {"9223372036854775808e0", "9223372036854775808"},
		{"1e20", "100000000000000000000"},
		{"1.5", ""}, {"1e-1", ""}, {"1e401", ""}, {"1e999999999999", ""}, {"", ""}, {"-", ""}, {"+1", ""}, {"01", ""}, {"1.", ""},
		{".5", ""}, {"1e", ""}, {"0x10", ""},
		{"1_000", ""}, {"1/1", ""}, {"Inf", ""}, {"1e+", ""}, {"1e1.0", ""}, {"--1", ""}, {"0b1", ""}, {"1p4", ""},
	} {
		digits, ok := Integer(row.number)
		if digits != row.digits || ok != (row.digits != "") {
			t.Errorf("%q is %q, %v; want %q", row.number, digits, ok, row.digits)
		}
		if spelt := IsInteger(row.number); spelt != (row.digits == row.number && row.digits != "") {
			t.Errorf("%q is spelt as an integer: %v", row.number, spelt)
		}
	}
}

func TestRanges(t *testing.T) {
	for _, row := range []struct {
		number, name string
		fits         bool
	}{
		{"2147483647", "int32", true}, {"2147483648", "int32", false}, {"-2147483648", "int32", true},
		{"2147483647.0", "int32", true}, {"21474836480e-1", "int32", false},
		{"9223372036854775807", "int64", true}, {"9223372036854775808", "int64", false},
		{"9223372036854775808.0", "int64", false}, {"9.223372036854775807e18", "int64", true},
		{"-9223372036854775809.0", "int64", false}, {"1.5", "int32", true}, {"1e300", "", true},
	} {
		if Fits(row.number, row.name) != row.fits {
			t.Errorf("%s fits %s: %v", row.number, row.name, !row.fits)
		}
	}
}

// TestReadingCostsNothing: the mock reads formats in every request.
func TestReadingCostsNothing(t *testing.T) {
	for _, row := range []struct{ name, value string }{
		{"date", "2024-02-29"}, {"date-time", "2026-12-01T10:00:00.5+01:00"}, {"email", "ada.quill@example.org"},
		{"uri", "https://ada@example.org:80/a?b=c#d"},
		{"uuid", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"},
	} {
		check := Check(row.name)
		if n := testing.AllocsPerRun(100, func() { check(row.value) }); n != 0 {
			t.Errorf("%s costs %v allocations", row.name, n)
		}
	}
}

func TestMomentsAreNear(t *testing.T) {
	for _, row := range []struct {
		one, other string
		near       bool
	}{
		{"2026-12-01T10:00:00.123456Z", "2026-12-01T10:00:00.123Z", true},
		{"2026-12-01T10:00:00.999600Z", "2026-12-01T10:00:01.000Z", true}, // rounded
		{"2026-12-01T10:00:00.7Z", "2026-12-01T11:00:01+01:00", true},
		{"2026-12-01T10:00:00.123456Z", "2026-12-01T10:00:00.125Z", false},
		{"2026-12-01T10:00:00.123Z", "2026-12-01T10:00:00.124Z", false},
		{"2026-12-01T10:00:00Z", "2026-12-01T10:00:01Z", false},
		{"x", "x", true}, {"x", "y", false},
	} {
		if NearInstant(row.one, row.other) != row.near || NearInstant(row.other, row.one) != row.near {
			t.Errorf("%s and %s: near is not %v", row.one, row.other, row.near)
		}
	}
}
