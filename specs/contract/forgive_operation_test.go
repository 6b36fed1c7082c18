package contract

// forgivenOfOperations are what is forgiven of operations and their bodies.
func forgivenOfOperations() []forgiven {
	return []forgiven{
		{"no operationId",
			"      operationId: getBook\n",
			"",
			"openapi.yaml:6:5: GET /books/{bookId} has no operationId; here it is getBooksByBookId. " +
				"Give it an operationId."},
		{"an operationId twice",
			"operationId: putBook",
			"operationId: getBook",
			"openapi.yaml:19:20: operationId \"getBook\" is used twice; here it is getBook2. Give each " +
				"operation an id of its own."},
		{"several media types",
			"          application/json: {schema: {$ref: \"#/components/schemas/Book\"}}",
			"          text/xml: {}\n          application/json: {schema: {$ref: " +
				"\"#/components/schemas/Book\"}}",
			"openapi.yaml:26:11: of several media types application/json is served, and not text/xml."},
		{"an opaque body",
			"          application/json: {schema: {$ref: \"#/components/schemas/Book\"}}",
			"          text/xml: {schema: {type: string}}",
			"openapi.yaml:25:11: what is in a body of text/xml is not looked into."},
		{"a form",
			"          application/json: {schema: {$ref: \"#/components/schemas/Book\"}}",
			"          multipart/form-data: {schema: {$ref: \"#/components/schemas/Book\"}}",
			""},
		{"any media type",
			"          application/json: {schema: {$ref: \"#/components/schemas/Book\"}}",
			"          \"*/*\": {schema: {$ref: \"#/components/schemas/Book\"}}",
			"openapi.yaml:25:11: media type */* is served as application/json. Use application/json."},
		{"no schema",
			"          application/json: {schema: {$ref: \"#/components/schemas/Book\"}}",
			"          application/json: {}",
			"openapi.yaml:25:11: application/json has no schema, and takes anything. Give it a schema."},
		{"a bad example",
			"example: {id: b1}",
			"example: {id: 7}",
			"openapi.yaml:17:24: an example is left out: it breaks its schema at /id: must be a " +
				"string, got a number. Correct the example or the schema."},
		{"an example that is a reference",
			"example: {id: b1}",
			"example: {$ref: b1.json}",
			"openapi.yaml:17:15: an example with a $ref in it is left out. Write the value itself."},
		{"a parameter without schema",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: limit, in: query}",
			"openapi.yaml:10:11: parameter \"limit\" has no schema, and is read as a text. Give it a schema."},
		{"a parameter with content",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: limit, in: query, content: {application/json: {schema: {type: object}}}}",
			"openapi.yaml:10:36: the content of a parameter is not judged."},
	}
}

// forgivenOfOperationsToo are more of them.
func forgivenOfOperationsToo() []forgiven {
	return []forgiven{
		{"a cookie parameter",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: limit, in: cookie, schema: {type: integer}}",
			"openapi.yaml:10:11: cookie parameter \"limit\" is neither sent nor checked."},
		{"a header that is none",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: Accept, in: header, schema: {type: string}}",
			"openapi.yaml:10:11: header parameter Accept is left out, as OpenAPI says."},
		{"a parameter elsewhere",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: limit, in: body, schema: {type: integer}}",
			"openapi.yaml:10:11: parameter \"limit\" is in \"body\", and left out. Use path, query or header."},
		{"a parameter without a name",
			"{name: limit, in: query, schema: {type: integer}}",
			"{in: query, schema: {type: integer}}",
			"openapi.yaml:10:11: a parameter without name or place is left out. Give it a name, and " +
				"in: path, query or header."},
		{"a parameter twice",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: bookId, in: path, required: true, schema: {type: integer}}",
			"openapi.yaml:10:11: path parameter \"bookId\" is there twice; the first one counts. Keep " +
				"one of them."},
		{"a parameter that is not in the path",
			"{name: limit, in: query, schema: {type: integer}}",
			"{name: shelf, in: path, required: true, schema: {type: integer}}",
			"openapi.yaml:10:11: parameter \"shelf\" is not in the path /books/{bookId}, and left out. " +
				"Put it into the path."},
		{"a path parameter that isn't declared",
			"        - {name: bookId, in: path, required: true, schema: {type: string}}\n        - {name: limit",
			"        - {name: limit",
			"openapi.yaml:6:5: GET /books/{bookId}: {bookId} is not declared, and read as a text. " +
				"Declare it with in: path."},
		{"a path parameter that isn't required",
			"        - {name: bookId, in: path, required: true, schema: {type: string}}\n        - {name: limit",
			"        - {name: bookId, in: path, schema: {type: string}}\n        - {name: limit",
			"openapi.yaml:9:11: path parameter \"bookId\" is not marked as required, and is. Add " +
				"required: true."},
		{"a path without a slash",
			"  /books/{bookId}:",
			"  books/{bookId}:",
			"openapi.yaml:5:3: path \"books/{bookId}\" is read as /books/{bookId}. Start it with a slash."},
		{"a path that is open",
			"  /books/{bookId}:",
			"  /books/{bookId:\n    get: {}\n  /books/{bookId}:",
			"openapi.yaml:5:3: path \"/books/{bookId\" is left out: its braces don't match. Close each brace."},
		{"a name twice in a path",
			"  /books/{bookId}:",
			"  /books/{a}/{a}:\n    get: {}\n  /books/{bookId}:",
			"openapi.yaml:5:3: path \"/books/{a}/{a}\" is left out: it has one name twice. Name each once."},
		{"a path twice",
			"components:\n",
			"  /books/{id}:\n    get:\n      operationId: again\n      parameters: [{name: id, in: " +
				"path, required: true, schema: {type: string}}]\n      responses: {\"200\": {description: " +
				"Ok.}}\ncomponents:\n",
			"openapi.yaml:29:5: GET /books/{id} is left out: nothing tells it from /books/{bookId} " +
				"of line 6. Keep one of them."},
	}
}
