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
			supervisorCases(), noteCases(), touchpointCases(), afterRemovalCases(),
			edgeCases(),
		),
		Samples: samples(), Spell: spelt, Scenes: scenes(), Beside: beside, Pairs: pairs(), Pages: following,
		Volatile: []string{"profile_photo_url"}, // signed anew for each answer
		Given:    given(),
		Info: map[string]map[string]suite.Known{"low-rights": {
			"teamId": {Text: "the caller's team, not given.teamId", Requirements: []string{"VOL-LST-44", "VOL-GET-14"}},
			"belowTeamId": {Text: "a team below that of the caller, who sees its users",
				Requirements: []string{"VOL-LST-44", "VOL-GET-15"}},
		}},
		Callers: map[string]string{
			"low-rights": "a caller who may see the users below his own place in the organisation, and change nobody",
		},
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

// given says what stands behind the names of what a target gives: ids, one of each unless it says so.
func given() map[string]string {
	return map[string]string{
		"customFieldSlug": "the slug of a custom field of users that takes any text",
		"geojsonId":       "a stored shape on the map", "inactiveUserId": "a user whose status is another than that of a new one",
		"interestId": "an interest that users can have", "languageId": "a language that users can speak",
		"leavingReasonId": "a reason to leave a role", "managerUserId": "a user who can manage roles and supervise",
		"noteCategoryId":         "a category of notes",
		"roleProfileId":          "a role for volunteers, best with a recruitment category",
		"secondRoleProfileId":    "another role, best one that is not for volunteers",
		"secondTeamId":           "another team, not above or below the other",
		"secondTouchpointTypeId": "another type of touchpoints",
		"skillIds":               "skills that users can have, separated by commas, two at least and better four",
		"supervisorUserId":       "another user who can manage roles and supervise", "teamId": "a team that users can join",
		"teamlistId": "a saved list of teams, not of all", "touchpointTypeId": "a type of touchpoints",
		"userId": "any user", "userlistId": "a saved list of users, not of all", "vettingId": "a vetting of a role",
	}
}
