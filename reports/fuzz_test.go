package reports

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"testing"
	"unicode/utf8"
)

// FuzzRunFile reads any run file. What is taken comes back the same, compares with itself
// without a change, and can be written in every format: the XML is well-formed.
func FuzzRunFile(f *testing.F) {
	var good bytes.Buffer
	if err := WriteJSON(&good, sampleRun()); err != nil {
		f.Fatal(err)
	}
	f.Add(good.Bytes())
	for _, s := range []string{
		``, `{}`, `[]`, `{"schema":"rollcall.run/v1"}`,
		`{"schema":"rollcall.run/v1","results":[{"requirement":"A-1","verdict":"fail","reason":"\u001b[0m\u202e]]>"}]}`,
		`{"schema":"rollcall.run/v1","results":[{"requirement":"","verdict":"pass"}]}`,
		`{"schema":"rollcall.run/v1","results":[{"requirement":"<&>","verdict":"pass","evidence":[{}]}]}`,
		`{"schema":"rollcall.matrix/v1"}`, `{"schema":"rollcall.run/v1","results":null,"summary":{"pass":-9}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		run, err := ReadRun(bytes.NewReader(data))
		if err != nil {
			return
		}
		if changes := Diff(run, run); !changes.Empty() {
			t.Errorf("a run differs from itself: %+v", changes)
		}
		run.Outcome()
		run.Comparable()
		var once, twice, junit bytes.Buffer
		for _, err := range []error{
			WriteJSON(&once, run), WriteConsole(io.Discard, run, Style(false)), WriteConsole(io.Discard, run, Style(true)),
			WriteHTML(io.Discard, run), WriteMarkdown(io.Discard, run), WriteJUnit(&junit, run),
			WriteSARIF(io.Discard, run), WriteCTRF(io.Discard, run), WriteBadge(io.Discard, run), WriteGitHub(io.Discard, run),
		} {
			if err != nil {
				t.Errorf("it can't be written: %v", err)
			}
		}
		back, err := ReadRun(bytes.NewReader(once.Bytes()))
		if err != nil || WriteJSON(&twice, back) != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Errorf("what was written comes back otherwise (%v):\n%s\n%s", err, once.Bytes(), twice.Bytes())
		}
		wellFormed(t, junit.Bytes())
		if !json.Valid(once.Bytes()) || !utf8.Valid(once.Bytes()) {
			t.Error("what was written is no JSON in UTF-8")
		}
	})
}

func wellFormed(t *testing.T, doc []byte) {
	d := xml.NewDecoder(bytes.NewReader(doc))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the JUnit file is no XML: %v\n%s", err, doc)
		}
	}
}
