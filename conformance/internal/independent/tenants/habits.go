package tenants

import (
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// habit is one row of the tables; misses are requirement ids with blanks between.
type habit struct{ name, says, open, misses string }

// groups are habits that contradict one another.
func groups() []string {
	return []string{
		"ids-long ids-scattered ids-descending ids-by-tenant",
		"errors-problem errors-html errors-text errors-empty errors-nested errors-list errors-string",
		"charset-stated charset-tight media-type-capitals vendor-media-type hal-media-type",
		"dates-with-time dates-in-utc dates-with-millis dates-with-offset dates-british dates-american",
		"tenant-hidden tenant-unauthorised tenant-invalid",
		"first-criterion-wins contradiction-invalid",
		"ambiguous-invalid newest-match",
		"ambiguous-invalid email-shared",
		"ambiguous-invalid first-criterion-wins",
		"email-lowered email-exact-case",
		"nothing-required group-required",
		"nothing-required phone-required",
		"nothing-required preferred-name-required",
		"nothing-required username-required",
		"nothing-required update-names-all update-fills-all",
		"nothing-required create-names-all create-fills-all",
		"username-required username-not-defaulted",
		"status-known status-not-writable",
		"inactive-unknown inactive-hidden",
		"inactive-unknown inactive-read-only",
		"inactive-unknown second-end-invalid second-end-forbidden",
		"ended-returns-user ended-says-true ended-message",
		"manager-found-by-email manager-details-dropped",
		"dead-references-taken dead-references-422",
		"dates-unchecked birth-in-past",
		"media-invalid any-media-type",
	}
}

// habits are the rows of all tables with the exclusions of the groups.
func habits() []independent.Habit {
	out := []independent.Habit{}
	for _, h := range slices.Concat(shapeHabits(), accessHabits(), inputHabits(), searchHabits(), writeHabits(), wireHabits()) {
		out = append(out, independent.Habit{
			Name: h.name, Says: h.says, Open: h.open,
			Misses: strings.Fields(h.misses), Excludes: excludes(h.name), Given: files()[h.name],
		})
	}
	return out
}

// files are what a target's file gives because of a habit.
func files() map[string]map[string]string {
	return map[string]map[string]string{"refnum-capitals": {"referenceNumber": "cvs-2026x"}}
}

func excludes(name string) []string {
	out := []string{}
	for _, group := range groups() {
		names := strings.Fields(group)
		if !slices.Contains(names, name) {
			continue
		}
		for _, other := range names {
			if other != name && !slices.Contains(out, other) {
				out = append(out, other)
			}
		}
	}
	return out
}

// The silences that leave most habits open, in the words of the sheet or about the seed.
const (
	noNulls     = "L22-63: nothing is said of members without a value"
	noExtras    = "L20-64 shows the members; nothing forbids others beside them"
	noFormat    = "L34, L43: dates are typed string, without a format"
	noErrorBody = "L16-19: only status codes are given, no body of an error"
	noOrder     = "L16-19: the codes stand in a table; nothing says which check comes first"
	noRequired  = "L72-115: no member is marked required or optional"
	noValues    = "L72-115: no value set, format or length is given for any member"
	noUnique    = "L65-166: nothing is said of values that another user has"
	noHeaders   = "no header is described, neither of requests nor of answers"
	noEndState  = "L272: what a deactivated user looks like, or still can do, is not said"
	noCriteria  = "L4: `and/or` says that they combine, not how, nor how values are compared"
	noTenantTxt = "L9: only `the name of the tenant`; no answer for a tenant that is not the caller's"
	noJSON      = "the body is drawn, not spelled: order, blanks and escapes are JSON's own freedom"
	noMethods   = "the documents name four methods and say nothing of the others"
	noPart      = "L175-218 draws an update with all members of their types; nothing says that one may be null or left out"
	noMerge     = "L168: `updates an existing user`; replacement or merge is not said"
)

func shapeHabits() []habit {
	return []habit{
		{"ids-long", "New ids lie just under the largest Int32.", "L22: an Int32, no more is said", ""},
		{"ids-scattered", "New ids jump about.", "L22: no order of ids is stated", ""},
		{"ids-descending", "Each new id is smaller than the one before.", "L22: no order of ids is stated", ""},
		{"ids-by-tenant", "Each tenant counts its users by itself.", "L9-10: an id stands below a tenant", ""},
		{"nulls-left-out", "Members without a value are left out.",
			noNulls + " (the sheet's GEN-05 and GEN-06 demand all names, and allow the omission in their own check)", ""},
		{"unset-as-empty", "Unset texts, but no dates, come as an empty string.", noNulls, ""},
		{"zero-numbers", "Unset integers come as 0, and a reference sent as 0 is none.", noNulls, ""},
		{"unset-flag-false", "An unset jobActiveSync comes as false.", noNulls, ""},
		{"members-sorted", "Members come in the order of the alphabet.", noJSON, ""},
		{"extra-members", "fullName, isActive, roles and deletedDate are sent as well.", noExtras, ""},
		{"links-member", "A `_links` object is sent as well.", noExtras, ""},
		{"request-id-member", "A requestId, another with each answer, is sent as well.", noExtras, ""},
		{"read-counter", "timesRead is sent as well and goes up with each search.", noExtras, "TEN-GEN-17"},
		{"last-seen", "lastSeen is sent as well and is the moment of the answer.", noExtras, "TEN-GEN-17"},
		{"json-indented", "Bodies are indented and end with a line feed.", noJSON, ""},
		{"json-escaped", "Slashes and all characters beyond ASCII are escaped.", noJSON, ""},
		{"dates-with-time", "Dates come with midnight and no zone.", noFormat, ""},
		{"dates-in-utc", "Dates come with midnight and Z.", noFormat, ""},
		{"dates-with-millis", "Dates come with midnight, milliseconds and Z.", noFormat, ""},
		{"dates-with-offset", "Dates come with midnight and +01:00.", noFormat, ""},
		{"dates-british", "Dates come as dd/mm/yyyy; both spellings are taken.",
			noFormat + "; row A9 of the sheet reads ISO only", "TEN-CRT-16"},
		{"dates-american", "Dates come as mm/dd/yyyy, and are taken so.",
			noFormat + "; row A9 of the sheet reads ISO only", "TEN-CRT-16"},
	}
}

func accessHabits() []habit {
	return []habit{
		{"bare-401", "A 401 comes without a challenge header.", noHeaders, ""},
		{"bearer-too", "The token is also taken from Authorization.", noHeaders, ""},
		{"unknown-token-forbidden", "A token that nobody has is answered 403.",
			"L17-18: which of 401 and 403 a wrong token gets is not said", "TEN-GEN-02"},
		{"spent-token-forbidden", "An expired or revoked token is answered 403.",
			"L17-18: which of 401 and 403 a spent token gets is not said", ""},
		{"tenant-hidden", "Every tenant but one's own is answered 404.", noTenantTxt, ""},
		{"tenant-unauthorised", "Every tenant but one's own is answered 401.", noTenantTxt, ""},
		{"tenant-invalid", "Every tenant but one's own is answered 400.", noTenantTxt, ""},
		{"tenant-any-case", "The tenant's name is taken in any letter case.", noTenantTxt, ""},
		{"input-before-token", "The form of path, query and body is checked before the token.", noOrder, ""},
		{"missing-before-forbidden", "An unknown user is answered 404 before rights are looked at.", noOrder, ""},
		{"body-before-user", "A bad body is answered 400 before the user is looked for.", noOrder, ""},
		{"duplicates-first", "Values in use are refused before the other rules are checked.", noOrder, ""},
	}
}
