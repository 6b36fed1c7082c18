package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// json reads what tree reads, of a text that is JSON, one record after the other: an export of
// many records is held once.
func (p place) json(text []byte) ([]Row, error) {
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, p.empty()
	}
	r := &jsonReader{text: text, in: jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true)), line: 1}
	rows, err := r.value(p)
	if err == nil {
		if _, rest := r.in.ReadToken(); !errors.Is(rest, io.EOF) {
			err = fmt.Errorf("%s:%d: more stands after the end of the JSON", p.file, r.at())
		}
	}
	if syntax := new(jsontext.SyntacticError); errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("%s:%d: this is no JSON", p.file, r.at())
	}
	return rows, err
}

// jsonReader counts lines as it goes.
type jsonReader struct {
	text       []byte
	in         *jsontext.Decoder
	line, seen int
}

// at is the line of the next value.
func (r *jsonReader) at() int {
	offset := int(r.in.InputOffset())
	for offset < len(r.text) && bytes.IndexByte([]byte(" \t\r\n,:"), r.text[offset]) >= 0 {
		offset++
	}
	r.line += bytes.Count(r.text[r.seen:offset], []byte{'\n'})
	r.seen = offset
	return r.line
}

func (r *jsonReader) value(p place) (rows []Row, err error) {
	kind, line := r.in.PeekKind(), r.at()
	if kind != '[' && kind != '{' {
		if _, err := r.in.ReadToken(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s:%d: here stands neither a list of records nor an object of such lists by table", p.file, line)
	}
	if _, err := r.in.ReadToken(); err != nil {
		return nil, err
	}
	for next := r.in.PeekKind(); next != ']' && next != '}'; next = r.in.PeekKind() {
		read := r.record
		if kind == '{' {
			read = r.member
		}
		more, err := read(p)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	if _, err = r.in.ReadToken(); err == nil && kind == '[' && len(rows) == 0 {
		return p.none(line)
	}
	return rows, err
}

// member reads the records of a table, or the tables of a contract.
func (r *jsonReader) member(p place) ([]Row, error) {
	token, err := r.in.ReadToken()
	if err != nil {
		return nil, err
	}
	name := token.String()
	if r.in.PeekKind() == '{' && slices.Contains(p.contracts, name) {
		p.contract, p.table = name, ""
	} else {
		p.table = name
	}
	return r.value(p)
}

func (r *jsonReader) record(p place) ([]Row, error) {
	line := r.at()
	value, err := r.in.ReadValue()
	if err != nil {
		return nil, err
	}
	if len(value) > mostRecord {
		return nil, fmt.Errorf("%s:%d: a record of more than %d bytes", p.file, line, mostRecord)
	}
	row, err := p.row(bytes.Clone(value), line)
	return []Row{row}, err
}
