// Package specs embeds the contract folders. Each folder holds two files:
// openapi.yaml says what is on the wire, requirements.yaml is the catalogue of
// what must hold. A third, contract.bin, is what the two give when they are read;
// `make contracts` writes it.
//
// It is an API for authors of contracts, and may change with any version.
package specs

import "embed"

// FS holds every contract folder, named after its contract.
//
//go:embed */openapi.yaml */requirements.yaml */contract.bin
var FS embed.FS
