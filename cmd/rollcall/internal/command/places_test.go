package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// No file of a command is written over another one of it, by whatever name it is called.
func TestFilesOfACommandAreApart(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	document, err := os.ReadFile("../../../../specs/council/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]string{"kept.db": "kept", "kept.db-wal": "kept", "run.json": "a run",
		"shop/openapi.yaml": string(document), "key": "a key"}
	if err := os.Mkdir(at("shop"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range there {
		if err := os.WriteFile(at(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, err := range map[string]error{"symbolic link": os.Symlink("kept.db", at("link.db")),
		"hard link": os.Link(at("kept.db"), at("twin.db")), "hard link of a report": os.Link(at("run.json"), at("twin.json"))} {
		if err != nil {
			t.Skip(name, err)
		}
	}
	for name, args := range map[string][]string{
		"a state":           {"state", "export", at("kept.db"), "--out", at("kept.db")},
		"by a link":         {"state", "export", at("kept.db"), "--out", at("link.db")},
		"by another name":   {"state", "export", at("kept.db"), "--out", at("twin.db")},
		"its log":           {"state", "export", at("kept.db"), "--out", at("kept.db-wal")},
		"imported":          {"state", "import", at("kept.db"), at("kept.db")},
		"two reports":       {"test", "council", "--json", at("run.json"), "--html", at("twin.json")},
		"reports to come":   {"test", "council", "--json", at("new"), "--html", dir + "/../" + filepath.Base(dir) + "/new"},
		"the contract":      {"test", at("shop/openapi.yaml"), "--json", at("shop/openapi.yaml")},
		"the folder's":      {"mutate", at("shop"), "--json", at("shop/openapi.yaml")},
		"a signed contract": {"certify", "council", "--key", at("key"), "--out", at("key")},
		"a target's schema": {"init", "target", "council", "--out", at("target.schema.json")},
		"the port's":        {"mock", "council", "--state", at("kept.db"), "--port-file", at("kept.db")},
		"of the data":       {"mock", "council", "--data", dir, "--port-file", at("run.json")},
		"a ledger":          {"test", "council", "--config", at("key"), "--ledger", at("key")},
	} {
		t.Run(name, func(t *testing.T) {
			said, code := messages(t, args...)
			if code != int(ExitUsage) || !strings.Contains(said, "name the same file") {
				t.Errorf("it ends with %d and says\n%s", code, said)
			}
		})
	}
	for name, text := range there {
		if raw, err := os.ReadFile(at(name)); err != nil || string(raw) != text {
			t.Errorf("%s has %d bytes now (%v)", name, len(raw), err)
		}
	}
}
