package check

import (
	"encoding/json"
	"slices"
	"testing"

	"rollcall/conformance/client"
)

// TestAlmostJSON holds that none of the bodies is JSON, and that there are as many as there is something to spoil.
func TestAlmostJSON(t *testing.T) {
	for body, many := range map[string]int{
		`{"a":"b"}`: 3, `["a"]`: 2, `{"a":1}`: 3, `{"a":"it's"}`: 2, `{}`: 0, `[]`: 0, `"a"`: 0, ``: 0,
	} {
		found := almostJSON([]byte(body), "application/json")
		if len(found) != many || slices.ContainsFunc(found, func(d deviation) bool {
			return json.Valid(client.NewRequest(nil, d.option).Body) || d.who.Stated()
		}) {
			t.Errorf("%s: %d, or one that is JSON", body, len(found))
		}
	}
}
