package reports

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// ReadMatrix reads what `rollcall mutate --json` wrote, one matrix or a list of them, and
// gives the one of a contract. Refused, with what to do, are other files, and a matrix of
// another version of the contract, "" being any: it would prove another suite.
func ReadMatrix(data []byte, contract, digest string) (*Matrix, error) {
	var all []*Matrix
	if text := strings.TrimLeft(string(data), " \t\r\n"); strings.HasPrefix(text, "[") {
		if err := json.Unmarshal(data, &all); err != nil {
			return nil, located(data, err)
		}
	} else {
		all = []*Matrix{{}}
		if err := json.Unmarshal(data, all[0]); err != nil {
			return nil, located(data, err)
		}
	}
	var names []string
	for _, m := range all {
		if m == nil || m.Schema != MatrixSchema {
			return nil, fmt.Errorf("this is no mutation matrix (%s); `rollcall mutate CONTRACT --json FILE` writes one",
				MatrixSchema)
		}
		names = append(names, m.Contract)
	}
	at := slices.Index(names, contract)
	if at < 0 {
		return nil, fmt.Errorf("the matrix has %s, but nothing of %s; `rollcall mutate %s --json FILE` writes it",
			orNone(strings.Join(names, ", ")), contract, contract)
	}
	if m := all[at]; m.ContractDigest != "" && digest != "" && m.ContractDigest != digest {
		return nil, fmt.Errorf("the matrix is of another version of %s (%s) than the run (%s); make it again with "+
			"`rollcall mutate %s --json FILE`",
			contract, m.ContractDigest, digest, contract)
	}
	all[at].Summarise()
	return all[at], nil
}

// proofTable is what the page shows of a matrix: how many of the faults that were planted
// the suite noticed, by group, and each that it did not.
type proofTable struct {
	Line     string
	Rows     []proofRow
	Survived []string
	Excused  []Excuse
	of       map[string]string // by requirement
}

type proofRow struct {
	Name                               string
	Planted, Killed, Survived, Excused int
}

func proofOf(run *Run) (p proofTable) {
	m := run.Proof
	if m == nil {
		return p
	}
	p.Line = fmt.Sprintf("Of %s in a server the suite noticed %d and missed %d; %d are excused, each with its reason. Score %s.",
		plural(m.Mutants, "planted fault"), m.Killed, len(m.Survived), len(m.Excused), percent(m.Score))
	p.Survived, p.Excused, p.of = m.Survived, m.Excused, map[string]string{}
	for _, row := range m.ByRequirement {
		if row.Mutants == 0 {
			continue
		}
		excused := row.Mutants - row.Killed - len(row.Survived)
		p.of[row.Requirement] = fmt.Sprintf("%d of %s noticed", row.Killed, plural(row.Mutants-excused, "planted fault"))
		name := Result{Requirement: row.Requirement}.Group()
		at := slices.IndexFunc(p.Rows, func(r proofRow) bool { return r.Name == name })
		if at < 0 {
			at = len(p.Rows)
			p.Rows = append(p.Rows, proofRow{Name: name})
		}
		r := &p.Rows[at]
		r.Planted += row.Mutants
		r.Killed += row.Killed
		r.Survived += len(row.Survived)
		r.Excused += excused
	}
	return p
}
