package volunteers

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// kind says what is wrong with a value, "" when nothing is. A missing value has
// no type.
type kind func(value gjson.Result, strict bool) string

// shape names the members that an object has, each with its kind.
type shape map[string]kind

func keysOf[V any](m map[string]V) iter.Seq[string] { return maps.Keys(m) }

// expectShape expects the value at the path to be of the kind.
func expectShape(env *suite.Env, exchange *client.Exchange, path string, want kind) {
	env.Expect(exchange).To(shaped(path, want, env.Strict()))
}

func shaped(path string, want kind, strict bool) types.GomegaMatcher {
	return claim{want: path + " with its documented members and types", wrong: func(e *client.Exchange) string {
		return want(e.Get(path), strict)
	}}
}

// object is an object with these members; others are let be.
func object(members shape) kind {
	return func(value gjson.Result, strict bool) string {
		if !value.IsObject() {
			return "no object: " + shown(value)
		}
		found := value.Map()
		for _, name := range slices.Sorted(keysOf(members)) {
			if wrong := members[name](found[name], strict); wrong != "" {
				return name + " is " + wrong
			}
		}
		return ""
	}
}

// array is an array whose items are all of the kind.
func array(items kind) kind {
	return func(value gjson.Result, strict bool) string {
		if !value.IsArray() {
			return "no array: " + shown(value)
		}
		for i, item := range value.Array() {
			if wrong := items(item, strict); wrong != "" {
				return fmt.Sprintf("item %d: %s", i, wrong)
			}
		}
		return ""
	}
}

// filled is an array of at least that many items of the kind.
func filled(least int, items kind) kind {
	return func(value gjson.Result, strict bool) string {
		if count := len(value.Array()); value.IsArray() && count < least {
			return fmt.Sprintf("of %d items, at least %d were made", count, least)
		}
		return array(items)(value, strict)
	}
}

// orNull is that kind, null or not there at all: the page leaves open which of the two
// a member has that nothing was ever said for.
func orNull(k kind) kind {
	return func(value gjson.Result, strict bool) string {
		if value.Type == gjson.Null {
			return ""
		}
		return k(value, strict)
	}
}

// maybe is orNull, for a member that need not be shown even when it is set.
func maybe(k kind) kind { return orNull(k) }

// lax is that kind; the accepting reading takes null for it, too.
func lax(k kind) kind {
	return func(value gjson.Result, strict bool) string {
		if !strict && value.Type == gjson.Null {
			return ""
		}
		return k(value, strict)
	}
}

func shown(value gjson.Result) string {
	if !value.Exists() {
		return "missing"
	}
	return value.Raw
}

func when(ok bool, what string, value gjson.Result) string {
	if ok {
		return ""
	}
	return what + ": " + shown(value)
}

func digits(value gjson.Result) bool {
	return value.Type == gjson.String && value.Str != "" && strings.Trim(value.Str, "0123456789") == ""
}

// The kinds of plain values. Each takes a little more in the accepting reading:
// digits for an integer, a number for an id that is text, 0 and 1 for a boolean.

func isText(value gjson.Result, _ bool) string {
	return when(value.Type == gjson.String, "no string", value)
}

func isFilled(value gjson.Result, _ bool) string {
	return when(value.Type == gjson.String && value.Str != "", "no string with something in it", value)
}

func isInteger(value gjson.Result, strict bool) string {
	whole := value.Type == gjson.Number && value.Num == math.Trunc(value.Num)
	return when(whole || !strict && digits(value), "no integer", value)
}

// isAnyID is an id as a number or as a text: the page prints both for the same thing.
func isAnyID(value gjson.Result, _ bool) string {
	return when(value.Type == gjson.Number || value.Type == gjson.String, "no id", value)
}

// isCount is a count: the page prints them as texts, of what can only be numbers.
func isCount(value gjson.Result, _ bool) string { return isInteger(value, false) }

// isLinks are the links of a page, texts where there are any.
func isLinks(value gjson.Result, _ bool) string {
	for _, name := range []string{"next", "previous"} {
		if wrong := orNull(isText)(value.Get(name), false); wrong != "" {
			return name + " is " + wrong
		}
	}
	return isObject(value, false)
}

func isNumber(value gjson.Result, strict bool) string {
	return when(value.Type == gjson.Number || !strict && value.Type == gjson.String && value.Float() != 0, "no number", value)
}

func isBoolean(value gjson.Result, strict bool) string {
	bit := value.Type == gjson.Number && (value.Num == 0 || value.Num == 1)
	return when(value.IsBool() || !strict && bit, "no boolean", value)
}

func isDate(value gjson.Result, strict bool) string {
	date := value.Type == gjson.String && datePart(value.Str)
	_, long := moment(value, strict)
	return when(date || !strict && long, "no date", value)
}

// isDay is a date of which the page does not say how it is written: also as a time.
func isDay(value gjson.Result, _ bool) string { return isDate(value, false) }

func isInstant(value gjson.Result, strict bool) string {
	_, ok := moment(value, strict)
	return when(ok, "no date-time", value)
}

func isURI(value gjson.Result, _ bool) string {
	return when(value.Type == gjson.String && format.URI(value.Str), "no URI", value)
}

func isObject(value gjson.Result, strict bool) string {
	bare := value.IsArray() && len(value.Array()) == 0
	return when(value.IsObject() || !strict && bare, "no object", value)
}

// isOneOf is one of these texts.
func isOneOf(values ...string) kind {
	return func(value gjson.Result, _ bool) string {
		return when(value.Type == gjson.String && slices.Contains(values, value.Str), "none of "+strings.Join(values, ", "), value)
	}
}

// containsOneOf is a text that has at least one of the parts in it.
func containsOneOf(parts ...string) kind {
	return func(value gjson.Result, _ bool) string {
		has := slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(value.Str, part) })
		return when(value.Type == gjson.String && has, fmt.Sprintf("no text with one of %q", parts), value)
	}
}

// isDated is a record with the times of its creation and its last change.
func isDated(value gjson.Result, strict bool) string {
	if wrong := object(shape{"created_at": isInstant, "updated_at": isInstant})(value, strict); wrong != "" {
		return wrong
	}
	created, _ := moment(value.Get("created_at"), strict)
	updated, _ := moment(value.Get("updated_at"), strict)
	return when(!updated.Before(created), "changed before it was created", value)
}

// isShortUser is the short form of a user.
func isShortUser(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isInteger, "display_name": isText, "title": orNull(isText), "profile_photo_url": maybe(isText),
		"can_manage": isBoolean, "role_name": orNull(isText), "team_name": orNull(isText),
		"status": object(shape{"id": isAnyID, "name": isText, "contactable": isBoolean}),
	})(value, strict)
}

// isShortTeam is the short form of a team.
func isShortTeam(value gjson.Result, strict bool) string {
	return object(shape{"id": isAnyID, "display_name": isText})(value, strict)
}

// isTeam is the full form of a team.
func isTeam(value gjson.Result, strict bool) string {
	return object(shape{
		"id": isAnyID, "display_name": isText, "parent_id": orNull(isAnyID), "name": lax(isText), "description": orNull(isText),
		"geo_location": orNull(isText), "catchment_area_id": orNull(isText), "icon": orNull(isText),
		"show_on_public_site": isBoolean, "ceiling_enabled": isBoolean, "hidden": isBoolean, "disabled": isBoolean,
		"external_reference": orNull(isText),
	})(value, strict)
}

func isReminder(value gjson.Result, strict bool) string {
	return object(shape{"date": isInstant})(value, strict)
}
