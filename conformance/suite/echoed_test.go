package suite

import (
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
)

func TestPlantedValuesAreNotTheAnswersFault(t *testing.T) {
	const request = `{"flag":"maybe","none":null,"of":{"a/b":[1,{"n":2.0}]}}`
	for _, row := range []struct {
		name, check, pointer, answer string
		want                         bool
	}{
		{"the value that was sent", judge.ResponseSchema, "/flag", `{"flag":"maybe"}`, true},
		{"the same in another spelling", judge.ResponseSchema, "/of/a~1b/1", `{"of":{"a/b":[7,{ "n": 2.0 }]}}`, true},
		{"another value", judge.ResponseSchema, "/flag", `{"flag":"perhaps"}`, false},
		{"one that was not sent", judge.ResponseSchema, "/id", `{"id":"x"}`, false},
		{"one that is not there", judge.ResponseSchema, "/flag", `{}`, false},
		{"a null that was sent, left out", judge.ResponseSchema, "/none", `{}`, true},
		{"a null that was sent, below what wraps the record", judge.ResponseSchema, "/data/none", `{"data":{"none":null}}`, true},
		{"the same, left out", judge.ResponseSchema, "/data/none", `{"data":{}}`, true},
		{"another value for it", judge.ResponseSchema, "/data/none", `{"data":{"none":5}}`, false},
		{"a value of the same name below another", judge.ResponseSchema, "/data/flag", `{"data":{"flag":null}}`, false},
		{"a null, and no JSON", judge.ResponseSchema, "/none", `<html>`, false},
		{"the whole body", judge.ResponseSchema, "", request, false},
		{"no JSON", judge.ResponseSchema, "/flag", `<html>`, false},
		{"not about the body", judge.StatusCode, "/flag", `{"flag":"maybe"}`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			finding := judge.Finding{Check: row.check, Pointer: row.pointer}
			exchange := &client.Exchange{RequestBody: []byte(request), Body: []byte(row.answer)}
			if got := echoed(finding, exchange); got != row.want {
				t.Errorf("planted is %v", got)
			}
		})
	}
}
