// Package data reads records of one's own from files: JSON, one JSON object on each line,
// YAML and CSV.
//
// It is no API: it serves the packages beside it, and may change with any version.
package data

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"

	"rollcall/specs/contract"
	"rollcall/specs/userfile"
)

// Row is a record as a file has it, or names a table for which it has none: then Record is nil.
type Row struct {
	Contract, Table string
	Record          []byte // a JSON object; of CSV every member is a text, and an empty cell none
	Where           string // file and line
	Texts           bool   // the record came as texts, which the table's document gives types
}

// Read reads a file of records, or all files of a folder. The name of a file is that of its
// table, and the folder it is in that of the contract; of one contract alone the files need
// no such folder. A JSON or YAML file may hold an object of tables, or of contracts of
// tables, instead. What is wrong is told with file and line, of the first few faults. Reading
// ends with the context.
func Read(ctx context.Context, root fs.FS, name string, contracts []string) (rows []Row, err error) {
	r := &reader{ctx: ctx, root: root, contracts: contracts, left: mostRecords}
	info, err := fs.Stat(root, name)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return r.file(name)
	}
	var faults []error
	err = fs.WalkDir(root, name, func(file string, d fs.DirEntry, err error) error {
		if err = cmp.Or(context.Cause(ctx), err); err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		more, err := r.file(file)
		rows = append(rows, more...)
		if err != nil {
			faults = append(faults, err)
		}
		if len(faults) == mostFaults {
			return fs.SkipAll
		}
		return nil
	})
	if err == nil && len(rows) == 0 && len(faults) == 0 {
		err = fmt.Errorf("%s has no file of records: call them TABLE.json, .ndjson, .yaml or .csv", name)
	}
	return rows, errors.Join(append(faults, err)...)
}

// The most that records of one's own may be, in bytes. A tree is held as a whole, many times
// its size, before its first record is known.
const (
	mostTree    = 64 << 20 // of a YAML file, as of a call of the control API
	mostLines   = 1 << 30  // of a file that is read one record after the other
	mostRecord  = 1 << 20  // of a record, as of any request
	mostRecords = 4 << 30  // of all together
	mostFaults  = 20
)

// reader reads the files of one call.
type reader struct {
	ctx       context.Context
	root      fs.FS
	contracts []string
	left      int64 // bytes that there may be yet
}

func (r *reader) file(file string) ([]Row, error) {
	kind := path.Ext(file)
	if strings.ContainsFunc(file, unicode.IsControl) {
		return nil, fmt.Errorf("%q has a control sign in its name: call it otherwise", file)
	}
	p := place{reader: r, file: file, contract: r.of(file), table: strings.TrimSuffix(path.Base(file), kind)}
	most, parse := mostLines, p.lines
	switch kind {
	case ".ndjson", ".jsonl":
	case ".csv":
		parse = p.cells
	case ".json":
		parse = p.json
	case ".yaml", ".yml":
		most, parse = mostTree, p.tree
	default:
		return nil, fmt.Errorf("%s: its name says none of .json, .ndjson, .yaml and .csv", file)
	}
	text, err := userfile.ReadIn(r.ctx, r.root, file, most)
	if long := new(userfile.TooLong); most == mostTree && errors.As(err, &long) {
		return nil, fmt.Errorf("%w, or write its records one on each line, as .ndjson", err)
	}
	if err != nil {
		return nil, err
	}
	if userfile.Wide(text) && kind != ".yaml" && kind != ".yml" { // YAML may be so, and its reader knows
		return nil, fmt.Errorf("%s: it is in UTF-16 or UTF-32; save it as UTF-8", file)
	}
	rows, err := parse(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	if len(rows) == 0 && err == nil && most == mostLines && kind != ".json" {
		return p.none(1)
	}
	return rows, err
}

// of is the contract whose records a file has, as far as its place says.
func (r *reader) of(file string) string {
	if folder := path.Base(path.Dir(file)); slices.Contains(r.contracts, folder) {
		return folder
	} else if len(r.contracts) == 1 {
		return r.contracts[0]
	}
	return ""
}

// place is where records come from, and what they are.
type place struct {
	*reader
	file, contract, table string
}

func (p place) row(record []byte, line int) (Row, error) {
	where := fmt.Sprintf("%s:%d", p.file, line)
	if p.left -= int64(len(record)); p.left < 0 {
		return Row{}, fmt.Errorf("%s: up to here are more than %d bytes of records; leave some out", where, mostRecords)
	}
	if p.ctx.Err() != nil {
		return Row{}, fmt.Errorf("%s: not read to its end: %w", where, context.Cause(p.ctx))
	}
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

// none names the table of a list without records, so that a wrong name is told all the same.
func (p place) none(line int) ([]Row, error) {
	row, err := p.row([]byte("{}"), line)
	if err != nil || p.table == "" {
		return nil, err
	}
	row.Record = nil
	return []Row{row}, nil
}

// tree reads YAML: a list of records, or an object of such lists by
// table, or of those by contract, in one document or in several.
func (p place) tree(text []byte) (rows []Row, err error) {
	read := false
	for in := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var root yaml.Node
		err := in.Decode(&root)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.file, err)
		}
		if len(root.Content) == 0 || root.Content[0].ShortTag() == "!!null" && root.Content[0].Value == "" {
			continue
		}
		more, err := p.node(root.Content[0])
		if err != nil {
			return nil, err
		}
		rows, read = append(rows, more...), true
	}
	if !read {
		return nil, p.empty()
	}
	return rows, nil
}

// empty is what is wrong with a file in which nothing is written at all: it may not have been written to its end.
func (p place) empty() error {
	return fmt.Errorf("%s:1: it is empty; write [] for a table without records", p.file)
}

func (p place) node(n *yaml.Node) (rows []Row, err error) {
	switch n.Kind {
	case yaml.SequenceNode:
		for _, item := range n.Content {
			record, err := contract.NodeAsJSON(item, mostRecord)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", p.file, item.Line, err)
			}
			row, err := p.row(record, item.Line)
			if err != nil {
				return nil, err
			}
			rows = append(rows, row)
		}
		if len(rows) == 0 {
			return p.none(n.Line)
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
