package contract

import (
	"fmt"
	"strings"
	"testing"
)

// The bodies on which libraries were found to differ, and the right verdict on
// each.
func TestVerdictsThatLibrariesGetWrong(t *testing.T) {
	const person = "{type: object, required: [id, name, secret], properties: {" +
		"id: {type: integer, format: int64, readOnly: true}, name: {type: string}, secret: {type: string, writeOnly: true}, " +
		"level: {type: string, nullable: true, enum: [a, b, null]}, small: {type: integer, format: int32}, " +
		"big: {type: integer, format: int64}, born: {type: string, format: date}, seen: {type: string, format: date-time}, " +
		"mail: {type: string, format: email}, home: {type: string, format: uri}, key: {type: string, format: uuid}, " +
		`word: {type: string, pattern: '^(?=.*[a-z])(?=.*\d).+$'}, free: {}, open: {type: object}, ` +
		"score: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 10}, tags: {type: array, maxItems: 2, " +
		"items: {type: string, maxLength: 3}}, price: {type: number, multipleOf: 0.01}, pair: {type: integer, multipleOf: 2}, " +
		"set: {type: array, uniqueItems: true, items: {}}}}"
	op := operationFrom(t, person)
	for _, row := range []struct{ name, members, want string }{
		{"minimal", ``, ""},
		{"readOnly in a request", `"id": 7`, ""},
		{"readOnly of another type is ignored", `"id": "x"`, ""},
		{"undeclared members", `"other": 1, "open": {"a": {"b": 1}}, "free": [1]`, ""},
		{"null in a nullable enum", `"level": null`, ""},
		{"outside the enum", `"level": "c"`, "body /level enum"},
		{"int32 at its end", `"small": 2147483647`, ""},
		{"int32 overflow", `"small": 2147483648`, "body /small format"},
		{"int64 at its end", `"big": 9223372036854775807`, ""},
		{"int64 = 2^63", `"big": 9223372036854775808`, "body /big format"},
		{"int64 = 1e19", `"big": 1e19`, "body /big format"},
		{"whole number with a point", `"big": 1.0`, ""},
		{"fraction for an integer", `"big": 1.5`, "body /big type"},
		{"a date that does not exist", `"born": "2023-02-30"`, "body /born format"},
		{"a date", `"born": "2024-02-29"`, ""},
		{"date-time without an offset", `"seen": "2024-02-29T10:00:00"`, "body /seen format"},
		{"date-time", `"seen": "2024-02-29T10:00:00.5+01:00"`, ""},
		{"email", `"mail": "a@"`, "body /mail format"},
		{"uri", `"home": "/page"`, "body /home format"},
		{"uuid", `"key": "3f2504e0"`, "body /key format"},
		{"look-ahead", `"word": "abc1"`, ""},
		{"look-ahead fails", `"word": "abc"`, "body /word pattern"},
		{"exclusive minimum", `"score": 0`, "body /score exclusiveMinimum"},
		{"maximum", `"score": 10.5`, "body /score maximum"},
		{"items", `"tags": ["long", 1, "c"]`, "body /tags maxItems; body /tags/0 maxLength; body /tags/1 type"},
		{"a hundredth, which is no double", `"price": 19.99`, ""},
		{"many hundredths", `"price": 1234567.89`, ""},
		{"a tenth of a hundredth", `"price": 0.001`, "body /price multipleOf"},
		{"even", `"pair": -4`, ""},
		{"odd", `"pair": 3`, "body /pair multipleOf"},
		{"unlike items", `"set": [1, "1", [1], {"a": 1}, {"a": 2}, null]`, ""},
		{"the same number spelt twice", `"set": [1, 1.0]`, "body /set uniqueItems"},
		{"the same object in another order", `"set": [{"a": 1, "b": 2}, 0, {"b": 2, "a": 1}]`, "body /set uniqueItems"},
		{"duplicate member", `"name": "M"`, "body  json"},
		{"exponent bomb", `"big": 1e999999999`, "body  json"},
	} {
		t.Run(row.name, func(t *testing.T) {
			raw := `{"name": "N", "secret": "s"`
			if row.members != "" {
				raw += ", " + row.members
			}
			if got := described(op.CheckBody([]byte(raw + "}"))); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestStrictJSON(t *testing.T) {
	op := operationFrom(t, "{type: object}")
	for _, row := range []struct{ name, raw, text string }{
		{"trailing bytes", `{} trailing`, "from byte 2"},
		{"two values", `{}{}`, "more bytes follow the value"},
		{"duplicate member", `{"a": 1, "a": 2}`, "duplicate"},
		{"bad UTF-8", "{\"a\": \"\xff\"}", "UTF-8"},
		{"half", `{"a": `, "EOF"},
		{"blank", ` `, "EOF"},
		{"NaN", `{"a": NaN}`, "invalid"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := op.CheckBody([]byte(row.raw))
			if described(all) != "body  json" || !strings.Contains(all[0].Message, row.text) {
				t.Errorf("got %+v", all)
			}
		})
	}
}

func TestBodyThatIsAbsent(t *testing.T) {
	op := operationFrom(t, "{type: object}")
	if got := described(op.CheckBody(nil)); got != "body  required" {
		t.Errorf("required: got %q", got)
	}
	optional := &Operation{Body: &Body{Schema: op.Body.Schema}}
	if got := optional.CheckBody(nil); got != nil {
		t.Errorf("optional: got %v", got)
	}
	if got := new(Operation).CheckBody([]byte("not json")); got != nil {
		t.Errorf("no body documented: got %v", got)
	}
}

func TestViolationsPointAtMembers(t *testing.T) {
	op := operationFrom(t, `
              type: object
              required: [a, "b/c"]
              properties:
                a: {type: string}
                d: {type: object, required: [e], properties: {e: {type: integer}}}
                f: {type: array, items: {$ref: "#/components/schemas/Part"}}
                enum: {type: string, enum: [x]}
                closed: {type: object, additionalProperties: false, properties: {x: {}}}
                map: {type: object, additionalProperties: {type: integer}}`,
		"Part: {type: object, required: [id], properties: {id: {type: integer}}}")
	for _, row := range []struct{ name, raw, want string }{
		{"missing members", `{}`, "body /a required; body /b~1c required"},
		{"nested", `{"a":"", "b/c":1, "d":{}}`, "body /d/e required"},
		{"through a reference", `{"a":"", "b/c":1, "f":[{"id":1},{"id":"x"},{}]}`, "body /f/1/id type; body /f/2/id required"},
		{"member named like a keyword", `{"a":"", "b/c":1, "enum":"y"}`, "body /enum enum"},
		{"closed object", `{"a":"", "b/c":1, "closed":{"x":1,"y":2}}`, "body /closed/y additionalProperties"},
		{"map", `{"a":"", "b/c":1, "map":{"k":"v"}}`, "body /map/k type"},
		{"not an object", `[]`, "body  type"},
		{"several", `{"a":1, "d":{"e":"x"}}`, "body /a type; body /b~1c required; body /d/e type"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := op.CheckBody([]byte(row.raw))
			if got := described(all); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
			for _, v := range all {
				if v.Line < 12 || v.Message == "" {
					t.Errorf("%s has line %d and message %q", v.Pointer, v.Line, v.Message)
				}
			}
		})
	}
}

func TestMessagesTeach(t *testing.T) {
	op := operationFrom(t,
		"{type: object, properties: {n: {type: number, minimum: 1.5}, e: {enum: [a, 2, null]}, s: {type: string, minLength: 2}}}")
	for raw, want := range map[string]string{
		`{"n":"x"}`: "must be a number, got a string",
		`{"n":1}`:   "must be 1.5 or more",
		`{"e":"x"}`: `must be "a", 2 or null`,
		`{"s":"x"}`: "must have at least 2 characters, has 1",
	} {
		if all := op.CheckBody([]byte(raw)); len(all) != 1 || all[0].Message != want {
			t.Errorf("%s: got %+v, want %q", raw, all, want)
		}
	}
}

func TestNullable(t *testing.T) {
	part := `Part: {type: object, properties: {id: {type: integer}}}`
	op := operationFrom(t, `{type: object, properties: {plain: {type: string, nullable: true}, strict: {type: string}, `+
		`ref: {nullable: true, allOf: [{$ref: "#/components/schemas/Part"}]}, any: {nullable: true,`+
		` anyOf: [{type: string}, {type: integer}]}}}`, part)
	for raw, want := range map[string]string{
		`{"plain":null,"ref":null,"any":null}`: "",
		`{"ref":{"id":1},"any":1}`:             "",
		`{"strict":null}`:                      "body /strict type",
		`{"ref":{"id":"x"}}`:                   "body /ref/id type",
		`{"ref":1}`:                            "body /ref type",
		`{"any":true}`:                         "body /any type",
	} {
		if got := described(op.CheckBody([]byte(raw))); got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
	// The loader complains about a nullable enum without null; the verdict is
	// right all the same.
	byHand := &Schema{Type: "string", Nullable: true, Enum: []any{"a"}}
	if got := described(byHand.CheckValue([]byte("null"))); got != "body  enum" {
		t.Errorf("nullable enum without null: got %q", got)
	}
}

func TestChoices(t *testing.T) {
	base := "Base: {type: object, required: [id], properties: {id: {type: integer}}}"
	full := `Full: {allOf: [{$ref: "#/components/schemas/Base"}, {type: object, required: [name],` +
		` properties: {name: {type: string}}}]}`
	op := operationFrom(t,
		`{type: object, properties: {u: {anyOf: [{$ref: "#/components/schemas/Base"}, {$ref: "#/components/schemas/Full"}]}, `+
			`o: {oneOf: [{type: string}, {type: string, maxLength: 3}]}, all: {$ref: "#/components/schemas/Full"}}}`, base, full)
	for raw, want := range map[string]string{
		`{"u":{"id":1}}`:            "",
		`{"u":{"id":1,"name":"n"}}`: "",
		`{"u":{"id":"x"}}`:          "body /u anyOf",
		`{"u":1}`:                   "body /u type",
		`{"o":"long"}`:              "",
		`{"o":"abc"}`:               "body /o oneOf",
		`{"all":{"id":"x"}}`:        "body /all/id type; body /all/name required",
	} {
		if got := described(op.CheckBody([]byte(raw))); got != want {
			t.Errorf("%s: got %q, want %q", raw, got, want)
		}
	}
	all := op.CheckBody([]byte(`{"u":{"id":"x"}}`))
	const want = "fits none of the 2 documented forms; the nearest one says: /id must be an integer, got a string"
	if all[0].Message != want {
		t.Errorf("message is %q", all[0].Message)
	}
}

func TestDirections(t *testing.T) {
	parts := []string{
		"Server: {type: object, properties: {id: {allOf: [{$ref: \"#/components/schemas/Key\"}], readOnly: true}, " +
			"pin: {type: string, writeOnly: true}}}",
		"Key: {type: integer}",
	}
	s := schemaFrom(t, `{allOf: [{$ref: "#/components/schemas/Server"}, {required: [id, pin]}]}`, parts...)
	for _, row := range []struct {
		raw               string
		request, response string
	}{
		{`{"pin":"1"}`, "", "body /id required; body /pin writeOnly"},
		{`{"id":1}`, "body /pin required", ""},
		{`{}`, "body /pin required", "body /id required"},
		{`{"id":"x","pin":"1"}`, "", "body /id type; body /pin writeOnly"},
	} {
		if got := described(s.check([]byte(row.raw), asRequest)); got != row.request {
			t.Errorf("request %s: got %q, want %q", row.raw, got, row.request)
		}
		if got := described(s.CheckValue([]byte(row.raw))); got != row.response {
			t.Errorf("response %s: got %q, want %q", row.raw, got, row.response)
		}
	}
}

func TestCirclesAreJudgedToTheBottom(t *testing.T) {
	put, _ := goodContract(t).Operation("updatePet")
	raw := []byte(`{"name":"a","friend":{"name":"b","friend":{"name":3}}}`)
	if got := described(put.CheckBody(raw)); got != "body /friend/friend/name type" {
		t.Errorf("got %q", got)
	}
}

func TestChecksAreSafeForConcurrentUse(t *testing.T) {
	put, _ := goodContract(t).Operation("updatePet")
	results := make(chan string)
	for range 8 {
		go func() { results <- described(put.CheckBody([]byte(`{"name":3}`))) }()
	}
	for range 8 {
		if got := <-results; got != "body /name type" {
			t.Errorf("got %q", got)
		}
	}
}

func BenchmarkCheckBody(b *testing.B) {
	c, err := Load(folder(goodDocument, goodCatalogue), "pets")
	if err != nil {
		b.Fatal(err)
	}
	put, _ := c.Operation("updatePet")
	raw := fmt.Appendf(nil, `{"name":"Rex","born":"2020-02-29"}`)
	b.ReportAllocs()
	for b.Loop() {
		if put.CheckBody(raw) != nil {
			b.Fatal("refused")
		}
	}
}
