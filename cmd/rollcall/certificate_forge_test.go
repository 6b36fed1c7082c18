package main_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"rollcall/conformance/certificate"
	"rollcall/reports"
)

// forgery is a bundle taken apart by whoever has the key, and wants it to say something else.
// It uses nothing of the package that makes bundles but the shape of an exchange.
type forgery struct {
	t         *testing.T
	order     []string
	parts     map[string][]byte
	run       *reports.Run
	exchanges []*certificate.Exchange
	statement map[string]any
	asIs      bool // the run file is not written anew
}

func takenApart(t *testing.T, bundle []byte) *forgery {
	t.Helper()
	f := &forgery{t: t, parts: map[string][]byte{}}
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	for r := tar.NewReader(bytes.NewReader(bundle)); ; {
		header, err := r.Next()
		if err == io.EOF {
			break
		}
		must(err)
		f.parts[header.Name], err = io.ReadAll(r)
		must(err)
		f.order = append(f.order, header.Name)
	}
	run, err := reports.ReadRun(bytes.NewReader(f.parts["run.json"]))
	must(err)
	f.run = run
	for line := range strings.Lines(f.unzipped()) {
		one := &certificate.Exchange{}
		must(json.Unmarshal([]byte(line), one))
		f.exchanges = append(f.exchanges, one)
	}
	envelope := dsse.Envelope{}
	must(json.Unmarshal(f.parts["statement.dsse.json"], &envelope))
	payload, err := envelope.DecodeB64Payload()
	must(err)
	must(json.Unmarshal(payload, &f.statement))
	return f
}

func (f *forgery) unzipped() string {
	r, err := gzip.NewReader(bytes.NewReader(f.parts["exchanges.jsonl.gz"]))
	if err != nil {
		f.t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		f.t.Fatal(err)
	}
	return string(text)
}

func (f *forgery) predicate() map[string]any { return f.statement["predicate"].(map[string]any) }

func (f *forgery) says() map[string]any { return f.predicate()["rollcall"].(map[string]any) }

// renumbered gives every exchange the number that it has in its case now.
func (f *forgery) renumbered() {
	count := map[[2]string]int{}
	for _, one := range f.exchanges {
		key := [2]string{one.Requirement, one.Case}
		count[key]++
		one.Number = count[key]
	}
	f.says()["exchanges"] = len(f.exchanges)
}

// signed is the bundle put together again: all digests, lists and counts follow, and the
// signature is right.
func (f *forgery) signed(key ed25519.PrivateKey) []byte {
	var text, zipped bytes.Buffer
	if !f.asIs {
		if err := reports.WriteJSON(&text, f.run); err != nil {
			f.t.Fatal(err)
		}
		f.parts["run.json"] = text.Bytes()
	}
	w := gzip.NewWriter(&zipped)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, one := range f.exchanges {
		_ = lines.Encode(one)
	}
	_ = w.Close()
	f.parts["exchanges.jsonl.gz"] = zipped.Bytes()
	payload, err := json.Marshal(f.restated())
	if err != nil {
		f.t.Fatal(err)
	}
	signer, _ := dsse.NewEnvelopeSigner(ed25519Key{key})
	envelope, err := signer.SignPayload(f.t.Context(), certificate.PayloadType, payload)
	if err != nil {
		f.t.Fatal(err)
	}
	sealed, _ := json.MarshalIndent(envelope, "", "  ")
	f.parts["statement.dsse.json"] = append(sealed, '\n')
	return f.packed()
}

func (f *forgery) packed() []byte {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range f.order {
		data := f.parts[name]
		_ = w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data)), Typeflag: tar.TypeReg,
			Format: tar.FormatUSTAR})
		_, _ = w.Write(data)
	}
	_ = w.Close()
	return out.Bytes()
}

// restated is the statement with digests and lists that follow from the parts.
func (f *forgery) restated() map[string]any {
	sum := func(data []byte) string { s := sha256.Sum256(data); return hex.EncodeToString(s[:]) }
	var lines strings.Builder
	digests := map[string]string{}
	for _, name := range f.order[1:] {
		digests[name] = sum(f.parts[name])
		fmt.Fprintf(&lines, "%s  %s\n", digests[name], name)
	}
	subjects := f.statement["subject"].([]any)
	digests[subjects[0].(map[string]any)["name"].(string)] = sum([]byte(lines.String()))
	for _, one := range slices.Concat(subjects, f.predicate()["configuration"].([]any)) {
		it := one.(map[string]any)
		it["digest"] = map[string]any{"sha256": digests[it["name"].(string)]}
	}
	if !f.asIs {
		f.listed()
	}
	return f.statement
}

// listed fills the lists of tests and the verdict from the results.
func (f *forgery) listed() {
	lists := map[string][]string{"passedTests": {}, "warnedTests": {}, "failedTests": {}}
	of := map[reports.Verdict]string{reports.Pass: "passedTests", reports.Fail: "failedTests", reports.Missed: "warnedTests",
		reports.Waived: "warnedTests"}
	for _, r := range f.run.Results {
		if list := of[r.Verdict]; list != "" {
			lists[list] = append(lists[list], r.Requirement)
		}
	}
	for name, list := range lists {
		f.predicate()[name] = list
	}
	f.run.Summarise()
	f.says()["outcome"], f.says()["headline"] = f.run.Outcome(), f.run.Headline()
	if f.run.Outcome() == "conformant" {
		f.predicate()["result"], f.says()["level"] = "PASSED", "MUST and SHOULD"
	}
}

type ed25519Key struct{ key ed25519.PrivateKey }

func (k ed25519Key) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(k.key, data), nil
}

func (k ed25519Key) KeyID() (string, error) { return dsse.SHA256KeyID(k.key.Public()) }
