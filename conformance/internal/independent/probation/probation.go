// Package probation is an independent server of the probation contract: staff, teams,
// caseloads, managers and the switch of one role, written from the public API page alone
// and a sheet of facts about it.
package probation

import (
	"net/http"

	"rollcall/conformance/internal/independent"
)

// Implementation is the server with its habits, faults, callers and the names of its data.
func Implementation() independent.Implementation {
	return independent.Implementation{
		Contract: "probation", New: newBehind, Habits: habitTable(), Faults: faultTable(),
		Personas: personas(), Given: given(),
	}
}

func newBehind(active ...string) http.Handler {
	return independent.Before(newServer(active...), between(), active)
}
