package suite

import (
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
)

const (
	oneSign  = "Zo\u00eb"   // as texts are read
	twoSigns = "Zoe\u0308"  // as this target has it
	another  = "Ame\u0301e" // shown by nobody
)

// TestSpellingsAreLearned holds where a target's spelling is learned from, and that a text in one spelling only needs none.
func TestSpellingsAreLearned(t *testing.T) {
	rows := map[string]struct {
		answer string
		want   string
	}{
		"a text alone":              {`"` + twoSigns + `"`, twoSigns},
		"a member at some depth":    {`{"a":[{"b":{"name":"` + twoSigns + `"}}]}`, twoSigns},
		"an escape":                 {`["Zoe\u0308"]`, twoSigns},
		"one sign all the same":     {`{"name":"` + oneSign + `"}`, oneSign},
		"a part of a text":          {`{"name":"` + twoSigns + ` Hart"}`, oneSign},
		"the name of a member":      {`{"` + twoSigns + `":1}`, oneSign},
		"no text, and no JSON, too": {`{"a":1,"b":[true,null]}`, oneSign},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			var s spellings
			s.learnAll(gjson.Parse(row.answer))
			if got := s.of(oneSign); got != row.want {
				t.Errorf("%q is sent as %q, want %q", oneSign, got, row.want)
			}
			if s.of(another) != another {
				t.Error("what the target has not shown is sent otherwise than the case has it")
			}
		})
	}
}

// TestRequestsAreRespelt holds which parts of a request are written as the target spells them: whole values of the path and the
// query, and whole texts of the body. What the run has made stays as it is.
func TestRequestsAreRespelt(t *testing.T) {
	var s spellings
	request := func() client.Request {
		return client.NewRequest(nil, client.Path("username", oneSign), client.Path("id", 4), client.Query("name", oneSign, "x"),
			client.JSON(map[string]any{"name": oneSign, "names": []string{oneSign, another}, "note": oneSign + " and all",
				"text": "a \"" + oneSign + "\""}))
	}
	before := request()
	s.respell(&before)
	if plain := request(); string(before.Body) != string(plain.Body) || before.PathValues["username"] != oneSign {
		t.Errorf("nothing was learned, and the request is another: %s", before.Body)
	}
	s.learn(twoSigns)
	s.learn("plain")
	after := request()
	s.respell(&after)
	for what, pair := range map[string][2]string{
		"path":       {after.PathValues["username"], twoSigns},
		"path, 4":    {after.PathValues["id"], "4"},
		"query":      {after.Query["name"][0], twoSigns},
		"query, x":   {after.Query["name"][1], "x"},
		"body":       {gjson.GetBytes(after.Body, "name").Str, twoSigns},
		"list":       {gjson.GetBytes(after.Body, "names.0").Str, twoSigns},
		"another":    {gjson.GetBytes(after.Body, "names.1").Str, another},
		"longer":     {gjson.GetBytes(after.Body, "note").Str, oneSign + " and all"},
		"in a quote": {gjson.GetBytes(after.Body, "text").Str, "a \"" + oneSign + "\""},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is sent as %q, want %q", what, pair[0], pair[1])
		}
	}
	var none client.Request
	s.respell(&none) // has neither values nor a body
}
