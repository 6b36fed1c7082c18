package suite

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// mustBeValid ends the case as broken when a request that is meant to be valid, by a
// sample or in a set-up, does not keep the contract: the target is not at
// fault for what it makes of it. That concerns only what the suite made up. What
// the target itself answered or its file gives, such as an id, is sent as it is,
// and so is all of a request with client.Echo. A request that means to break the
// contract says so with client.Invalid, or is sent by Call.
func (env *Env) mustBeValid(operation string, options []client.Option) {
	op, ok := env.Contract().Operation(operation)
	if !ok {
		return // Call says so
	}
	if wrong := env.unmeant(op, client.NewRequest(op, options...)); wrong != "" {
		panic(fmt.Sprintf("the request that the suite made up for %s does not keep the contract: %s", operation, wrong))
	}
}

// mustHaveBeenValid ends the case as broken when a request of which a success is expected does not keep
// the contract, and the suite did not mean that.
func (env *Env) mustHaveBeenValid(exchange *client.Exchange) {
	request, ok := env.run.asked[exchange]
	if !ok || exchange.Operation == nil {
		return
	}
	if wrong := env.unmeant(exchange.Operation, request); wrong != "" {
		panic(fmt.Sprintf("a success is expected of %s, and the request does not keep the contract: %s",
			exchange.Operation.ID, wrong))
	}
}

// unmeant says how a request breaks the contract without meaning to, "" when it does not.
func (env *Env) unmeant(op *contract.Operation, request client.Request) string {
	if request.Invalid || request.Echo || request.Method+request.Path+request.Base != "" {
		return ""
	}
	var wrong []string
	for _, v := range violations(op, request) {
		value := valueOf(op, request, v)
		// The suite makes no empty id up: an answer lacked it, which the case says by itself.
		lacked := v.In == "path" && value == "" && v.Keyword != "required"
		if lacked || env.run.fromTarget(value) || env.movedToBody(op, request, v) {
			continue
		}
		wrong = append(wrong, fmt.Sprintf("%s %s %s (%s, line %d of the contract)", v.In, v.Pointer,
			v.Message, v.Keyword, v.Line))
	}
	return strings.Join(wrong, "; ")
}

// movedToBody says whether a parameter that the query lacks is a member of the body instead, as
// it has to be where the target has another method for the operation than the document.
func (env *Env) movedToBody(op *contract.Operation, request client.Request, v contract.Violation) bool {
	return v.In == "query" && env.Method(op) != op.Method && valueAt(request.Body, v.Pointer).Exists()
}

// valueOf returns the value that a violation is about, as text; "" when there is none,
// or more than one value in it.
func valueOf(op *contract.Operation, request client.Request, v contract.Violation) string {
	if v.In != "body" {
		for _, parameter := range op.Parameters {
			if parameter.In == v.In && "/"+parameter.Name == v.Pointer {
				value, _ := argument(parameter, request)
				return value
			}
		}
		return ""
	}
	value := valueAt(request.Body, v.Pointer)
	if value.IsObject() || value.IsArray() {
		return ""
	}
	return value.String()
}

// fromTarget tells whether a value is not of the suite's making: one that the target
// answered earlier in the case, or that its file gives.
func (c *caseRun) fromTarget(value string) bool {
	if value == "" {
		return false
	}
	given := slices.Collect(maps.Values(c.session.target.Given))
	for _, persona := range c.session.target.Personas {
		given = slices.AppendSeq(given, maps.Values(persona.Info))
	}
	return slices.Contains(given, value) || slices.ContainsFunc(c.exchanges, func(e *client.Exchange) bool {
		return e.Success() && gjson.ValidBytes(e.Body) && holds(gjson.ParseBytes(e.Body), value)
	})
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
