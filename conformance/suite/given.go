package suite

import (
	"maps"
	"slices"

	"rollcall/specs/contract"
	"rollcall/specs/format"
)

// givenProblems lists what is given in place of a number and is none, such as NaN: no JSON can
// hold it. Whether a member is a number the bodies of the contract say.
func givenProblems(t *Target, c *contract.Contract) (found []string) {
	numbers, others := map[string]bool{}, map[string]bool{}
	for _, op := range c.Operations {
		if op.Body == nil || op.Body.Schema == nil {
			continue
		}
		for _, schema := range append([]*contract.Schema{op.Body.Schema}, op.Body.Schema.AllOf...) {
			for _, member := range schema.Properties {
				kind := others
				if member.Schema.Type == "number" || member.Schema.Type == "integer" {
					kind = numbers
				}
				kind[member.Name] = true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Given)) {
		if _, ok := format.Decimal(t.Given[name]); numbers[name] && !others[name] && !ok {
			found = append(found, t.At("given", name)+" has to be a number, such as 51.5")
		}
	}
	return found
}
