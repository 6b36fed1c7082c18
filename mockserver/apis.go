package mockserver

import (
	"rollcall/mockserver/api/council"
	"rollcall/mockserver/api/identity"
	"rollcall/mockserver/api/probation"
	"rollcall/mockserver/api/tenants"
	"rollcall/mockserver/api/volunteers"
	"rollcall/mockserver/behavior"
)

// apis makes the table of every contract the mock knows, by the contract's name.
func apis() map[string]func() behavior.API {
	return map[string]func() behavior.API{
		"council": council.API, "volunteers": volunteers.API, "probation": probation.API, "identity": identity.API,
		"tenants": tenants.API,
	}
}
