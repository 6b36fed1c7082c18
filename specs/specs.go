// Package specs embeds the contract folders. Each folder holds two files:
// openapi.yaml says what is on the wire, requirements.yaml is the catalogue of
// what must hold.
package specs

import "embed"

// FS holds every contract folder, named after its contract.
//
//go:embed */openapi.yaml */requirements.yaml
var FS embed.FS
