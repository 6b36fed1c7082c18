package volunteers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/kit"
)

// lax is that; the accepting reading takes null for it, too.
func lax(k kit.ValueCheck) kit.ValueCheck {
	return func(value gjson.Result, strict bool) string {
		if !strict && value.Type == gjson.Null {
			return ""
		}
		return k(value, strict)
	}
}

// isCount is a count: the page prints them as texts, of what can only be numbers.
func isCount(value gjson.Result, _ bool) string { return kit.IsInteger(value, false) }

// isLinks are the links of a page, texts where there are any.
func isLinks(value gjson.Result, _ bool) string {
	for _, name := range []string{"next", "previous"} {
		if wrong := kit.OrNull(kit.IsText)(value.Get(name), false); wrong != "" {
			return name + " " + wrong
		}
	}
	return kit.IsObject(value, false)
}

// isDay is a date of which the page does not say how it is written: also as a time.
func isDay(value gjson.Result, _ bool) string { return kit.IsDate(value, false) }

// containsOneOf is a text that has at least one of the parts in it.
func containsOneOf(parts ...string) kit.ValueCheck {
	return func(value gjson.Result, _ bool) string {
		has := slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(value.Str, part) })
		return kit.Unless(value.Type == gjson.String && has, fmt.Sprintf("no text with one of %q", parts), value)
	}
}

// isDated is a record with the times of its creation and its last change.
func isDated(value gjson.Result, strict bool) string {
	if wrong := kit.Object(kit.Shape{"created_at": kit.IsInstant, "updated_at": kit.IsInstant})(value, strict); wrong != "" {
		return wrong
	}
	created, _ := kit.Instant(value.Get("created_at"), strict)
	updated, _ := kit.Instant(value.Get("updated_at"), strict)
	if wrong := kit.Unless(!updated.Before(created), "before created_at", value.Get("updated_at")); wrong != "" {
		return "updated_at " + wrong
	}
	return ""
}

// isShortUser is the short form of a user.
func isShortUser(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsInteger, "display_name": kit.IsText, "title": kit.OrNull(kit.IsText),
		"profile_photo_url": kit.OrNull(kit.IsText),
		"can_manage":        kit.IsBoolean, "role_name": kit.OrNull(kit.IsText), "team_name": kit.OrNull(kit.IsText),
		"status": kit.Object(kit.Shape{"id": kit.IsAnyID, "name": kit.IsText, "contactable": kit.IsBoolean}),
	})(value, strict)
}

// isShortTeam is the short form of a team.
func isShortTeam(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"id": kit.IsAnyID, "display_name": kit.IsText})(value, strict)
}

// isTeam is the full form of a team.
func isTeam(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{
		"id": kit.IsAnyID, "display_name": kit.IsText, "parent_id": kit.OrNull(kit.IsAnyID), "name": lax(kit.IsText),
		"description": kit.OrNull(kit.IsText), "geo_location": kit.OrNull(kit.IsText),
		"catchment_area_id": kit.OrNull(kit.IsText),
		"icon":              kit.OrNull(kit.IsText), "show_on_public_site": kit.IsBoolean, "ceiling_enabled": kit.IsBoolean,
		"hidden": kit.IsBoolean, "disabled": kit.IsBoolean, "external_reference": kit.OrNull(kit.IsText),
	})(value, strict)
}

func isReminder(value gjson.Result, strict bool) string {
	return kit.Object(kit.Shape{"date": kit.IsInstant})(value, strict)
}
