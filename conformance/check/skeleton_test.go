package check_test

import (
	"encoding/json"

	"rollcall/specs/contract"
)

// skeleton returns a body with every member of the schema down to four levels.
// It keeps types only: enough to hang mutations on.
func skeleton(schema *contract.Schema, depth int) []byte {
	data, err := json.Marshal(bare(schema, depth))
	if err != nil {
		panic(err)
	}
	return data
}

func bare(schema *contract.Schema, depth int) any {
	switch {
	case schema == nil || depth > 4:
		return nil
	case len(schema.AnyOf) > 0:
		return bare(schema.AnyOf[0], depth)
	case schema.Type == "array":
		return []any{bare(schema.Items, depth+1)}
	case schema.Type == "object" || len(schema.Flat()) > 0:
		members := map[string]any{}
		for _, property := range schema.Flat() {
			members[property.Name] = bare(property.Schema, depth+1)
		}
		return members
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case schema.Type == "integer" || schema.Type == "number":
		return 1
	case schema.Type == "boolean":
		return true
	}
	return "x"
}
