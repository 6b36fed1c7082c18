package contract

// forgivenOfSchemas are what is forgiven of schemas.
func forgivenOfSchemas() []forgiven {
	return []forgiven{
		{"a schema beside its reference",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"#/components/schemas/Book\", nullable: true}",
			"openapi.yaml:34:23: keywords beside $ref are read as if it stood in allOf. Put the " +
				"reference into allOf."},
		{"an unread keyword",
			"id: {type: string}",
			"id: {type: string, not: {}}",
			"openapi.yaml:33:28: \"not\" of a schema is not read."},
		{"a discriminator",
			"    Book:\n",
			"    Book:\n      discriminator: {propertyName: id}\n",
			"openapi.yaml:31:7: discriminator is not read: alternatives are told apart by their schemas."},
		{"an enum without null",
			"id: {type: string}",
			"id: {type: string, nullable: true, enum: [b1]}",
			"openapi.yaml:33:50: the schema is nullable, but its enum has no null; it is taken all " +
				"the same. List null in the enum."},
		{"an enum of another type",
			"id: {type: string}",
			"id: {type: string, enum: [b1, 2]}",
			"openapi.yaml:33:39: the enum's value 2 is no string, and read as one. Correct it, or the type."},
		{"an enum without values",
			"id: {type: string}",
			"id: {type: string, enum: []}",
			"openapi.yaml:33:34: an enum without values is left out. List the values."},
		{"a bad pattern",
			"id: {type: string}",
			"id: {type: string, pattern: \"(\"}",
			"openapi.yaml:33:37: pattern \"(\" can't be read, and is left out. Correct the expression."},
		{"a number for a pattern",
			"id: {type: string}",
			"id: {type: string, pattern: 7}",
			"openapi.yaml:33:37: pattern \"7\" can't be read, and is left out. Correct the expression."},
		{"a number as a text",
			"id: {type: string}",
			"id: {type: string, maxLength: \"7\"}",
			"openapi.yaml:33:39: maxLength is written as a text, and read as a whole number from 0. " +
				"Write it so."},
		{"a limit that is none",
			"id: {type: string}",
			"id: {type: string, maxLength: long}",
			"openapi.yaml:33:39: maxLength is not a whole number from 0, and left out. Write it so."},
	}
}

// forgivenOfSchemasToo are more of them.
func forgivenOfSchemasToo() []forgiven {
	return []forgiven{
		{"a type by another name",
			"id: {type: string}",
			"id: {type: String}",
			"openapi.yaml:33:20: type \"String\" is read as string."},
		{"a type that does not exist",
			"id: {type: string}",
			"id: {type: thing}",
			"openapi.yaml:33:20: type \"thing\" does not exist, and is left out. Use string, integer, " +
				"number, boolean, object or array."},
		{"an array of nothing",
			"id: {type: string}",
			"id: {type: array}",
			"openapi.yaml:17:24: an example is left out: it breaks its schema at /id: must be an " +
				"array, got a string. Correct the example or the schema.\nopenapi.yaml:33:20: an array " +
				"without items takes any. Add items."},
		{"items for each place",
			"id: {type: string}",
			"id: {type: array, items: [{type: string}]}",
			"openapi.yaml:17:24: an example is left out: it breaks its schema at /id: must be an " +
				"array, got a string. Correct the example or the schema.\nopenapi.yaml:33:34: items lists " +
				"schemas, which is not read: any items will do. Write one schema for all."},
		{"required as a flag",
			"id: {type: string}",
			"id: {type: string, required: true}",
			"openapi.yaml:33:38: required is no list, and left out. List the members that have to be " +
				"there, beside properties."},
		{"both ways only",
			"id: {type: string}",
			"id: {type: string, readOnly: true, writeOnly: true}",
			"openapi.yaml:33:55: what is readOnly and writeOnly is read as readOnly. Keep one of them."},
		{"a schema that is a text",
			"id: {type: string}",
			"id: string",
			"openapi.yaml:33:13: the schema is no mapping, and takes anything. Make it a mapping."},
		{"a schema that takes nothing",
			"id: {type: string}",
			"id: false",
			"openapi.yaml:33:13: a schema that takes nothing is not read, and takes anything. Leave it out."},
		{"words of 3.1 in 3.0",
			"id: {type: string}",
			"id: {const: b1}",
			"openapi.yaml:33:21: const is written as in OpenAPI 3.1, and read so."},
		{"a schema that is a part of itself",
			"      type: object\n",
			"      allOf: [{$ref: \"#/components/schemas/Book\"}]\n",
			"openapi.yaml:31:22: schema Book is a part of itself; here it takes anything. Break the circle."},
	}
}
