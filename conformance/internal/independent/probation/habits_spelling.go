package probation

import (
	"net/http"
	"time"
)

// adding is an edit that puts one more member at the end of an object, or of each object of a list.
func adding(ops, path, key string, value func(*server, object) any) edit {
	return edit{ops, path, func(s *server, v any) any {
		return amend(v, nil, func(one any) any {
			o := one.(object)
			return append(o, member{key, value(s, o)})
		})
	}}
}

func spellingHabits() []habit {
	json := "JSON has several spellings for one value and the seed shows only the members."
	media := "The seed names no media type."
	optional := "PRO-STAFF-21 PRO-STAFF-22 PRO-STAFF-23 PRO-PDU-05 PRO-MGR-14 PRO-MGR-15 PRO-MGR-26"
	day := "The seed says string for dates and no more; sheet 1.4 has YYYY-MM-DD."
	return []habit{
		{name: "json-indented", says: "JSON is indented and ends with a line feed.", open: json, respell: indented},
		{name: "json-ascii", says: "Letters beyond ASCII are escaped.", open: json, respell: asciiOnly},
		{name: "json-slashes-escaped", says: "Slashes are escaped.", open: json, respell: slashesEscaped},
		{name: "names-by-alphabet", says: "Members come by alphabet.", open: json, reorder: byName},
		{name: "names-backwards", says: "Members come in reverse.", open: json, reorder: backwards},
		{name: "media-with-charset", says: "The media type has a charset.", open: media,
			media: "application/json;charset=UTF-8"},
		{name: "media-upper-case", says: "The media type is spelt in capitals.", open: media,
			media: "Application/JSON; Charset=utf-8"},
		{name: "vendor-media-type", says: "The media type is a vendor's, with +json.", open: media,
			media: "application/vnd.probation.v1+json"},
		{name: "media-of-links", says: "The media type is application/hal+json.", open: media,
			media: "application/hal+json"},
		{name: "docs-media-type", says: "/docs/asyncapi has its own registered media type.", open: media,
			media: "application/vnd.aai.asyncapi+json;version=2.4.0", mediaOp: "asyncApi"},
		{name: "docs-of-a-later-version", says: "/docs/asyncapi is of a later version of its format.",
			open: "The seed shows an empty object for it."},
		{name: "nulls-sent", says: "Optional members without a value are null.",
			open: "The seed says `false` for required, not whether null is sent.", misses: optional},
		{name: "empty-texts-sent", says: "Optional texts without a value are empty texts.",
			open: "The seed says string, not required; an empty string is one.", misses: optional},
		{name: "days-with-zulu-time", says: "Days come with midnight, Z.", open: day},
		{name: "days-with-offset-time", says: "Days come with midnight, milliseconds and +00:00.", open: day},
		{name: "emails-lower-case", says: "E-mail addresses are shown in lower case.",
			open: "The seed says string; how an address is stored is open."},
		{name: "long-ids", says: "Most ids are beyond 32 bits.", open: "The seed says integer, without a width."},
	}
}

func memberHabits() []habit {
	more := "The seed lists the members of its schemas and does not forbid others."
	now := func(*server, object) any { return time.Now().UTC().Format(time.RFC3339Nano) }
	fullName := func(_ *server, o object) any { return o.get("forename").(string) + " " + o.get("surname").(string) }
	code := func(_ *server, o object) any { return o.get("code") }
	return []habit{
		{name: "last-seen", says: "A member of staff has lastSeen, another one at each read.", open: more,
			edits: []edit{adding(staffOps, "", "lastSeen", now)}},
		{name: "read-counter", says: "A manager says how many were read so far.", open: more,
			edits: []edit{adding(managerOp, "", "reads", func(s *server, _ object) any { s.reads++; return s.reads })}},
		{name: "links", says: "A member of staff has links to itself.", open: more,
			edits: []edit{adding(staffOps, "", "links", func(_ *server, o object) any {
				return list{object{{"rel", "self"}, {"href", "/staff/bycode/" + o.get("code").(string)}}}
			})}},
		{name: "full-names", says: "A name has its two parts in one, too.", open: more,
			edits: []edit{adding(staffOps+" "+managerOp+" "+caseOps+" "+headsOp+" "+staffNames, "name", "full", fullName)}},
		{name: "providers-in-teams", says: "A team names its provider.", open: more,
			edits: []edit{adding(staffOps, "teams", "provider", func(s *server, o object) any {
				return s.providerView(o.get("code").(string)[:3])
			})}},
		{name: "heads-with-more", says: "A head says a job title.", open: more, misses: "PRO-PDU-03",
			edits: []edit{adding(headsOp, "", "jobTitle", func(*server, object) any { return "Head of Delivery" })}},
		{name: "manager-with-phone", says: "A manager has a telephoneNumber.", open: more,
			edits: []edit{adding(managerOp, "", "telephoneNumber", func(s *server, o object) any {
				return s.contactPhone(s.data.person(o.get("code").(string)))
			})}},
		{name: "case-number-echoed", says: "The listed managers say their case.", open: more},
		{name: "both-codes", says: "Listed staff have staffCode beside code.", open: more,
			edits: []edit{adding(staffNames, "", "staffCode", code)}},
		{name: "contacts-in-caseloads", says: "The staff of a case have email and telephoneNumber.",
			open: "Both are members of Staff, which ManagedOffender uses.", misses: "PRO-CASE-21"},
		{name: "cases-without-team", says: "A case of a caseload does not say its team.",
			open: "ManagedOffender.team is not required.", edits: []edit{dropping(caseOps, "team")}},
		{name: "cases-without-date", says: "A case of a caseload does not say its allocationDate.",
			open:  "ManagedOffender.allocationDate is not required.",
			edits: []edit{dropping(caseOps, "allocationDate")}},
		{name: "no-addresses-left-out", says: "A team without offices has no addresses member.",
			open: "Team.addresses is not required.", misses: "PRO-TEAM-02"},
	}
}

func wireHabits() []habit {
	wire := "The seed names no headers."
	extra := "The seed lists operations and does not forbid others."
	return []habit{
		{name: "slow", says: "Every answer takes five milliseconds longer.", open: "The seed promises no speed."},
		{name: "gzip-when-accepted", says: "Bodies are zipped for who accepts it.", open: wire},
		{name: "chunked", says: "Bodies are sent in chunks, without a length.", open: wire},
		{name: "connection-closed", says: "The connection is closed after each answer.", open: wire,
			header: map[string]string{"Connection": "close"}},
		{name: "etag", says: "Answers to GET have an ETag; who sends it back is told 304.", open: wire},
		{name: "not-cached", says: "Answers forbid storing.", open: wire,
			header: map[string]string{"Cache-Control": "no-cache, no-store, max-age=0, must-revalidate", "Pragma": "no-cache"}},
		{name: "cached-for-a-minute", says: "Answers may be kept for a minute by their reader.", open: wire,
			header: map[string]string{"Cache-Control": "private, max-age=60", "Vary": "Authorization"}},
		{name: "request-ids", says: "Every answer has a request id.", open: wire,
			stamp: func(_ *server, _ *http.Request, out *rendered) {
				out.header.Set("X-Request-Id", time.Now().Format("150405.000000000"))
			}},
		{name: "link-header", says: "Answers link to themselves in a header.", open: wire,
			stamp: func(_ *server, r *http.Request, out *rendered) {
				out.header.Set("Link", "<"+r.URL.EscapedPath()+`>; rel="self"`)
			}},
		{name: "guarding-headers", says: "Answers have the usual headers against misuse in browsers.", open: wire,
			header: map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}},
		{name: "header-names-lower-case", says: "Names of headers are in lower case.",
			open: "Letter case of header names has no meaning."},
		{name: "head-answered", says: "HEAD is answered where GET is.", open: extra},
		{name: "options-answered", says: "OPTIONS says the methods of a path, to everybody.", open: extra},
		{name: "health", says: "/health is there, for everybody.", open: extra,
			routes: []route{{op: "health", method: http.MethodGet, pattern: "/health", public: true,
				handle: func(*server, *call) answer { return ok(object{{"status", "UP"}}) }}}},
	}
}
