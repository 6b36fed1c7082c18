package tenants

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// damage is a fault that stores another value than was sent.
type damage struct {
	name string
	do   func(d *draft, f field, value any) any
}

func damages() []damage {
	return []damage{
		{"update-ascii-only", func(d *draft, _ field, value any) any {
			if s, ok := value.(string); ok && d.user != nil {
				return regexp.MustCompile(`[^\x00-\x7f]`).ReplaceAllString(s, "?")
			}
			return value
		}},
		{"hours-of-16-bits", hours(func(n int) any { return int(uint16(n)) })},
		{"hours-zero-lost", hours(func(n int) any {
			if n == 0 {
				return nil
			}
			return n
		})},
		{"hours-without-sign", hours(func(n int) any { return max(n, -n) })},
		{"refnum-as-number", func(_ *draft, f field, value any) any {
			if s, ok := value.(string); ok && f.name == "referenceNumber" && s != "" && strings.Trim(s, "0123456789") == "" {
				return strings.TrimLeft(s, "0")
			}
			return value
		}},
		{"days-and-months-exchanged", func(_ *draft, f field, value any) any {
			if s, ok := value.(string); ok && f.kind == date {
				return exchanged(s)
			}
			return value
		}},
		{"texts-cut", func(_ *draft, _ field, value any) any {
			if s, ok := value.(string); ok && utf8.RuneCountInString(s) > shortColumn {
				return string([]rune(s)[:shortColumn])
			}
			return value
		}},
		{"flag-never-false", func(d *draft, f field, value any) any {
			if f.kind == flag && value == false && d.user == nil {
				return true
			}
			return value
		}},
	}
}

const shortColumn = 60

// exchanged is a date read with the month first, where that can be.
func exchanged(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err == nil && day.Day() <= int(time.December) {
		return time.Date(day.Year(), time.Month(day.Day()), int(day.Month()), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return text
}

// hours are the numbers of an update or a create that name no record.
func hours(do func(int) any) func(*draft, field, any) any {
	return func(_ *draft, f field, value any) any {
		if n, ok := value.(int); ok && f.kind == number {
			return do(n)
		}
		return value
	}
}

// mangle does the damage of the faults that are there.
func (d *draft) mangle(f field, value any) any {
	for _, one := range slices.Concat(damages(), seldomDamages()) {
		if d.s.has(one.name) {
			value = one.do(d, f, value)
		}
	}
	return value
}

// asNumber shows a text of digits as a number, which is a fault.
func asNumber(text string) any {
	if n, err := strconv.Atoi(text); err == nil {
		return n
	}
	return text
}
