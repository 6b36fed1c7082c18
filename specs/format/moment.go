package format

import "time"

// Date reads a full-date of RFC 3339, section 5.6, such as 2024-02-29, as its
// midnight in UTC. ok is false for anything else, a day that no month has
// included.
func Date(s string) (day time.Time, ok bool) {
	if len(s) != len(time.DateOnly) { // no error is made of what is none at first sight
		return time.Time{}, false
	}
	day, err := time.Parse(time.DateOnly, s)
	return day, err == nil
}

// Instant reads a date-time of RFC 3339, section 5.6, in UTC: letters in either
// case, a fraction of any length after a point, an offset of less than a day. A
// leap second, which only the last minute of a day in UTC can have, is the
// midnight after it. ok is false for anything else.
//
// time.Parse is both narrower (no lower case, no leap second) and wider (a comma
// before the fraction).
func Instant(s string) (at time.Time, ok bool) {
	const day = len(time.DateOnly)
	if len(s) <= day || s[day]|0x20 != 't' {
		return time.Time{}, false
	}
	date, ok := Date(s[:day])
	clock, ok2 := clock(s[day+1:])
	if !ok || !ok2 {
		return time.Time{}, false
	}
	return date.Add(clock), true
}

// Writable tells whether a time can be written as RFC 3339 has it in UTC: one in the first or
// last hours of four digits can be beyond them there.
func Writable(at time.Time) bool {
	year := at.UTC().Year()
	return year >= 0 && year <= 9999
}

// SameInstant reports whether two date-times name the same moment, however they
// are spelt. Texts that are none are the same when they are equal.
func SameInstant(a, b string) bool {
	first, ok := Instant(a)
	second, ok2 := Instant(b)
	return a == b || ok && ok2 && first.Equal(second)
}

// NearInstant reports whether two date-times name the same moment as far as the coarser of the two tells it: what is kept
// with fewer digits than it was told with is cut or rounded.
func NearInstant(a, b string) bool {
	first, ok := Instant(a)
	second, ok2 := Instant(b)
	return ok && ok2 && first.Sub(second).Abs() < max(digits(a), digits(b)) || SameInstant(a, b)
}

// digits is the unit of the last digit of a date-time.
func digits(s string) time.Duration {
	const seconds = len("2006-01-02T15:04:05")
	unit := time.Second
	for n := seconds + 1; n < len(s) && s[seconds] == '.' && isDigit(s[n]); n++ {
		unit /= 10
	}
	return max(unit, 1)
}

func isDate(s string) bool {
	_, ok := Date(s)
	return ok
}

func isTime(s string) bool {
	_, ok := clock(s)
	return ok
}

func isInstant(s string) bool {
	_, ok := Instant(s)
	return ok
}

// clock reads a full-time of RFC 3339 as what has passed since the midnight that
// begins its own day, in UTC: it can be negative, and more than a day.
func clock(s string) (time.Duration, bool) {
	const seconds = len("15:04:05")
	if len(s) <= seconds || s[2] != ':' || s[5] != ':' {
		return 0, false
	}
	hour, ok := pair(s, 0, 23)
	minute, ok2 := pair(s, 3, 59)
	second, ok3 := pair(s, 6, 60)
	part, rest, ok4 := fraction(s[seconds:])
	east, ok5 := offset(rest)
	if !ok || !ok2 || !ok3 || !ok4 || !ok5 {
		return 0, false
	}
	const day = 24 * 60
	utc := hour*60 + minute - east
	if second == 60 && (utc+2*day)%day != day-1 {
		return 0, false
	}
	return time.Duration(utc)*time.Minute + time.Duration(second)*time.Second + part, true
}

// pair reads the two digits at a place, which must not be more than most.
func pair(s string, at, most int) (int, bool) {
	if len(s) < at+2 || !isDigit(s[at]) || !isDigit(s[at+1]) {
		return 0, false
	}
	n := int(s[at]-'0')*10 + int(s[at+1]-'0')
	return n, n <= most
}

// fraction reads the fraction of a second, if there is one, and returns what
// follows it. What is finer than a nanosecond is left out.
func fraction(s string) (part time.Duration, rest string, ok bool) {
	if s == "" || s[0] != '.' {
		return 0, s, true
	}
	n, unit := 1, time.Second
	for ; n < len(s) && isDigit(s[n]); n++ {
		unit /= 10
		part += time.Duration(s[n]-'0') * unit
	}
	return part, s[n:], n > 1
}

// offset reads a time-offset as the minutes that its clocks are ahead of UTC.
func offset(s string) (minutes int, ok bool) {
	if len(s) == 1 {
		return 0, s[0]|0x20 == 'z'
	}
	if len(s) != len("+00:00") || s[0] != '+' && s[0] != '-' || s[3] != ':' {
		return 0, false
	}
	hour, ok := pair(s, 1, 23)
	minute, ok2 := pair(s, 4, 59)
	minutes = hour*60 + minute
	if s[0] == '-' {
		minutes = -minutes
	}
	return minutes, ok && ok2
}
