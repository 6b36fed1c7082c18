package volunteers

import (
	"maps"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// keptFaults lose something of what was sent, or touch what was not named.
func keptFaults() []independent.Fault {
	const kept = "VOL-GEN-26"
	fault := func(name, says, source, breaks string) independent.Fault {
		return independent.Fault{Name: name, Says: says, Source: source, Breaks: []string{breaks}}
	}
	return []independent.Fault{
		fault("second-address-change-lost", "A postal address keeps its first change alone.", "L891: update", kept),
		fault("second-email-change-lost", "An email address keeps its first change alone.", "L740: update", kept),
		fault("second-phone-change-lost", "A phone number keeps its first change alone.", "L1113: update", kept),
		fault("relationship-in-ascii", "Letters beyond ASCII in a relationship become question marks.", "L986: string", kept),
		fault("county-cut", "A county has forty letters at most; the rest is cut off.", "L822: string", kept),
		fault("sub-notes-in-ascii", "Letters beyond ASCII in a sub note become question marks.", "L1626: string", kept),
		fault("duration-below-a-day", "A duration is 1439 minutes at most.", "L1752: integer", kept),
		fault("no-leap-days", "29 February is kept as 28 February.", "L264: date", kept),
		fault("nobody-born-before-1970", "A date of birth before 1970 is kept as the first day of 1970.", "L264: date", kept),
		fault("offset-forgotten", "The offset of a follow-up is not looked at.", "L1753: date-time", kept),
		fault("roles-start-now", "A role that starts later is kept as one that starts today.", "L470: date", kept),
		fault("list-of-notes-stale", "The list of notes shows them as they were made.", "L1290: notes of the user", kept),
		fault("list-of-touchpoints-stale", "The list of touchpoints shows them as they were made.",
			"L1653: touchpoints of the user", kept),
		fault("listed-name-stale", "The list of users shows the display name that a user was made with.",
			"L73: the display name", kept),
		fault("equal-notes-change", "A change of a note reaches those of the same text.", "L1529: a user note", kept),
		fault("next-address-changes", "A change of a postal address gives its city to the next one.",
			"L891: an existing one", kept),
		fault("sub-note-unpins", "A sub note unpins its note.", "L1622: against an existing note",
			"VOL-DOC-createUserSubNote-untouched_neighbours"),
		fault("archived-spreads", "To archive a touchpoint archives the others of the user.", "L1930: this one",
			"VOL-TP-19"),
		fault("from-date-stays", "A from_date that is sent as null stays what it was.", "L818: Nullable", kept),
		fault("three-skills-only", "Of the skills that are set the first three are kept.", "L1151: array of ids",
			"VOL-SKILL-11"),
		fault("deleted-email-found", "A search finds users by the email addresses that they had.",
			"L5: search by email; L767: deleted", "VOL-EMAIL-22"),
		fault("second-role-without-end", "The second role of a new user has no end.", "L112-122: end", "VOL-CRT-19"),
		fault("first-email-primary", "The first email address of a new user is the primary one.", "L129-133: primary",
			"VOL-CRT-15"),
	}
}

// spoil is what the faults make of a record before it is kept.
func (c *call) spoil(path string, f, before obj, change bool) {
	again := func(name string) bool { return c.has(name) && change && c.row.changes > 0 }
	for fault, where := range map[string]string{"second-address-change-lost": "addresses",
		"second-email-change-lost": "email-addresses", "second-phone-change-lost": "phone-numbers"} {
		if path == where && again(fault) {
			for name := range f {
				f[name] = before[name]
			}
		}
	}
	spoilt := func(fault, where, name string, how func(any) any) {
		if v, sent := f[name]; sent && path == where && c.has(fault) {
			f[name] = how(v)
		}
	}
	spoilt("relationship-in-ascii", "emergency-contacts", "relationship", inASCII)
	spoilt("county-cut", "addresses", "county", func(v any) any { return cut(v, 40) })
	spoilt("duration-below-a-day", "touchpoints", "duration", func(v any) any {
		if n, ok := v.(int); ok {
			return min(n, 1439)
		}
		return v
	})
	spoilt("offset-forgotten", "touchpoints", "follow_up_date", func(v any) any {
		if sent, err := time.Parse(time.RFC3339, text(c.raw["follow_up_date"])); err == nil {
			at, _ := time.Parse("2006-01-02T15:04:05", sent.Format("2006-01-02T15:04:05"))
			return at
		}
		return v
	})
	spoilt("roles-start-now", "roles", "start", func(v any) any { return min(text(v), today(0)) })
	spoilt("from-date-stays", "addresses", "from_date", func(v any) any {
		if v == nil {
			return before["from_date"]
		}
		return v
	})
	spoilt("no-leap-days", "users", "dob", func(v any) any { return strings.Replace(text(v), "-02-29", "-02-28", 1) })
	spoilt("nobody-born-before-1970", "users", "dob", func(v any) any {
		if t := text(v); t != "" {
			return max(t, "1970-01-01")
		}
		return v
	})
}

// spread carries a change on to records that nobody named, with a fault.
func (c *call) spread(r *row) {
	rows := c.u.rows[c.res.path]
	for i, other := range rows {
		switch {
		case other == r:
			continue
		case c.has("equal-notes-change") && c.res.path == "notes" && other.f["subject"] == c.was["subject"]:
			other.f["subject"] = r.f["subject"]
		case c.has("next-address-changes") && c.res.path == "addresses" && i > 0 && rows[i-1] == r:
			other.f["city"] = r.f["city"]
		case c.has("archived-spreads") && c.res.path == "touchpoints" && r.f["archived"] == true:
			other.f["archived"] = true
		}
	}
}

func inASCII(v any) any {
	return strings.Map(func(c rune) rune {
		if c > 0x7f {
			return '?'
		}
		return c
	}, text(v))
}

func cut(v any, letters int) any {
	if t, ok := v.(string); ok {
		return string([]rune(t)[:min(len([]rune(t)), letters)])
	}
	return v
}

// stale is a record as it was made, with a fault of the list that it is in.
func (c *call) stale(r *row) *row {
	late := c.has("list-of-notes-stale") && c.res.path == "notes" ||
		c.has("list-of-touchpoints-stale") && c.res.path == "touchpoints"
	if !late || r.first == nil {
		return r
	}
	old := *r
	old.f = maps.Clone(r.first)
	return &old
}
