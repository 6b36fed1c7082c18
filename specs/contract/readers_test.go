package contract

import (
	"strings"
	"testing"

	"rollcall/specs"
)

// readable is a document in which no reader's tool finds an error; the tests change one line.
const readable = `openapi: 3.0.3
info: {title: Rooms, version: "1"}
servers:
  - url: https://{where}.example.org
    variables: {where: {default: api}}
tags: [{name: rooms}, {name: bookings}]
security: [{key: []}]
paths:
  /rooms/{id}:
    get:
      operationId: getRoom
      summary: Read a room
      responses:
        "200": {description: The room.}
  /rooms:
    get:
      operationId: listRooms
      summary: List the rooms
      responses:
        "200": {$ref: "#/components/responses/Rooms"}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  responses:
    Rooms: {description: The rooms.}
  schemas:
    Room:
      type: object
      properties:
        nullable: {type: string}
        floor: {type: integer, enum: [0, 1]}
        names: {type: array, items: {type: string}}
        owner: {type: object, nullable: true, allOf: [{type: object}]}
`

func TestWhatReadersToolsRefuse(t *testing.T) {
	for _, row := range []struct{ name, old, with, want string }{
		{"nothing", "", "", ""},
		{"no servers", "servers:", "x-servers:", "names no servers"},
		{"a slash after the server", "url: https://{where}.example.org", "url: https://{where}.example.org/",
			"url ends in a slash"},
		{"a variable of nobody", "variables: {where", "variables: {elsewhere", `no variable "elsewhere"`},
		{"a variable that is not defined", "variables: {where", "variables: {elsewhere", `"where" that is not defined`},
		{"a variable without a default", "{default: api}", "{description: Where.}", "has no default"},
		{"a tag twice", "{name: bookings}", "{name: rooms}", `"rooms" is there twice`},
		{"a slash after a path", "  /rooms:", "  /rooms/:", "ends in a slash"},
		{"a query in a path", "  /rooms:", "  /rooms?all=1:", "holds a query"},
		{"one path twice", "  /rooms:", `  /rooms/{room}:`, "is the same as /rooms/{id}"},
		{"no summary", "summary: List the rooms", "tags: [rooms]", "has no summary"},
		{"no description", `"200": {description: The room.}`, `"200": {}`, "the answer 200 has no description"},
		{"a scheme of nobody", "security: [{key: []}]", "security: [{token: []}]", "scheme token is not defined"},
		{"one name for two", "    Rooms: {", "    Room: {", "has the name Room"},
		{"nullable without a type", "owner: {type: object, ", "owner: {", "nullable means nothing"},
		{"a list of nothing", "items: {type: string}", "maxItems: 3", "does not say of what"},
		{"an enum of another type", "enum: [0, 1]", "enum: [0, one]", "value one is no integer"},
	} {
		t.Run(row.name, func(t *testing.T) {
			document, line := readable, 0
			if row.old != "" {
				document, line = swap(t, readable, row.old, row.with)
			}
			found, err := (&Contract{Name: "rooms", Document: []byte(document)}).Unreadable()
			all := strings.Join(found, "\n")
			if err != nil || row.want == "" && all != "" || !strings.Contains(all, row.want) {
				t.Errorf("changed on line %d, it finds %q (%v), want %q", line, all, err, row.want)
			}
		})
	}
}

func TestReadersToolsTakeEveryContract(t *testing.T) {
	for _, name := range Names(specs.FS) {
		c, err := Load(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Unreadable()
		if err != nil || len(found) > 0 {
			t.Errorf("%s: %v\n%s", name, err, strings.Join(found, "\n"))
		}
	}
}
