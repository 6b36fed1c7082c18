package check

import (
	"testing"

	"rollcall/conformance/client"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// What the checks call a fault in a parameter is one to the contract's own
// validators too.
func TestParameterDeviationsOfTheRealContracts(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			t.Logf("%s does not load yet: %v", name, err)
			continue
		}
		for _, op := range c.Operations {
			for _, parameter := range op.Parameters {
				for _, broken := range parameterDeviations(parameter, "abcd") {
					value, present := sent(op, parameter, broken.option)
					if len(op.CheckParameter(parameter, value, present)) == 0 {
						t.Errorf("%s %s: %s %s is no fault: %q", name, op.ID, broken.place, broken.keyword, value)
					}
				}
			}
		}
	}
}

func sent(op *contract.Operation, parameter *contract.Parameter, option client.Option) (string, bool) {
	request := client.NewRequest(op, option)
	switch parameter.In {
	case "path":
		value, ok := request.PathValues[parameter.Name]
		return value, ok
	case "query":
		return request.Query.Get(parameter.Name), request.Query.Has(parameter.Name)
	}
	return request.Header.Get(parameter.Name), request.Header.Get(parameter.Name) != ""
}

func TestEveryDerivedRequirementHasItsCases(t *testing.T) {
	for _, name := range contract.Names(specs.FS) {
		c, err := contract.Load(specs.FS, name)
		if err != nil {
			continue // the test above says so
		}
		has := map[string]bool{}
		for _, item := range Cases(c, nil, nil) {
			has[item.Requirement] = true
		}
		for _, requirement := range c.Requirements {
			if requirement.Check != "" && !has[requirement.ID] {
				t.Errorf("%s has no case", requirement.ID)
			}
		}
	}
}
