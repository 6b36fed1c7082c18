// Package data reads records of one's own from files: JSON, one JSON object on each line,
// YAML and CSV.
//
// It is no API: it serves the packages beside it, and may change with any version.
package data

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"

	"rollcall/specs/contract"
)

// Row is a record as a file has it.
type Row struct {
	Contract, Table string
	Record          []byte // a JSON object; of CSV every member is a text, and an empty cell none
	Where           string // file and line
	Texts           bool   // the record came as texts, which the table's document gives types
}

// Read reads a file of records, or all files of a folder. The name of a file is that of its
// table, and the folder it is in that of the contract; of one contract alone the files need
// no such folder. A JSON or YAML file may hold an object of tables, or of contracts of
// tables, instead. What is wrong is told with file and line.
func Read(root fs.FS, name string, contracts []string) (rows []Row, err error) {
	info, err := fs.Stat(root, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return readFile(root, name, contracts)
	}
	var faults []error
	err = fs.WalkDir(root, name, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		more, err := readFile(root, file, contracts)
		rows = append(rows, more...)
		if err != nil {
			faults = append(faults, err)
		}
		return nil
	})
	if err == nil && len(rows) == 0 && len(faults) == 0 {
		err = fmt.Errorf("%s has no file of records: call them TABLE.json, .ndjson, .yaml or .csv", name)
	}
	return rows, errors.Join(append(faults, err)...)
}

func readFile(root fs.FS, file string, contracts []string) ([]Row, error) {
	text, err := fs.ReadFile(root, file)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	kind := path.Ext(file)
	table := strings.TrimSuffix(path.Base(file), kind)
	of := ""
	if folder := path.Base(path.Dir(file)); slices.Contains(contracts, folder) {
		of = folder
	} else if len(contracts) == 1 {
		of = contracts[0]
	}
	p := place{file: file, contract: of, table: table, contracts: contracts}
	switch kind {
	case ".ndjson", ".jsonl":
		return p.lines(text)
	case ".csv":
		return p.cells(text)
	case ".json", ".yaml", ".yml":
		return p.tree(text)
	}
	return nil, fmt.Errorf("%s: its name says none of .json, .ndjson, .yaml and .csv", file)
}

// place is where records come from, and what they are.
type place struct {
	file, contract, table string
	contracts             []string
}

func (p place) row(record []byte, line int) (Row, error) {
	where := fmt.Sprintf("%s:%d", p.file, line)
	if !jsontext.Value(record).IsValid() { // which a member is that is there twice
		return Row{}, fmt.Errorf("%s: a member is there twice, or a text is no UTF-8", where)
	}
	if p.contract == "" {
		return Row{},
			fmt.Errorf("%s: of which contract it is, is not said: put the file into a folder of the contract's name, %q",
				where, p.contracts)
	}
	return Row{Contract: p.contract, Table: p.table, Record: record, Where: where}, nil
}

// tree reads JSON, which is YAML, and YAML: a list of records, or an object of such lists by
// table, or of those by contract.
func (p place) tree(text []byte) ([]Row, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, fmt.Errorf("%s: %w", p.file, err)
	}
	if len(root.Content) == 0 {
		return nil, nil
	}
	return p.node(root.Content[0])
}

func (p place) node(n *yaml.Node) (rows []Row, err error) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			record, err := contract.NodeAsJSON(item)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", p.file, item.Line, err)
			}
			row, err := p.row(record, item.Line)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		return rows, nil
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			inner, name := p, n.Content[i].Value
			if n.Content[i+1].Kind == yaml.MappingNode && slices.Contains(p.contracts, name) {
				inner.contract, inner.table = name, ""
			} else {
				inner.table = name
			}
			more, err := inner.node(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			rows = append(rows, more...)
		}
		return rows, nil
	}
	return nil, fmt.Errorf("%s:%d: here stands neither a list of records nor an object of such lists by table", p.file, n.Line)
}
