// Package volunteers holds the cases and the sample requests of the volunteer
// directory: users with all that is kept about them.
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
			generalCases(), pagingCases(), listCases(), createCases(), getCases(), updateCases(),
			roleCases(), emailCases(), addressCases(), contactCases(), phoneCases(), skillCases(),
			supervisorCases(), noteCases(), touchpointCases(),
		),
		Samples: samples(),
	}
}
