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
		"an item":     {`[1,2]`, `[1]`, "/1 was 2, and is not there"},
		"a long text": {`{"a":"` + long + `LEFT"}`, `{"a":"` + long + `RIGHT"}`, `same LEFT", and is … same same same RIGHT`},
		"no JSON":     {`{`, `{}`, `body was "{", and is "{}"`},
		"too many":    {`[1,2,3,4,5,6,7]`, `[]`, "/4 was 5, and is not there\nand 2 more places"},
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
		"at /of/2 it is not there in place of 3",
	) {
		t.Errorf("told %s", told)
	}
}
