package council

import (
	"math"
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// kind is one sort of record: its operations, what a new one looks like, and the
// members it is answered with.
type kind struct {
	plural string // in titles

	lists, creates, gets, updates string // operation ids; gets is "" where there is none

	unique  string // the member that no two records of a tenant share
	aside   string // a text member that no rule is about, for changes that hurt nothing
	members []member

	fresh   func(env *suite.Env) body // a new record with what it can hardly be without, all of it its own
	more    func(env *suite.Env) body // what the samples of the page show besides
	changes func(env *suite.Env) body // another value for each member that an update may change
	offence edit                      // a value that the document forbids
}

// member is a documented member of an answered record and what its value may be.
type member struct {
	name string
	null bool
	of   gomega.OmegaMatcher
}

// accepts matches a value that the member may have.
func (m member) accepts(value gomega.OmegaMatcher) gomega.OmegaMatcher {
	if m.null {
		return gomega.Or(gomega.BeNil(), value)
	}
	return value
}

func kinds() []kind { return []kind{wards(), users(), categories()} }

func wards() kind {
	return kind{
		plural: "wards",
		lists:  "listWards", creates: "createWard", gets: "getWard", updates: "updateWard",
		unique: "name", aside: "boundaryDescription",
		members: []member{
			{name: "id", of: filled()}, {name: "tenantId", of: filled()}, {name: "name", of: text()},
			{name: "boundaryDescription", of: text(), null: true}, {name: "councilTier", of: text(), null: true},
			{name: "latitude", of: number(), null: true}, {name: "longitude", of: number(), null: true},
			{name: "enabled", of: flag()}, {name: "createdAt", of: filled()}, {name: "updatedAt", of: filled()},
		},
		fresh: func(env *suite.Env) body {
			return body{"name": env.Unique("Ward")}
		},
		more: func(env *suite.Env) body {
			return body{"boundaryDescription": env.Unique("Between the canal and"),
				"councilTier": "unitary", "latitude": 50.263, "longitude": -5.051}
		},
		changes: func(env *suite.Env) body {
			return body{"name": env.Unique("Renamed ward"), "boundaryDescription": env.Unique("As far as"), "latitude": 51.5, "longitude": -0.125}
		},
		offence: with("latitude", 91),
	}
}

func users() kind {
	return kind{
		plural: "users",
		lists:  "listUsers", creates: "createUser", updates: "updateUser",
		unique: "email", aside: "name",
		members: []member{
			{name: "id", of: filled()}, {name: "name", of: text()}, {name: "email", of: filled()},
			{name: "role", of: filled()}, {name: "enabled", of: flag()}, {name: "createdAt", of: filled()},
			{name: "planOverride", of: anything()}, {name: "planOverrideExpiresAt", of: anything(), null: true},
			{name: "planOverrideReason", of: anything()},
		},
		fresh: func(env *suite.Env) body {
			return body{"name": env.Unique("Person"), "email": address(env), "role": "councillor",
				"password": env.Unique("Lantern") + "-62Q"}
		},
		more: func(*suite.Env) body { return nil },
		changes: func(env *suite.Env) body {
			return body{"name": env.Unique("Renamed person")}
		},
		offence: with("role", "emperor"),
	}
}

func categories() kind {
	return kind{
		plural: "categories",
		lists:  "listCategories", creates: "createCategory", gets: "getCategory", updates: "updateCategory",
		unique: "name", aside: "description",
		members: []member{
			{name: "id", of: filled()}, {name: "tenantId", of: filled()}, {name: "name", of: text()},
			{name: "description", of: text(), null: true}, {name: "keywords", of: text(), null: true},
			{name: "enabled", of: flag()}, {name: "sortOrder", of: match.Such("to be a whole number", whole)},
			{name: "createdAt", of: filled()}, {name: "updatedAt", of: filled()},
		},
		fresh: func(env *suite.Env) body {
			return body{"name": env.Unique("Category")}
		},
		more: func(env *suite.Env) body {
			return body{"description": env.Unique("All about"), "keywords": word(env) + "," + word(env)}
		},
		changes: func(env *suite.Env) body {
			return body{"name": env.Unique("Renamed category"), "description": env.Unique("Nothing but"),
				"keywords": word(env)}
		},
		offence: with("enabled", "yes"),
	}
}

// kindOf returns the sort of record that an operation is about.
func kindOf(operation string) kind {
	for _, k := range kinds() {
		if slices.Contains(k.operations(), operation) {
			return k
		}
	}
	return categories() // suggestCategory
}

// operations returns those of the kind, reads first.
func (k kind) operations() []string {
	return slices.Concat(k.reads(), k.writes())
}

func (k kind) reads() []string {
	if k.gets == "" {
		return []string{k.lists}
	}
	return []string{k.lists, k.gets}
}

func (k kind) writes() []string { return []string{k.creates, k.updates} }

// member says whether answered records have a member of that name.
func (k kind) member(name string) bool {
	return slices.ContainsFunc(k.members, func(m member) bool { return m.name == name })
}

// of collects operations of all kinds.
func of(choose func(kind) []string) []string {
	var all []string
	for _, k := range kinds() {
		all = append(all, choose(k)...)
	}
	return all
}

// operations returns all twelve.
func operations() []string { return append(of(kind.operations), "suggestCategory") }

// byID returns the operations with an id in their path.
func byID() []string {
	return of(func(k kind) []string { return append(k.reads()[1:], k.updates) })
}

func anything() gomega.OmegaMatcher { return match.Such("to be there", func(any) bool { return true }) }

func text() gomega.OmegaMatcher   { return gomega.BeAssignableToTypeOf("") }
func filled() gomega.OmegaMatcher { return gomega.And(text(), gomega.Not(gomega.BeEmpty())) }
func number() gomega.OmegaMatcher { return gomega.BeAssignableToTypeOf(0.0) }
func flag() gomega.OmegaMatcher   { return gomega.BeAssignableToTypeOf(true) }

// whole says whether a value is a number without a fraction.
func whole(value any) bool {
	n, ok := value.(float64)
	return ok && n == math.Trunc(n)
}
