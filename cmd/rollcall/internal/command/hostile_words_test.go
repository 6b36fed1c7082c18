package command

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What a target names its callers and its values is as fit to be printed as what it answers.
func TestADoctorPrintsNamesOfATarget(t *testing.T) {
	quoted, err := json.Marshal(foul)
	if err != nil {
		t.Fatal(err)
	}
	var target *httptest.Server
	target = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(q.URL.Path, "/targets/") {
			fmt.Fprint(w, strings.ReplaceAll(`{"contract":"council","url":"`+target.URL+`","personas":{"default":{"headers":
				{"X-Api-Key":"a-key-of-it"}},F:{"headers":{"X-Api-Key":"another-key"}}},"given":{F:F}}`, "F", string(quoted)))
			return
		}
		fmt.Fprintf(w, `[{"id":%s}]`, quoted)
	}))
	defer target.Close()
	for _, more := range []string{"", "--json"} {
		told, out := separately(strings.Fields("doctor council --target " + target.URL + " " + more)...)
		if line := unfit(told + out); line != "" {
			t.Errorf("doctor %s prints %q", more, line)
		}
		if !strings.Contains(out, "PWN") {
			t.Errorf("doctor %s says nothing of what nobody asks for: %s%s", more, told, out)
		}
		if more != "" && !json.Valid([]byte(out)) {
			t.Errorf("doctor prints no JSON: %s", out)
		}
	}
}

// A document is anybody's, and so are its words.
func TestWordsOfADocumentArePrinted(t *testing.T) {
	quoted, err := json.Marshal(foul)
	if err != nil {
		t.Fatal(err)
	}
	document := strings.ReplaceAll(`{"openapi":"3.0.3","info":{"title":F,"version":F,"description":F},
		"tags":[{"name":"a","description":F}],"paths":{"/things":{
		"get":{"operationId":"listThings","summary":F,"description":F,"tags":["a"],"responses":{"200":{"description":F,
		"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Thing"}}}}}}},
		"post":{"operationId":"createThing","summary":F,"requestBody":{"content":{"application/json":{"schema":
		{"$ref":"#/components/schemas/Thing"}}}},"responses":{"201":{"description":F,"content":{"application/json":{"schema":
		{"$ref":"#/components/schemas/Thing"}}}}}}}},"components":{"schemas":{"Thing":{"type":"object","properties":{
		"id":{"type":"string"},F:{"type":"string","enum":[F],"default":F,"description":F}}}}}}`, "F", string(quoted))
	path := filepath.Join(t.TempDir(), "openapi.json")
	if err := os.WriteFile(path, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range []string{"list contracts --contract", "list operations --contract",
		"list requirements --json --contract", "list requirements --contract", "list contracts --json --contract", "explain",
		"init --out " + path + ".made", "lint"} {
		told, out := separately(append(strings.Fields(args), path)...)
		if line := unfit(told + out); line != "" {
			t.Errorf("%s prints %q", args, line)
		}
		if told+out == "" {
			t.Errorf("%s prints nothing", args)
		}
	}
}

// What was to be an address, and was typed in the wrong place or the wrong form, is told without
// the password in it, and makes no file of its name.
func TestMistypedAddressesAreToldWithoutPasswords(t *testing.T) {
	t.Chdir(t.TempDir())
	const password = "pgPassQ1"
	for _, args := range [][]string{
		{"mock", "council", "--port", "0", "--state", "host=h password=" + password + " dbname=x"},
		{"mock", "council", "--port", "0", "--state", "postgres//u:" + password + "@h/db"},
		{"mock", "council", "--port", "0", "--state", "u:" + password + "@h/db"},
		{"mock", "council", "--port", "0", "--state", "mysql:u:" + password},
		{"state", "verify", "dbname=x password = '" + password + "'"},
		{"state", "import", "Postgres:/u:" + password + "@h/db", "x"},
		{"test", "council", "--target", "http://127.0.0.1:9/;key=" + password},
		{"doctor", "council", "--target", "http://127.0.0.1:9/a;key=" + password + "/b"},
		{"health", "http://u:" + password + "@h"},
		{"mock", "http://u:" + password + "@h"},
		{"explain", "http://u:" + password + "@h"},
	} {
		told, out := separately(args...)
		if told == "" || strings.Contains(told+out, password) {
			t.Errorf("%q is answered %s%s", args, told, out)
		}
	}
	if made, err := os.ReadDir("."); err != nil || len(made) > 0 {
		t.Errorf("there is %v now (%v)", made, err)
	}
}
