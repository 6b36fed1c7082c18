package check

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// parameterDeviations lists the ways to break one path, query or header
// parameter. A path value can't be left out, nor be empty.
func parameterDeviations(parameter *contract.Parameter, word string) []deviation {
	place := parameter.In + " parameter " + parameter.Name
	var found []deviation
	if parameter.Required && parameter.In != "path" {
		found = append(found, deviation{place, "required", parameter.By.Who("required"), unset(parameter)})
	}
	for _, wrong := range (badValues{word}).values(parameter.Schema) {
		text, ok := wireText(parameter.Schema, wrong)
		if !ok || text == "" && parameter.In != "query" || parameter.In == "path" && strings.Contains(text, "/") {
			continue
		}
		found = append(found, deviation{place, wrong.keyword, parameter.Schema.Who("", documented(wrong.keyword)),
			set(parameter, text)})
	}
	return found
}

// wireText returns the value as it stands in a URL; false when it is no fault
// there: on the wire everything is text.
func wireText(schema *contract.Schema, bad badValue) (string, bool) {
	var text string
	if string(bad.raw) == "null" { // nothing at all, which is a text
		kinds := types(schema)
		return "", !slices.Contains(kinds, "string") && !slices.Contains(kinds, "array")
	}
	if json.Unmarshal(bad.raw, &text) == nil {
		return text, true
	}
	if bad.keyword == "type" && (schema.Type == "string" || schema.Type == "array") {
		return "", false
	}
	return string(bad.raw), bad.keyword != "null" && bad.raw[0] != '{' && bad.raw[0] != '['
}

func set(parameter *contract.Parameter, text string) client.Option {
	switch parameter.In {
	case "path":
		return client.Path(parameter.Name, text)
	case "query":
		return client.Query(parameter.Name, text)
	case "header":
		return client.Header(parameter.Name, text)
	}
	panic(fmt.Sprintf("check: a parameter in %q", parameter.In))
}

func unset(parameter *contract.Parameter) client.Option {
	if parameter.In == "query" {
		return client.Query(parameter.Name)
	}
	return client.Header(parameter.Name, "")
}
