package council

import (
	"context"

	"github.com/onsi/gomega"

	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func wardCases() []suite.Case {
	w := wards()
	all := []string{"name", "boundaryDescription", "councilTier", "latitude", "longitude"}
	return append(w.uniqueCases("COU-WARD-06", "COU-WARD-18", "the name of %s"), []suite.Case{
		{Requirement: "COU-WARD-01", Title: "new wards are in the list", Check: w.listsAll},
		{Requirement: "COU-WARD-01", Title: "new wards are listed as they were created", Check: w.listsAsMade},
		{Requirement: "COU-WARD-02", Title: "wards made out of order are listed in order", Check: w.listsByName},
		{Requirement: "COU-WARD-02", Title: "a renamed ward moves to its new place", Check: w.movesByName},
		{Requirement: "COU-WARD-03", Title: "listed and read wards have every member", Check: w.hasMembers},

		{Requirement: "COU-WARD-04", Title: "a valid ward is answered with an id and is there", Check: w.isCreated},
		{Requirement: "COU-WARD-04", Title: "a name that no ward has any longer is free", Check: w.freesValue},
		{Requirement: "COU-WARD-05", Title: "what is sent is repeated", Check: w.echoes(all)},
		{Requirement: "COU-WARD-05", Title: "a town east of the meridian that is out of use is repeated",
			Check: w.echoesWhereTaken(append(all[1:], "enabled"),
				kit.Body{"councilTier": "town", "longitude": 1.375, "enabled": false})},
		{Requirement: "COU-WARD-05", Title: "a ward where equator and meridian cross is repeated",
			Check: w.echoesWhereTaken(all, kit.Body{"latitude": 0}, kit.Body{"longitude": 0})},
		{Requirement: "COU-WARD-05", Title: "odd texts are repeated", Check: w.echoesLetters},
		{Requirement: "COU-WARD-07", Title: "a new ward is of the tenant of all others", Check: sharesTenant},
		{Requirement: "COU-WARD-08", Title: "a ward without a name is refused", Check: w.Refuses(kit.Without("name"))},
		{Requirement: "COU-WARD-08", Title: "a ward with an empty name is refused", Check: w.Refuses(kit.Body{"name": ""})},
		{Requirement: "COU-WARD-09", Title: "a ward is enabled unless said otherwise", Check: w.isEnabled},
		{Requirement: "COU-WARD-10", Title: "a word as latitude is refused", Check: w.Refuses(kit.Body{"latitude": "north"})},
		{Requirement: "COU-WARD-10", Title: "a string as enabled is refused", Check: w.Refuses(kit.Body{"enabled": "yes"})},
		{Requirement: "COU-WARD-11", Title: "a latitude of 91 is refused", Check: w.Refuses(kit.Body{"latitude": 91})},
		{Requirement: "COU-WARD-11", Title: "a longitude of 181 is refused", Check: w.Refuses(kit.Body{"longitude": 181})},
		{Requirement: "COU-WARD-12", Title: "a galactic council is refused",
			Check: w.Refuses(kit.Body{"councilTier": "galactic"})},

		{Requirement: "COU-WARD-13", Title: "a read ward is as it was created", Check: w.readsBack},
		{Requirement: "COU-WARD-14", Title: "an unknown id is not found", Check: w.findsNone},

		{Requirement: "COU-WARD-15", Title: "only what is sent changes", Check: w.changesOnly},
		{Requirement: "COU-WARD-15", Title: "who is changed says the path alone", Check: w.changesWhoIsInThePath},
		{Requirement: "COU-WARD-16", Title: "each new value is answered",
			Check: w.answersChange("name", "boundaryDescription", "latitude", "longitude")},
		{Requirement: "COU-WARD-16", Title: "a ward that moves to where equator and meridian cross is answered",
			Check: w.answersWhereTaken(func(*suite.Env) kit.Body { return kit.Body{"latitude": 0, "longitude": 0} })},
		{Requirement: "COU-WARD-16", Title: "odd texts are answered", Check: w.answersLetters},
		{Requirement: "COU-WARD-16", Title: "all that is taken alone is taken at once", Check: w.changesTogether},
		{Requirement: "COU-WARD-16", Title: "a tier is answered and read", Check: w.showsMoves},
		{Requirement: "COU-WARD-17", Title: "an update of an unknown id is not found", Check: w.changesNone},
		{Requirement: "COU-WARD-19", Title: "its own name is taken", Check: w.takesOwn},
		{Requirement: "COU-WARD-20", Title: "each new value is read", Check: w.showsChange},
		{Requirement: "COU-WARD-21", Title: "a disabled ward is read as disabled", Check: w.staysReadable},
		{Requirement: "COU-WARD-22", Title: "an empty object changes nothing", Check: w.takesNothing},
	}...)
}

// sharesTenant expects that a new ward is listed, and that no ward of the list
// has another tenant than the answer to its creation named.
func sharesTenant(ctx context.Context, env *suite.Env) {
	other, made := wards().Made(ctx, env), wards().Made(ctx, env)
	env.Expect(made).To(match.Member("tenantId", filled()))
	env.Expect(other).To(match.Member("tenantId", made.Text("tenantId")))
	list := env.Call(ctx, "listWards")
	env.Expect(list).To(match.Success())
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(other.Text("id"), made.Text("id")))
	env.Expect(list).To(match.Each("#.tenantId", made.Text("tenantId")))
}
