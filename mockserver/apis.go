package mockserver

import (
	"rollcall/mockserver/api/council"
	"rollcall/mockserver/api/identity"
	"rollcall/mockserver/api/probation"
	"rollcall/mockserver/api/tenants"
	"rollcall/mockserver/api/volunteers"
	"rollcall/mockserver/behavior"
)

// apis lists the table of every contract the mock knows.
func apis() []behavior.API {
	return []behavior.API{council.API(), volunteers.API(), probation.API(), identity.API(), tenants.API()}
}
