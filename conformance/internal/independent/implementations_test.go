package independent_test

import (
	"rollcall/conformance/internal/independent"
	"rollcall/conformance/internal/independent/council"
	"rollcall/conformance/internal/independent/identity"
	"rollcall/conformance/internal/independent/probation"
	"rollcall/conformance/internal/independent/tenants"
	"rollcall/conformance/internal/independent/volunteers"
)

func implementations() []independent.Implementation {
	return []independent.Implementation{
		council.Implementation(),
		identity.Implementation(),
		probation.Implementation(),
		tenants.Implementation(),
		volunteers.Implementation(),
	}
}
