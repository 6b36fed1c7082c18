package main_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// goWords are words of Go and its libraries, which say nothing to whoever called the control API.
var goWords = regexp.MustCompile(`unmarshal|strconv|json: |jsontext|json\.|invalid character|` +
	`Go (?:value|struct|type)|struct field|\b(?:u?int(?:8|16|32|64)|float64|\[\]string|map\[)|time\.|parsing time|` +
	`panic|runtime|\.go:\d|%!|unexpected EOF|admin\.|journal\.|fault\.|engine\.|<nil>|reflect`)

// TestControlAPISpeaksPlainly sends every body that is wrong, of every kind that is known, to
// every operation that takes one, and every parameter what it can't be.
func TestControlAPISpeaksPlainly(t *testing.T) {
	_, base := mockOf(t, "", "council")
	_, text := controlled(t, base, "GET", "/openapi.json", "", nil)
	var document any
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	controlled(t, base, "POST", "/worlds", "", nil)
	asked, refused := 0, 0
	ask := func(method, path, body string, must bool) {
		t.Helper()
		res, said := controlled(t, base, method, path, body, nil)
		asked++
		if res.StatusCode >= 400 {
			refused++
		}
		if must && res.StatusCode < 400 || res.StatusCode >= 500 {
			t.Errorf("%s %s %.200q is answered %d %.200s", method, path, body, res.StatusCode, said)
		}
		var told struct{ Error string }
		found := goWords.FindString(string(said))
		if res.StatusCode >= 400 && (found != "" || json.Unmarshal(said, &told) != nil || told.Error == "") {
			t.Errorf("%s %s %.200q is answered in words of Go (%q): %.300s", method, path, body, found, said)
		}
	}
	paths := at(document, "paths").(map[string]any)
	for template, item := range paths {
		path := strings.TrimPrefix(strings.NewReplacer("{id}", "w1", "{contract}", "council", "{table}", "ward", "{record}",
			"ward-1", "{fault}", "f1").Replace(template), "/__admin")
		for method, op := range item.(map[string]any) {
			method = strings.ToUpper(method)
			if method == "DELETE" || method == "PARAMETERS" || strings.HasSuffix(path, "/events") {
				continue
			}
			for _, query := range badQueries(document, op) {
				ask(method, path+"?"+query, "", false)
			}
			schema := at(document, op, "requestBody", "content", "application/json", "schema")
			if schema == nil {
				continue
			}
			for _, body := range []string{"{", "[", `"`, "nul", "[]", `"x"`, "7", "true", "{}x", "{}{}", `{"a":1,"a":2}`, " ",
				"\xff", `{"a":"` + "\xff" + `"}`, strings.Repeat("[", 20000), strings.Repeat(`{"a":`, 20000), `{"no such":1}`,
				"{'a':1}"} {
				ask(method, path, body, true)
			}
			for _, body := range badBodies(document, schema, 3) {
				ask(method, path, body, false)
				ask(method, path, body[:len(body)-1], true)
			}
		}
	}
	if asked < 1000 || refused < 500 {
		t.Errorf("only %d calls were made, and %d refused: where does the document say what bodies have?", asked, refused)
	}
}

// at walks from one member to the next, and along references; nil when there is none.
func at(document any, names ...any) any {
	node := document
	for _, name := range names {
		text, ok := name.(string)
		if !ok {
			node = name
			continue
		}
		object, _ := resolve(document, node).(map[string]any)
		node = object[text]
	}
	return resolve(document, node)
}

func resolve(document, node any) any {
	object, _ := node.(map[string]any)
	ref, ok := object["$ref"].(string)
	if !ok {
		return node
	}
	found := document
	for name := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
		found = found.(map[string]any)[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]
	}
	return found
}

// badBodies are objects each with one member of every kind of value there is, the members
// of members, too.
func badBodies(document, schema any, deep int) (bodies []string) {
	if deep == 0 {
		return nil
	}
	if items := at(document, schema, "items"); items != nil {
		for _, inner := range badBodies(document, items, deep-1) {
			bodies = append(bodies, "["+inner+"]")
		}
	}
	members := map[string]any{}
	parts := []any{schema}
	for _, word := range []string{"oneOf", "anyOf", "allOf"} {
		more, _ := at(document, schema, word).([]any)
		parts = append(parts, more...)
	}
	for _, part := range parts {
		named, _ := at(document, part, "properties").(map[string]any)
		for name, of := range named {
			members[name] = of
		}
		if more, ok := at(document, part, "additionalProperties").(map[string]any); ok {
			members["any"] = more
		}
	}
	for name, of := range members {
		values := append(badBodies(document, of, deep-1), `null`, `true`, `7`, `1.5`, `-1`, `1e400`,
			`99999999999999999999`, `"x"`, `""`, `"2026-13-45T99:00:00Z"`, `"10 parsecs"`, `[]`, `[1]`, `[[1]]`,
			`["x"]`, `{}`, `{"x":{}}`, `{"x":1,"x":2}`)
		for _, value := range values {
			bodies = append(bodies, fmt.Sprintf("{%q:%s}", name, value))
		}
	}
	slices.Sort(bodies)
	return bodies
}

// badQueries give each parameter of an operation what it can't be.
func badQueries(document, operation any) []string {
	queries := []string{"no=1", "a=%zz", "a;b", "limit=1&limit=2"}
	parameters, _ := at(document, operation, "parameters").([]any)
	for _, p := range parameters {
		if name, ok := at(document, p, "name").(string); ok && at(document, p, "in") == "query" {
			for _, value := range []string{"", "x", "-1", "1.5", "99999999999999999999", "noon", "2026-13-45T99:00:00Z", "(",
				"$[", "\x00"} {
				queries = append(queries, name+"="+url.QueryEscape(value))
			}
		}
	}
	return queries
}
