package certificate

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"
)

// endless is one line without an end, which counts what is asked for.
type endless struct{ given int }

func (e *endless) Read(p []byte) (int, error) {
	e.given += len(p)
	for i := range p {
		p[i] = '['
	}
	return len(p), nil
}

// What a bundle claims to hold without an end is read up to a bound, and no byte of it twice.
func TestExchangesAreBounded(t *testing.T) {
	for name, row := range map[string]struct {
		whole, each int
		says        string
	}{
		"a line": {1 << 30, 1 << 20, "that an exchange may have"},
		"all":    {1 << 20, 1 << 30, "that exchanges may unpack to"},
	} {
		from := &endless{}
		lines := &lineReader{from: bufio.NewReader(from), whole: row.whole, each: row.each}
		_, err := lines.next()
		if err == nil || !strings.Contains(err.Error(), row.says) {
			t.Errorf("%s: %v", name, err)
		}
		if from.given > 1<<20+1<<16 {
			t.Errorf("%s: %d bytes are read", name, from.given)
		}
	}
}

// Lines come one by one, the last also without an end; a line that is cut within the packing is told.
func TestExchangesAreLines(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	lines := &lineReader{from: bufio.NewReader(strings.NewReader("a\n" + long + "\nb")), whole: 1 << 20, each: 1 << 20}
	var got []string
	for {
		line, err := lines.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, strings.TrimSuffix(string(line), "\n"))
	}
	if strings.Join(got, " ") != "a "+long+" b" {
		t.Errorf("%d lines", len(got))
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write([]byte("{}\n{}\n"))
	_ = w.Close()
	if all, err := decode(packed.Bytes()); err != nil || len(all) != 2 {
		t.Errorf("%d exchanges: %v", len(all), err)
	}
	if _, err := decode(packed.Bytes()[:packed.Len()-4]); err == nil {
		t.Error("a packing without its end is taken")
	}
}
