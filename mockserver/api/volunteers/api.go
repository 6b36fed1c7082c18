// Package volunteers declares how the mock serves the volunteers contract: the
// people of an organisation with their roles, the ways to reach them, what they
// can do, who supervises them and what was noted about them.
//
// It is no API: it serves the packages beside it, and may change with any version.
package volunteers

import (
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// API gives the table of the contract.
func API() behavior.API {
	return behavior.API{
		Contract:     "volunteers",
		Data:         fixtures.Volunteers,
		Stages:       []behavior.Stage{behavior.Route, behavior.Authenticate, behavior.Authorize, behavior.Validate},
		Resources:    append(resources(), references()...),
		Operations:   operations(),
		Rules:        rules(),
		Attributions: attributions(),
		Breaks:       breaks(),
		Excuses:      excuses(),
		Ticks:        []behavior.Tick{{Resource: "user", Index: "due", Due: dueOf}},
		Unknown:      "VOL-GEN-17",
		Kept:         kept(),
		Variants:     []string{"plain-skills", "short-users", "text-status", "wrapped-user"},
		Uses:         []any{paging()},
		Refuses:      []behavior.Denies{"VOL-GEN-01", "VOL-GEN-02", "VOL-GEN-23", "VOL-SUP-16", "VOL-GET-14"},
		Authenticate: authenticate,
		Guest:        guest,
		Authorize:    authorize,
		Invalid:      invalid,
		Render:       render,
	}
}

// Ids of records that the API makes are above these; those of the data below.
const firstID = 20_000_000

// nested declares a resource that stands under a user.
func nested(name, schema, field string) behavior.Resource {
	return behavior.Resource{
		Name: name, Schema: schema, Number: firstID, Numeric: "VOL-GEN-13",
		Wrap: behavior.Wrap{Member: "data", By: "VOL-GEN-07"},
		Nest: behavior.Nest{Resource: "user", Param: "userId", Field: field, Index: "user",
			Parents: "VOL-GEN-10", Items: "VOL-GEN-12", Own: "VOL-GEN-25", Feeds: true},
		Stamps:  []behavior.Stamp{{Field: "id", Make: idOf}},
		Facts:   func(r *store.Record) any { return strings.Clone(r.String(field)) },
		Indexes: []store.Index{{Name: "user", Key: func(r *store.Record) string { return store.Key(userOf(r)) }}},
	}
}

// userOf gives the id of the user that a record stands under.
func userOf(r *store.Record) string {
	id, _ := r.Facts().(string)
	return id
}

func idOf(_ *behavior.Call, r *store.Record) string { return r.ID }

// ownerOf gives the id of the user in the path.
func ownerOf(c *behavior.Call, _ *store.Record) string {
	if c.Parent == nil {
		return "0"
	}
	return c.Parent.ID
}

func ownerText(c *behavior.Call, r *store.Record) string { return rule.Text(ownerOf(c, r)) }

func nowOf(c *behavior.Call, _ *store.Record) string {
	return c.Moment(`"2006-01-02T15:04:05.000000Z"`)
}

// stamped adds the two times of a record; moved asks that an update moves the second.
func stamped(moved behavior.By) []behavior.Stamp {
	return []behavior.Stamp{
		{Field: "created_at", Make: nowOf},
		{Field: "updated_at", Make: nowOf, Touch: true, By: moved},
	}
}

func nulls(names ...string) []behavior.Default { return defaults("null", "", names...) }

func defaults(value string, by behavior.By, names ...string) (all []behavior.Default) {
	for _, n := range names {
		all = append(all, behavior.Default{Field: n, Value: value, By: by})
	}
	return all
}

// keyed is an index by one member.
func keyed(name, member string) store.Index {
	return store.Index{Name: name, Key: func(r *store.Record) string {
		if v := r.String(member); v != "" {
			return store.Key(v)
		}
		return ""
	}}
}

// invalid gives the status of a violation of the document: 400 for what can't be
// read at all.
func invalid(v contract.Violation) int {
	if v.In == "body" && (v.Keyword == "json" || v.Keyword == "required" && v.Pointer == "") {
		return 400
	}
	return 422
}
