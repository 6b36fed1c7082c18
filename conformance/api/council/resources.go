package council

import (
	"slices"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// resource is one sort of record: what a new one looks like, and the members it is answered
// with.
type resource struct {
	kit.Resource
	unique  string // the member that no two records of a tenant share
	aside   string // a text member that no rule is about, for changes that hurt nothing
	members kit.Shape

	bare    func(env *suite.Env) kit.Body // what a new one can hardly be without
	more    func(env *suite.Env) kit.Body // what the samples of the page show of a new one besides
	changes func(env *suite.Env) kit.Body // another value for each member that an update may change
	moves   func(env *suite.Env) []move   // changes of one member each that a target may refuse
	kinds   []kit.Body                    // of new ones that a target may refuse: all are listed
	letters []string                      // the texts of a new one in which a name may stand, with letters that are not ASCII
	unusual kit.Body                      // values that no default has
	offence kit.Body                      // a value that the document forbids
}

// move is a change of one member that a target may refuse: from is what a record has before it.
type move struct {
	from, to kit.Body
	shown    bool // what is taken is shown as it was sent
}

// next is the place behind a record's own, whichever that is.
const next = "next"

// as is the change for a record.
func (m move) as(record *client.Exchange) kit.Body {
	if m.to["sortOrder"] == next {
		return kit.Body{"sortOrder": record.Get("sortOrder").Int() + 1}
	}
	return m.to
}

// member is the name of the one that changes.
func (m move) member() string {
	for name := range m.to {
		return name
	}
	return ""
}

// completed adds what all resources have in common. A new record has no more than it can hardly be
// without, and what the target asks for besides; nothing of this contract can be deleted, so that
// it is taken out of use after the case.
func completed(r resource) resource {
	r.ID, r.Marks = "id", []string{r.unique, r.aside}
	r.bare = r.Body
	r.Body = func(env *suite.Env) kit.Body { return r.formOf(env).body(r, env) }
	r.Undo = func(env *suite.Env, made *client.Exchange) {
		if id := r.IDOf(made); id != "" {
			env.TrackCall(r.Updates, client.Path("id", id), client.JSON(kit.Body{"enabled": false}))
		}
	}
	return r
}

func resources() []resource { return []resource{wards(), users(), categories()} }

func wards() resource {
	return completed(resource{
		Resource: kit.Resource{
			Name: "wards", Lists: "listWards", Creates: "createWard", Gets: "getWard", Updates: "updateWard",
			Body: func(env *suite.Env) kit.Body { return kit.Body{"name": env.Unique("Ward")} },
		},
		unique: "name", aside: "boundaryDescription",
		members: kit.Shape{
			"id": kit.IsFilled, "tenantId": kit.IsFilled, "name": kit.IsText, "boundaryDescription": kit.Nullable(kit.IsText),
			"councilTier": kit.Nullable(kit.IsText), "latitude": kit.Nullable(kit.IsNumber),
			"longitude": kit.Nullable(kit.IsNumber),
			"enabled":   kit.IsBoolean, "createdAt": kit.IsFilled, "updatedAt": kit.IsFilled,
		},
		more: func(env *suite.Env) kit.Body {
			return kit.Body{"boundaryDescription": env.Unique("Between the canal and"),
				"councilTier": "unitary", "latitude": 50.375, "longitude": -5.125} // three decimals, as in the samples
		},
		changes: func(env *suite.Env) kit.Body {
			return kit.Body{"name": env.Unique("Renamed Ward"), "boundaryDescription": env.Unique("As far as"),
				"latitude": 51.625, "longitude": 1.375} // east of the meridian
		},
		moves: func(*suite.Env) []move {
			return []move{{from: kit.Without("councilTier"), to: kit.Body{"councilTier": "unitary"}, shown: true},
				{to: kit.Body{"councilTier": "town"}}} // of the tiers the page shows one: others may be dropped
		},
		kinds:   []kit.Body{{"enabled": false}},
		letters: []string{"name", "boundaryDescription"},
		unusual: kit.Without("councilTier"),
		offence: kit.Body{"latitude": 91},
	})
}

func users() resource {
	return completed(resource{
		Resource: kit.Resource{
			Name: "users", Lists: "listUsers", Creates: "createUser", Updates: "updateUser",
			Body: func(env *suite.Env) kit.Body {
				return kit.Body{"name": env.Unique("Ada Trenance"), "email": address(env), "role": "councillor",
					"password": password(env)}
			},
		},
		unique: "email", aside: "name",
		members: kit.Shape{
			"id": kit.IsFilled, "name": kit.IsText, "email": kit.IsFilled, "role": kit.IsFilled, "enabled": kit.IsBoolean,
			"createdAt":    kit.IsFilled,
			"planOverride": kit.IsThere, "planOverrideExpiresAt": kit.IsThere, "planOverrideReason": kit.IsThere,
		},
		more:    func(*suite.Env) kit.Body { return nil },
		changes: func(env *suite.Env) kit.Body { return kit.Body{"name": env.Unique("Beth Trenance")} },
		moves: func(env *suite.Env) []move {
			return []move{{to: kit.Body{"email": address(env)}, shown: true},
				{from: kit.Body{"role": "caseworker"}, to: kit.Body{"role": "councillor"}, shown: true},
				{to: kit.Body{"role": "caseworker"}, shown: true},
				{to: kit.Body{"password": password(env)}}}
		},
		kinds:   []kit.Body{{"enabled": false}, {"role": "caseworker"}, {"role": "admin"}},
		letters: []string{"name"},
		unusual: kit.Body{"role": "caseworker"},
		offence: kit.Body{"role": "emperor"},
	})
}

func categories() resource {
	return completed(resource{
		Resource: kit.Resource{
			Name: "categories", Lists: "listCategories", Creates: "createCategory",
			Gets: "getCategory", Updates: "updateCategory",
			Body: func(env *suite.Env) kit.Body { return kit.Body{"name": env.Unique("Category")} },
		},
		unique: "name", aside: "description",
		members: kit.Shape{
			"id": kit.IsFilled, "tenantId": kit.IsFilled, "name": kit.IsText, "description": kit.Nullable(kit.IsText),
			"keywords": kit.Nullable(kit.IsText), "enabled": kit.IsBoolean, "sortOrder": kit.IsInteger,
			"createdAt": kit.IsFilled, "updatedAt": kit.IsFilled,
		},
		more: func(env *suite.Env) kit.Body {
			return kit.Body{"description": env.Unique("All about"), "keywords": word(env) + "," + initialled(word(env))}
		},
		changes: func(env *suite.Env) kit.Body {
			return kit.Body{"name": env.Unique("Renamed Category"), "description": env.Unique("Nothing but"),
				"keywords": word(env)}
		},
		moves:   func(*suite.Env) []move { return []move{{to: kit.Body{"sortOrder": next}}} },
		kinds:   []kit.Body{{"enabled": false}},
		letters: []string{"name", "description"},
		offence: kit.Body{"enabled": "yes"},
	})
}

// resourceOf returns the sort of record that an operation is about.
func resourceOf(operation string) resource {
	for _, r := range resources() {
		if slices.Contains(r.Operations(), operation) {
			return r
		}
	}
	return categories() // suggestCategory
}

// of collects operations of all resources.
func of(choose func(kit.Resource) []string) []string {
	var all []string
	for _, r := range resources() {
		all = append(all, choose(r.Resource)...)
	}
	return all
}

// operations lists all twelve.
func operations() []string { return append(of(kit.Resource.Operations), "suggestCategory") }

// writing lists those that write, the creating one first.
func writing(r kit.Resource) []string { return []string{r.Creates, r.Updates} }

// byID returns the operations with an id in their path.
func byID() []string {
	return of(func(r kit.Resource) []string { return append(r.ReadOperations()[1:], r.Updates) })
}

// filled matches a text with something in it.
func filled() gomega.OmegaMatcher {
	return gomega.And(gomega.BeAssignableToTypeOf(""), gomega.Not(gomega.BeEmpty()))
}
