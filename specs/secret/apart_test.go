package secret_test

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/specs/secret"
)

// Of a secret that an answer sends back, no part is told that a reader cuts out of it; one that no answer
// has sent back keeps its parts, which may be ordinary words.
func TestPartsOfWhatIsSentBack(t *testing.T) {
	const whole = "Quince/4KqHARBOURzTA&HeronKLM"
	parts := []string{"Quince", "4KqHARBOURzTA", "HeronKLM"}
	header := func(name, value string) http.Header { return http.Header{name: {value}} }
	for name, row := range map[string]struct {
		header http.Header
		body   string
	}{
		"an address":                 {header("Location", "http://x/wards/"+whole), ""},
		"an address with escapes":    {header("Location", "/wards/Quince%2F4KqHARBOURzTA%26HeronKLM"), ""},
		"a link":                     {header("Link", "</wards?after="+whole+">; rel=next"), ""},
		"any other header":           {header("X-Trace", "00-"+strings.ToLower(whole)), ""},
		"an id":                      {nil, `{"id":"` + whole + `"}`},
		"an id with a slash escaped": {nil, `{"id":"` + strings.ReplaceAll(whole, "/", `\/`) + `"}`},
		"a link with signs escaped":  {nil, `{"next":"/wards?after=` + strings.ReplaceAll(whole, "&", `\u0026`) + `"}`},
	} {
		k := &secret.Keeper{}
		k.Add(whole)
		k.Apart(http.Header{"Location": {"/wards/Quince"}}, []byte(`{"id":"Quince"}`))
		if told := k.Cut("Quince is made"); told != "Quince is made" {
			t.Errorf("%s: an ordinary word is told as %s", name, told)
		}
		k.Apart(row.header, []byte(row.body))
		for _, part := range parts {
			if told := k.Cut(part + " is made"); strings.Contains(told, part) {
				t.Errorf("%s: the part %s is told", name, part)
			}
		}
	}
}
