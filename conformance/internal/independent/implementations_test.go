package independent_test

import "rollcall/conformance/internal/independent"

func implementations() []independent.Implementation {
	return []independent.Implementation{}
}
