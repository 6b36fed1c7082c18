package contract

import _ "embed"

// BehaviorSchemaFile is what the schema of a behavior.yaml is called beside one.
const BehaviorSchemaFile = "behavior.schema.json"

//go:embed behavior.schema.json
var behaviorSchema []byte

// BehaviorSchema is the JSON Schema of a behavior.yaml, of draft 2020-12, with which editors
// complete and check it. ReadBehavior knows more: which names there are.
func BehaviorSchema() []byte { return behaviorSchema }
