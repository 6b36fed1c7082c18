package data

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// lines reads a JSON object on each line; empty lines are none.
func (p place) lines(text []byte) (rows []Row, err error) {
	line := 0
	for one := range bytes.SplitSeq(text, []byte{'\n'}) {
		line++
		if one = bytes.TrimSpace(one); len(one) == 0 {
			continue
		}
		if !json.Valid(one) {
			return nil, fmt.Errorf("%s:%d: this is no JSON", p.file, line)
		}
		row, err := p.row(bytes.Clone(one), line)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// cells reads comma-separated values, the first line of which has the names of the members.
func (p place) cells(text []byte) (rows []Row, err error) {
	r := csv.NewReader(bytes.NewReader(text))
	names, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	for err == nil {
		var cells []string
		if cells, err = r.Read(); err != nil {
			break
		}
		record := map[string]string{}
		for i, name := range names {
			if cells[i] != "" {
				record[name] = cells[i]
			}
		}
		line, _ := r.FieldPos(0)
		object, _ := json.Marshal(record) //nolint:errchkjson // texts always encode
		row, err := p.row(object, line)
		if err != nil {
			return nil, err
		}
		row.Texts = true
		rows = append(rows, row)
	}
	if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", p.file, err)
	}
	return rows, nil
}
