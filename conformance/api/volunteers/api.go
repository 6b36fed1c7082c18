// Package volunteers holds the cases and the sample requests of the volunteer
// directory: users with all that is kept about them.
//
// It is no API: it serves the packages beside it, and may change with any version.
package volunteers

import (
	"slices"

	"rollcall/conformance/suite"
)

// API returns the room of the volunteers contract.
func API() suite.API {
	return suite.API{
		Contract: "volunteers",
		Cases: slices.Concat(
			generalCases(), keptCases(), pagingCases(), listCases(), createCases(), getCases(), updateCases(),
			roleCases(), emailCases(), addressCases(), contactCases(), phoneCases(), skillCases(),
			supervisorCases(), noteCases(), touchpointCases(),
		),
		Samples: samples(), Spell: spelt, Scenes: scenes(), Beside: beside, Pairs: pairs(), Pages: following,
		Volatile: []string{"profile_photo_url"}, // signed anew for each answer
		Readings: map[string]suite.Reading{"wrapped-user": {
			Text:   "A user is answered as {data: user} by create, get and update alike, as every other record is.",
			Unwrap: map[string]string{"createUser": "data", "getUser": "data", "updateUser": "data"},
			Taken:  true,
		}},
		Excuses: map[string]string{
			"VOL-DOC-createUser-positive_data_acceptance: only the required members are enough": "the document cannot " +
				"say that one of dob and confirm_age must be there (VOL-CRT-06), so that a body of its required " +
				"members alone is rightly refused; what is accepted is checked by VOL-CRT-01, 07, 11, 12, 15 to 17 and 19 to 21",
		},
	}
}
