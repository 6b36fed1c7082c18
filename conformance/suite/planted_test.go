package suite

import (
	"testing"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
)

func TestPlantedValuesAreNotTheAnswersFault(t *testing.T) {
	const request = `{"flag":"maybe","of":{"a/b":[1,{"n":2.0}]}}`
	for _, row := range []struct {
		name, check, pointer, answer string
		want                         bool
	}{
		{"the value that was sent", judge.ResponseSchema, "/flag", `{"flag":"maybe"}`, true},
		{"the same in another spelling", judge.ResponseSchema, "/of/a~1b/1", `{"of":{"a/b":[7,{ "n": 2.0 }]}}`, true},
		{"another value", judge.ResponseSchema, "/flag", `{"flag":"perhaps"}`, false},
		{"one that was not sent", judge.ResponseSchema, "/id", `{"id":"x"}`, false},
		{"one that is not there", judge.ResponseSchema, "/flag", `{}`, false},
		{"the whole body", judge.ResponseSchema, "", request, false},
		{"no JSON", judge.ResponseSchema, "/flag", `<html>`, false},
		{"not about the body", judge.StatusCode, "/flag", `{"flag":"maybe"}`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			finding := judge.Finding{Check: row.check, Pointer: row.pointer}
			exchange := &client.Exchange{RequestBody: []byte(request), Body: []byte(row.answer)}
			if got := planted(finding, exchange); got != row.want {
				t.Errorf("planted is %v", got)
			}
		})
	}
}
