package infer

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"rollcall/specs/contract"
)

var update = flag.Bool("update", false, "write what is inferred of the documents in testdata")

// TestDocuments holds what is inferred of small documents, each with the habits of a
// kind of API.
func TestDocuments(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			c, err := contract.Open(file)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			b := Behavior(c)
			whole(t, c, b)
			if err := Explain(&got, c, b); err != nil {
				t.Fatal(err)
			}
			var any yaml.Node
			if err := yaml.Unmarshal(got.Bytes(), &any); err != nil {
				t.Errorf("what is explained is no YAML: %v", err)
			}
			golden := strings.TrimSuffix(file, ".yaml") + ".golden"
			if *update {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want, err := os.ReadFile(golden); !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s is not what is inferred (%v):\n%s", golden, err, got.Bytes())
			}
		})
	}
}

// whole holds what is promised of every document: an act for each operation, in the
// contract's order, of resources that there are, each of a name of its own.
func whole(t *testing.T, c *contract.Contract, b *contract.Behavior) {
	t.Helper()
	if len(b.Operations) != len(c.Operations) {
		t.Fatalf("%d acts for %d operations", len(b.Operations), len(c.Operations))
	}
	known := map[string]bool{"": true}
	for _, m := range b.Resources {
		if known[m.Name] {
			t.Errorf("there are two resources %q", m.Name)
		}
		known[m.Name] = true
	}
	for i, a := range b.Operations {
		if a.Operation != c.Operations[i].ID {
			t.Errorf("act %d is of %s, not of %s", i, a.Operation, c.Operations[i].ID)
		}
		if !known[a.Resource] || !known[a.Under] || (a.Resource == "") != (a.Verb == contract.VerbReply) {
			t.Errorf("%s: %s of %q under %q", a.Operation, a.Verb, a.Resource, a.Under)
		}
		if a.Confidence < guess || a.Confidence > sure || a.Why == "" {
			t.Errorf("%s has confidence %d, because %q", a.Operation, a.Confidence, a.Why)
		}
		if (a.List != nil) != (a.Verb == contract.VerbList) {
			t.Errorf("%s: %s with the layout of a list: %v", a.Operation, a.Verb, a.List != nil)
		}
	}
	for _, m := range b.Resources {
		if m.Parent != nil && !known[m.Parent.Resource] {
			t.Errorf("%s stands below %q, which there is not", m.Name, m.Parent.Resource)
		}
	}
}
