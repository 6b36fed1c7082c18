package contract

// forgivenOfPlaces are what is forgiven of paths, references and the document.
func forgivenOfPlaces() []forgiven {
	return []forgiven{
		{"a fragment behind a path",
			"components:\n",
			"  /books/{bookId}#short:\n    get:\n      operationId: short\n      parameters: [{name: " +
				"bookId, in: path, required: true, schema: {type: string}}, {name: fields, in: query, " +
				"required: true, schema: {type: string}}]\n      responses: {\"200\": {description: " +
				"Ok.}}\ncomponents:\n",
			"openapi.yaml:29:5: GET /books/{bookId}#short has the path of /books/{bookId} of line 6; " +
				"they are told apart by their required query."},
		{"a query behind a path",
			"components:\n",
			"  /books/{bookId}?view=short:\n    get:\n      operationId: short\n      parameters: " +
				"[{name: bookId, in: path, required: true, schema: {type: string}}]\n      responses: " +
				"{\"200\": {description: Ok.}}\ncomponents:\n",
			"openapi.yaml:29:5: GET /books/{bookId}?view=short has the path of /books/{bookId} of " +
				"line 6; they are told apart by their required query."},
		{"a reference to nothing",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"#/components/schemas/Cook\"}",
			"openapi.yaml:34:23: $ref \"#/components/schemas/Cook\" leads nowhere. Define it, or " +
				"correct the reference."},
		{"a reference to itself",
			"other: {$ref: \"#/components/schemas/Book\"}\n",
			"other: {$ref: \"#/components/schemas/A\"}\n    A: {$ref: \"#/components/schemas/A\"}\n",
			"openapi.yaml:34:23: $ref \"#/components/schemas/A\" leads back to itself (and in 1 more " +
				"place). Let it lead somewhere."},
		{"a reference into a path",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"#/paths/~1books~1{bookId}/get/parameters/0/schema\"}",
			""},
		{"a file that is not there",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"other.yaml#/Book\"}",
			"openapi.yaml:34:23: $ref \"other.yaml#/Book\" can't be read: there is no such file. Add " +
				"the file, or correct the reference."},
		{"a file outside of the folder",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"../other.yaml\"}",
			"openapi.yaml:34:23: $ref \"../other.yaml\" leads out of the folder, and is not followed. " +
				"Put what it refers to into the folder."},
		{"a reference to the web",
			"other: {$ref: \"#/components/schemas/Book\"}",
			"other: {$ref: \"https://example.com/book.yaml\"}",
			"openapi.yaml:34:23: $ref \"https://example.com/book.yaml\" leads out of the folder, and " +
				"is not followed. Put what it refers to into the folder."},
		{"a status that is none",
			"\"204\": {description: Done.}",
			"\"204\": {description: Done.}\n        ok: {description: Done.}",
			"openapi.yaml:28:9: \"ok\" is no status, and left out. Name each status by its three digits."},
		{"no answer",
			"      responses:\n        \"204\": {description: Done.}\n",
			"",
			"openapi.yaml:18:5: the operation documents no answer; any will do. Document every " +
				"status it can answer."},
		{"a body without content",
			"        required: true\n        content:\n          application/json: {schema: {$ref: " +
				"\"#/components/schemas/Book\"}}\n",
			"        required: true\n",
			"openapi.yaml:23:9: a request body without content is left out. Add content: " +
				"application/json with a schema."},
	}
}

// forgivenOfPlacesToo are more of them.
func forgivenOfPlacesToo() []forgiven {
	return []forgiven{
		{"callbacks",
			"      operationId: putBook\n",
			"      operationId: putBook\n      callbacks: {done: {}}\n",
			"openapi.yaml:20:7: callbacks are not sent."},
		{"servers of a path",
			"      operationId: putBook\n",
			"      operationId: putBook\n      servers: [{url: /other}]\n",
			"openapi.yaml:20:7: servers of single paths are not read: all is served below the first " +
				"of the document."},
		{"webhooks",
			"components:\n",
			"webhooks: {new: {}}\ncomponents:\n",
			"openapi.yaml:28:1: webhooks are not sent."},
		{"a key that nobody knows",
			"      operationId: putBook\n",
			"      operationId: putBook\n      sumary: Put\n",
			"openapi.yaml:20:7: \"sumary\" of an operation is not read."},
		{"an extension",
			"      operationId: putBook\n",
			"      operationId: putBook\n      x-any: {$ref: nowhere}\n",
			""},
		{"a security scheme that is not defined",
			"      operationId: putBook\n",
			"      operationId: putBook\n      security: [{key: []}]\n",
			"openapi.yaml:20:19: security scheme \"key\" is not defined, and not asked for. Describe " +
				"it under components/securitySchemes."},
		{"a security scheme of another kind",
			"components:\n",
			"components:\n  securitySchemes: {tls: {type: mutualTLS}}\n",
			"openapi.yaml:29:26: a security scheme of type \"mutualTLS\" is not asked for. Use http, " +
				"apiKey, oauth2 or openIdConnect."},
		{"a server that is none",
			"https://{host}.example.com/api/v1/",
			"http://a b",
			"openapi.yaml:3:17: server \"http://a b\" is no address; all is served at /. Write the " +
				"address of the service."},
		{"no title",
			"title: Shop, ",
			"",
			"openapi.yaml:2:7: info has no title. Add it."},
		{"a key twice",
			"      operationId: putBook\n",
			"      operationId: other\n      operationId: putBook\n",
			"openapi.yaml:20:7: key \"operationId\" is there twice; the last one counts. Keep one of them."},
		{"a later version",
			"openapi: 3.0.3",
			"openapi: 3.2.0",
			"openapi.yaml:1:10: OpenAPI 3.2.0 is read as 3.1."},
		{"an alias",
			"id: {type: string}\n        other: {$ref: \"#/components/schemas/Book\"}",
			"id: &text {type: string}\n        other: {<<: *text, maxLength: 3}",
			""},
	}
}
