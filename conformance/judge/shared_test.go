package judge

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/specs/contract"
)

// diamonds is a document of schemas each of which is made of the next one twice.
func diamonds(t *testing.T, form string, levels int) *Judge {
	t.Helper()
	doc := `openapi: 3.0.3
info: {title: Diamonds, version: "1"}
paths:
  /things:
    get:
      operationId: getThing
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/S0"}}}}}
components:
  schemas:
`
	for i := range levels {
		ref := fmt.Sprintf(`{$ref: "#/components/schemas/S%d"}`, i+1)
		doc += fmt.Sprintf("    S%d: %s\n", i, strings.ReplaceAll(form, "NEXT", ref))
	}
	doc += fmt.Sprintf("    S%d: {type: object, required: [x], properties: {x: {type: string}}}\n", levels)
	file := filepath.Join(t.TempDir(), "diamonds.yaml")
	if err := os.WriteFile(file, []byte(doc), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := contract.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	j, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// Each level doubles the ways to the last schema. Twice as many levels take about twice as
// long all the same, and what is wrong is told.
func TestSharedPartsAreJudgedInTime(t *testing.T) {
	const few, times, most = 10, 2, 20
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for name, form := range map[string]string{
		"all":     `{allOf: [NEXT, NEXT]}`,
		"any":     `{anyOf: [NEXT, NEXT]}`,
		"one":     `{oneOf: [NEXT, {type: string}]}`,
		"members": `{type: object, required: [a, b], properties: {a: NEXT, b: NEXT}}`,
		"deep":    `{anyOf: [{type: object, properties: {a: NEXT}}, {type: object, properties: {a: NEXT}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			took := func(levels int) time.Duration {
				j, all := diamonds(t, form, levels), time.Duration(0)
				for _, body := range []string{`{"x":1}`, `{"x":"a"}`, strings.Repeat(`{"a":`, levels) + `{"x":1}` +
					strings.Repeat("}", levels)} {
					began := time.Now()
					findings := j.Look(Answer{Operation: "getThing", Method: "GET", Status: 200,
						Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(body)})
					all += time.Since(began)
					if len(findings) == 0 && body == `{"x":1}` && name != "deep" {
						t.Errorf("nothing is found in %s of %d levels", body, levels)
					}
				}
				return all
			}
			if small, large := took(few), took(times*few); large > most*max(small, 10*time.Millisecond) {
				t.Errorf("%d levels take %s, %d take %s", few, small, times*few, large)
			}
		})
	}
}
