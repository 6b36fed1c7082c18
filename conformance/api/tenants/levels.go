package tenants

import (
	"reflect"
	"strings"

	"rollcall/conformance/client"
)

// settledElsewhere says whether a member is one of the levels of an assessment of which the answer
// has none as it was sent: whoever takes them from the assessments themselves takes none from a
// body, and loses none.
func settledElsewhere(answer *client.Exchange, member string, sent map[string]any) bool {
	for _, kind := range []string{"IA", "diag"} {
		if !strings.HasPrefix(member, kind) {
			continue
		}
		for _, level := range texts() {
			if value, set := sent[level]; set && strings.HasPrefix(level, kind) &&
				reflect.DeepEqual(answer.Get(level).Value(), value) {
				return false
			}
		}
		return true
	}
	return false
}
