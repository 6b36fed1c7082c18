package match_test

import (
	"strings"
	"testing"

	"github.com/onsi/gomega"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
)

// TestChangesShowTheDifference holds that what differs is in sight, however long what does not is.
func TestChangesShowTheDifference(t *testing.T) {
	long := strings.Repeat("same ", 50)
	for name, row := range map[string][3]string{
		"nothing":     {`{"a":1.0}`, `{"a":1}`, ""},
		"what may":    {`{"free":{"a":1}}`, `{"free":2}`, ""},
		"a value":     {`{"a":1,"b":"x"}`, `{"a":1,"b":"y"}`, `/b was "x", and is "y"`},
		"a member":    {`{"a":{"b":1}}`, `{"a":{"c":null}}`, "/a/b was 1, and is not there\n/a/c was not there, and is null"},
		"an item":     {`[1,2]`, `[1]`, "an item is gone: 2"},
		"a long text": {`{"a":"` + long + `LEFT"}`, `{"a":"` + long + `RIGHT"}`, `same LEFT", and is … same same same RIGHT`},
		"one came": {`{"d":[{"id":1,"a":1},{"id":2,"a":1}]}`, `{"d":[{"id":3,"a":7},{"id":1,"a":1},{"id":2,"a":1}]}`,
			`an item of /d appeared, id 3: {"a":7,"id":3}`},
		"one went": {`[{"id":"a"},{"id":"b"}]`, `[{"id":"b"}]`, `an item is gone, id "a": {"id":"a"}`},
		"one is another": {`[{"id":"a","n":1},{"id":"b","n":1}]`, `[{"id":"b","n":2},{"id":"c","n":1}]`,
			"an item is gone, id \"a\": {\"id\":\"a\",\"n\":1}\nan item appeared, id \"c\": {\"id\":\"c\",\"n\":1}\n" +
				"/(id \"b\")/n was 1, and is 2"},
		"another order":      {`[{"id":1},{"id":2}]`, `[{"id":2},{"id":1}]`, `the items are in another order: 2 is where 1 was`},
		"numbers spelt":      {`[{"id":1.0}]`, `[{"id":1}]`, ""},
		"an id twice":        {`[{"id":1,"a":1},{"id":1,"a":2}]`, `[{"id":1,"a":1},{"id":1,"a":3}]`, "/1/a was 2, and is 3"},
		"came in the middle": {`["a","b"]`, `["a","x","b"]`, `an item appeared: "x"`},
		"one more place":     {`[1,2,3,4,5,6]`, `[]`, "and 1 more place"},
		"no JSON":            {`{`, `{}`, `body was "{", and is "{}"`},
		"too many":           {`[1,2,3,4,5,6,7]`, `[]`, "an item is gone: 5\nand 2 more places"},
	} {
		got := match.Changes([]byte(row[0]), []byte(row[1]), "free")
		if got != row[2] && (row[2] == "" || !strings.Contains(got, row[2])) {
			t.Errorf("%s: it says\n%s\nwant\n%s", name, got, row[2])
		}
	}
}

// A long document is not shown whole: what differs would be lost in it.
func TestWhatDiffersIsNamed(t *testing.T) {
	long := func(name string, last int) map[string]any {
		return map[string]any{"address": strings.Repeat("Fore Street ", 12), "name": name, "of": []any{1, 2, last}}
	}
	told := match.Plain(gomega.Equal(long("Ann", 3))).FailureMessage(long("Anne", 4))
	const want = `but at /name it is "Anne" in place of "Ann"; at /of/2 it is 4 in place of 3`
	if !strings.HasSuffix(told, want) {
		t.Errorf("told %s", told)
	}
	body := &client.Exchange{
		Status: 200,
		Body:   []byte(`{"address":"` + strings.Repeat("Fore Street ", 12) + `","name":"Ann","of":[1,2]}`),
	}
	if told := match.JSONBody(long("Ann", 3)).FailureMessage(body); !strings.Contains(
		told,
		"at /of it lacks an item: 3",
	) {
		t.Errorf("told %s", told)
	}
}

// TestChangesFindWhatDiffers holds that the words, which go by ids, are there wherever two documents differ, and nowhere else.
func TestChangesFindWhatDiffers(t *testing.T) {
	var documents []string
	for _, list := range []string{`[]`, `[1]`, `[1,2]`, `[2,1]`, `[1,1]`, `[1.0,2]`, `[{"id":1}]`, `[{"id":1.0}]`, `[{"id":"1"}]`,
		`[{"id":2},{"id":1}]`,
		`[{"id":1},{"id":2}]`, `[{"id":1},{"id":1}]`,
		`[{"id":1,"a":[{"id":"x"}]},{"id":2}]`, `[{"id":1,"a":[{"id":"y"}]},{"id":2}]`,
		`[{"code":"a"},{"code":null}]`, `[{"code":"a"},1]`, `[[],{}]`, `[{}]`, `{}`, `null`, `{`} {
		documents = append(documents, list, `{"data":`+list+`}`)
	}
	for _, one := range documents {
		for _, other := range documents {
			places, words := match.Differences([]byte(one), []byte(other)), match.Changes([]byte(one), []byte(other))
			if (len(places) == 0) != (words == "") {
				t.Errorf("%s and %s differ at %v, and the words are %q", one, other, places, words)
			}
		}
	}
}
