package volunteers

import (
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
)

// The kinds of what users are found by.
const (
	byTeam       = "team"
	byProfile    = "profile"
	byManager    = "manager"
	bySupervisor = "supervisor"
	byAbility    = "ability"
	byStatus     = "status"
	byCell       = "cell" // in which an address stands
	is           = "is"   // with one of the values below
)

// What users are or have, or not.
const (
	hasEmail    = "email"
	hasLoggedIn = "login"
	isListed    = "listed" // without being asked for
	isUpcoming  = "upcoming"
	isMinor     = "minor"
	isOnCall    = "on-call"
	isVolunteer = "volunteer"
	isOther     = "other"
)

// The columns of what is compared.
const (
	byStart = iota
	byBirth
	byLogin
)

// search is how listUsers finds users.
func search() *store.Search {
	return &store.Search{
		Order: "name",
		Terms: termsOf,
		Columns: []func(*store.Record) string{
			byStart: func(r *store.Record) string { return factsOf(r).firstStart },
			byBirth: func(r *store.Record) string { return factsOf(r).dob },
			byLogin: func(r *store.Record) string { return factsOf(r).login },
		},
		Text: func(r *store.Record) string { return factsOf(r).search },
	}
}

// termsOf hands over what a user has.
func termsOf(r *store.Record, has func(store.Term)) {
	f := factsOf(r)
	has(store.NewTerm(byStatus, f.status))
	for _, have := range []struct {
		by  string
		ids []string
	}{{byTeam, f.teams}, {byProfile, f.profiles}, {byManager, f.managers}, {bySupervisor, f.supervisors}, {byAbility, f.skills}} {
		for _, id := range have.ids {
			has(store.NewTerm(have.by, id))
		}
	}
	for _, one := range []struct {
		what string
		so   bool
	}{
		{hasEmail, f.hasEmail}, {hasLoggedIn, f.login != ""}, {isListed, f.ordinary()}, {isUpcoming, f.upcoming},
		{isMinor, f.minor}, {isOnCall, f.onCall}, {isVolunteer, f.volunteer}, {isOther, f.other},
	} {
		if one.so {
			has(store.NewTerm(is, one.what))
		}
	}
	for _, p := range f.points {
		for _, cell := range query.Cells(p) {
			has(store.NewTerm(byCell, cell))
		}
	}
}

// having are the users who have one of some values.
func having(by string, values ...string) store.Having {
	all := make(store.Having, len(values))
	for i, v := range values {
		all[i] = store.NewTerm(by, v)
	}
	return all
}
