package mockserver

import (
	"rollcall/mockserver/api/council"
	"rollcall/mockserver/behavior"
)

// apis lists the table of every contract the mock knows.
func apis() []behavior.API {
	return []behavior.API{council.API()}
}
