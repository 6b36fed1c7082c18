package suite

import (
	"fmt"
	"strings"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// ownFault ends the case as broken when a request that is meant to be valid, by a
// sample or in a set-up, does not keep the contract: the target is not to be
// blamed for what it makes of it. A request that means to break the contract says
// so with client.Invalid, or is sent by Call.
func (env *Env) ownFault(operation string, options []client.Option) {
	op, ok := env.Contract().Operation(operation)
	if !ok {
		return // Call says so
	}
	request := client.NewRequest(op, options...)
	if request.Invalid || request.Method+request.Path+request.Base != "" {
		return
	}
	var wrong []string
	for _, v := range violations(op, request) {
		wrong = append(wrong, fmt.Sprintf("%s %s %s (%s, line %d of the contract)", v.In, v.Pointer, v.Message, v.Keyword, v.Line))
	}
	if len(wrong) > 0 {
		panic(fmt.Sprintf("the valid request for %s does not keep the contract: %s", operation, strings.Join(wrong, "; ")))
	}
}

func violations(op *contract.Operation, request client.Request) []contract.Violation {
	found := op.CheckBody(request.Body)
	for _, parameter := range op.Parameters {
		value, present := argument(parameter, request)
		found = append(found, op.CheckParameter(parameter, value, present)...)
	}
	return found
}

// argument is the value that the request has for a parameter.
func argument(parameter *contract.Parameter, request client.Request) (value string, present bool) {
	switch parameter.In {
	case "path":
		value, present = request.PathValues[parameter.Name]
		return value, present
	case "query":
		return strings.Join(request.Query[parameter.Name], ","), request.Query.Has(parameter.Name)
	case "header":
		value = request.Header.Get(parameter.Name) + request.Credential.Get(parameter.Name)
		return value, value != ""
	}
	return "", false
}
