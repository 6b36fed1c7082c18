// Package certificate makes and verifies certificates of runs: one file with the verdicts, all
// exchanges they rest on, the contract they are about, and a signed in-toto statement over all
// of it. Whoever holds the file can recompute the verdicts without the target and without trust
// in who made it.
//
// It is no API: it serves the command, and may change with any version.
package certificate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// The parts of a bundle, in the order in which they stand in it. Those of the contract keep
// their names.
const (
	partStatement = "statement.dsse.json" // the signed in-toto statement, which names the digests of all others
	partKey       = "key.pem"             // of who signed
	partRun       = "run.json"            // as `rollcall test --json` writes it
	partTarget    = "target.json"         // what of the target file shaped the requests, no secret in it
	partExchanges = "exchanges.jsonl.gz"  // one a line, in the order in which they were sent
	partDocument  = "contract/openapi.yaml"
	partCatalogue = "contract/requirements.yaml"
)

// Waiver is one that a target's owner has asked for.
type Waiver = target.Waiver

// part is one file of a bundle.
type part struct {
	name string
	data []byte
}

// parts are the files of a bundle, in their order.
type parts []part

// names lists the parts that a bundle has, no more and no less.
func names() []string {
	return []string{partStatement, partKey, partRun, partTarget, partExchanges, partDocument, partCatalogue}
}

func (p parts) get(name string) []byte {
	if at := slices.IndexFunc(p, func(one part) bool { return one.name == name }); at >= 0 {
		return p[at].data
	}
	return nil
}

// signed are the parts that the statement names.
func (p parts) signed() parts {
	return slices.DeleteFunc(slices.Clone(p), func(one part) bool { return one.name == partStatement })
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// whole is the digest of the parts together: of the lines that sha256sum would print of them.
func (p parts) whole() string {
	var lines strings.Builder
	for _, one := range p {
		fmt.Fprintf(&lines, "%s  %s\n", digest(one.data), one.name)
	}
	return digest([]byte(lines.String()))
}

// contractParts are the two files of a contract that this program was built with; of another one
// its document as it is read, and the rows that follow from it and from its behavior.
func contractParts(c *contract.Contract) (parts, error) {
	var found parts
	if c.Path != "" {
		rows, err := json.MarshalIndent(c.Requirements, "", "  ")
		return parts{{partDocument, c.Document}, {partCatalogue, rows}}, err
	}
	for file, name := range map[string]string{"openapi.yaml": partDocument, "requirements.yaml": partCatalogue} {
		data, err := fs.ReadFile(specs.FS, c.Name+"/"+file)
		if err != nil {
			return nil, err
		}
		found = append(found, part{name, data})
	}
	slices.SortFunc(found, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return found, nil
}
