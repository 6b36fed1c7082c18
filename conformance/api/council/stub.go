// Package council is a placeholder until its cases arrive; delete this file then.
package council

import "rollcall/conformance/suite"

// API is empty for now.
func API() suite.API { return suite.API{Contract: "council"} }
