package independent_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// plain is the name under which the plainest server stands in a book.
const plain = "plain"

// book is what the suite tells of one implementation: of each habit the recommendations
// that it goes against, of each fault the demands that it breaks. Who changes a case looks
// at the change here: a recommendation that has nothing to do with the habit is unfair.
type book struct {
	Misses map[string][]string `json:"misses"`
	Fails  map[string][]string `json:"fails"`
	file   string
}

func bookOf(t *testing.T, contract string) *book {
	t.Helper()
	b := &book{Misses: map[string][]string{}, Fails: map[string][]string{}, file: filepath.Join("testdata", contract+".json")}
	data, err := os.ReadFile(b.file)
	if os.IsNotExist(err) && *update {
		return b
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, b); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *book) write(t *testing.T) {
	t.Helper()
	for _, told := range []map[string][]string{b.Misses, b.Fails} {
		for name := range told {
			slices.Sort(told[name])
			if told[name] = slices.Compact(told[name]); len(told[name]) == 0 {
				delete(told, name)
			}
		}
	}
	data, err := json.MarshalIndent(b, "", "  ")
	if err == nil {
		err = os.WriteFile(b.file, append(data, '\n'), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
