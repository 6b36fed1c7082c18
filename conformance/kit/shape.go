package kit

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// ValueCheck says what is wrong with a value, "" when nothing is. A missing value has no type.
// The accepting reading takes a little more: digits for a whole number, 0 and 1 for a
// truth, an empty array for an object.
type ValueCheck func(value gjson.Result, strict bool) string

// Shape names the members that an object has, each with its check.
type Shape map[string]ValueCheck

// ExpectShape expects the value at the path to pass the check.
func ExpectShape(env *suite.Env, exchange *client.Exchange, path string, want ValueCheck) {
	env.Expect(exchange).To(match.That(named(path)+" with its documented members and types", func(e *client.Exchange) string {
		wrong := want(e.Get(Path(path)), env.Strict())
		if leaf(wrong) {
			wrong = "it " + wrong
		}
		return wrong
	}))
}

// Object is an object with these members; others are let be.
func Object(members Shape) ValueCheck {
	return func(value gjson.Result, strict bool) string {
		if !value.IsObject() {
			return Unless(false, "no object", value)
		}
		found := value.Map()
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if wrong := members[name](found[name], strict); wrong != "" {
				return of(name, wrong)
			}
		}
		return ""
	}
}

// of puts the name of a member before what is wrong with it, or in it.
func of(name, wrong string) string {
	switch {
	case leaf(wrong):
		return name + " " + wrong
	case strings.HasPrefix(wrong, "item "):
		return name + ": " + wrong
	}
	return name + "." + wrong
}

// leaf says whether a sentence is about a value itself, and not about one inside of it.
func leaf(wrong string) bool {
	return strings.HasPrefix(wrong, "is ") || strings.HasPrefix(wrong, "has ")
}

// Array is an array of at least that many items, all passing the check.
func Array(least int, items ValueCheck) ValueCheck {
	return func(value gjson.Result, strict bool) string {
		if !value.IsArray() {
			return Unless(false, "no array", value)
		}
		all := value.Array()
		if len(all) < least {
			return fmt.Sprintf("has %d items, and at least %d were made", len(all), least)
		}
		for i, item := range all {
			if wrong := items(item, strict); wrong != "" {
				if leaf(wrong) {
					return fmt.Sprintf("item %d %s", i, wrong)
				}
				return fmt.Sprintf("item %d: %s", i, wrong)
			}
		}
		return ""
	}
}

// OrNull is that, null or not there at all, where no document says which of the two
// a member has that nothing was ever said for.
func OrNull(check ValueCheck) ValueCheck {
	return func(value gjson.Result, strict bool) string {
		if value.Type == gjson.Null {
			return ""
		}
		return check(value, strict)
	}
}

// Strictly is that whatever the reading.
func Strictly(check ValueCheck) ValueCheck {
	return func(value gjson.Result, _ bool) string { return check(value, true) }
}

// Nullable is that or null, but there.
func Nullable(check ValueCheck) ValueCheck {
	return func(value gjson.Result, strict bool) string {
		if value.Exists() && value.Type == gjson.Null {
			return ""
		}
		return check(value, strict)
	}
}

// OneOf is one of these texts.
func OneOf(values ...string) ValueCheck {
	return func(value gjson.Result, _ bool) string {
		known := value.Type == gjson.String && slices.Contains(values, value.Str)
		return Unless(known, "none of "+strings.Join(values, ", "), value)
	}
}

// Unless says of a value what it is, and that this is not what it has to be, unless it is all right: the words go on
// after its name.
func Unless(ok bool, what string, value gjson.Result) string {
	switch {
	case ok:
		return ""
	case !value.Exists():
		return "is missing"
	}
	return fmt.Sprintf("is %s, which is %s", match.Short(value.Raw), what)
}

// IsThere is anything, null too.
func IsThere(value gjson.Result, _ bool) string { return Unless(value.Exists(), "nothing", value) }

// IsNothing is null or not there.
func IsNothing(value gjson.Result, _ bool) string {
	return Unless(value.Type == gjson.Null, "more than null", value)
}

// IsText is a text, the empty one too.
func IsText(value gjson.Result, _ bool) string {
	return Unless(value.Type == gjson.String, "no string", value)
}

// IsFilled is a text with something in it.
func IsFilled(value gjson.Result, _ bool) string {
	return Unless(value.Type == gjson.String && value.Str != "", "no string with something in it", value)
}

// IsInteger is a whole number.
func IsInteger(value gjson.Result, strict bool) string {
	whole := value.Type == gjson.Number && value.Num == math.Trunc(value.Num)
	digits := value.Type == gjson.String && value.Str != "" && strings.Trim(value.Str, "0123456789") == ""
	return Unless(whole || !strict && digits, "no integer", value)
}

// IsNumber is a number.
func IsNumber(value gjson.Result, strict bool) string {
	return Unless(value.Type == gjson.Number || !strict && value.Type == gjson.String && value.Float() != 0, "no number", value)
}

// IsAnyID is an id as a number or as a text.
func IsAnyID(value gjson.Result, _ bool) string {
	return Unless(value.Type == gjson.Number || value.Type == gjson.String, "no id", value)
}

// IsBoolean is a truth value.
func IsBoolean(value gjson.Result, strict bool) string {
	bit := value.Type == gjson.Number && (value.Num == 0 || value.Num == 1)
	return Unless(value.IsBool() || !strict && bit, "no boolean", value)
}

// IsObject is an object, whatever is in it.
func IsObject(value gjson.Result, strict bool) string {
	bare := value.IsArray() && len(value.Array()) == 0
	return Unless(value.IsObject() || !strict && bare, "no object", value)
}

// IsDate is a day of the calendar; the accepting reading takes a time, too.
func IsDate(value gjson.Result, strict bool) string {
	_, day := format.Date(value.Str)
	_, long := Instant(value, strict)
	return Unless(value.Type == gjson.String && day || !strict && long, "no date", value)
}

// IsInstant is a date-time; see Instant.
func IsInstant(value gjson.Result, strict bool) string {
	_, ok := Instant(value, strict)
	return Unless(ok, "no date-time", value)
}

// IsURI is an absolute address.
func IsURI(value gjson.Result, _ bool) string {
	return Unless(value.Type == gjson.String && format.URI(value.Str), "no URI", value)
}

// Instant reads a date-time: RFC 3339 or its basic zone, in the accepting reading also
// with a blank between date and time, or without a zone.
func Instant(value gjson.Result, strict bool) (time.Time, bool) {
	if value.Type != gjson.String || strings.Contains(value.Str, ",") { // time.Parse would take a comma before a fraction
		return time.Time{}, false
	}
	if at, ok := format.Instant(value.Str); ok {
		return at, true
	}
	layouts := []string{"2006-01-02T15:04:05Z0700"}
	if !strict {
		layouts = append(layouts, time.DateTime, "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05")
	}
	for _, layout := range layouts {
		if at, err := time.Parse(layout, strings.ToUpper(value.Str)); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}
