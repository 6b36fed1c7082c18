package rule_test

import (
	"testing"

	"rollcall/mockserver/rule"
)

func immutable() []row {
	kind := rule.Immutable{Members: []string{"chip", "born"}}
	there := []string{`dog 1 {"chip":"a1","born":3}`, `dog 2 {}`}
	return []row{
		{name: "another value", kind: kind, there: there, id: "1", after: `{"chip":"b2","born":3}`,
			refused: "/chip: chip can't be changed"},
		{name: "another of the second", kind: kind, there: there, id: "1", after: `{"chip":"a1","born":4}`,
			refused: "/born: born can't be changed"},
		{
			name:    "it is taken away",
			kind:    kind,
			there:   there,
			id:      "1",
			after:   `{"born":3}`,
			refused: "/chip: chip can't be changed",
		},
		{name: "the same, spelt otherwise", kind: kind, there: there, id: "1", after: `{"chip":"\u00611","born":3.0}`},
		{name: "one that it never had", kind: kind, there: there, id: "2", after: `{"chip":"b2"}`},
		{name: "it is made", kind: kind, id: "9", after: `{"chip":"b2"}`},
		{name: "it is deleted", kind: kind, there: there, id: "1"},
	}
}

func transition() []row {
	kind := rule.Transition{Field: "state", Steps: map[string][]string{"young": {"grown"}, "grown": {"old", "away"}}}
	there := []string{`dog 1 {"state":"young"}`, `dog 2 {"state":"old"}`}
	return []row{
		{name: "an allowed step", kind: kind, there: there, id: "1", after: `{"state":"grown"}`},
		{name: "one that skips", kind: kind, there: there, id: "1", after: `{"state":"old"}`,
			refused: `/state: state can't go from "young" to "old"`},
		{name: "no way on", kind: kind, there: there, id: "2", after: `{"state":"young"}`,
			refused: `/state: state can't go from "old" to "young"`},
		{name: "to stay", kind: kind, there: there, id: "2", after: `{"state":"old"}`},
		{name: "any beginning", kind: kind, id: "9", after: `{"state":"old"}`},
		{name: "it is deleted", kind: kind, there: there, id: "1"},
	}
}

func requiredIf() []row {
	kind := rule.RequiredIf{Field: "price", If: "state", Is: `"sold"`}
	there := []string{`dog 1 {"state":"sold","price":3}`}
	missing := `/price: price is required where state is "sold"`
	return []row{
		{name: "it is there", kind: kind, id: "9", after: `{"state":"sold","price":0}`},
		{name: "it is missing", kind: kind, id: "9", after: `{"state":"sold"}`, refused: missing},
		{name: "it is null", kind: kind, id: "9", after: `{"state":"sold","price":null}`, refused: missing},
		{name: "it is empty", kind: kind, id: "9", after: `{"state":"sold","price":""}`, refused: missing},
		{name: "an update takes it away", kind: kind, there: there, id: "1", after: `{"state":"sold"}`, refused: missing},
		{name: "another state", kind: kind, id: "9", after: `{"state":"kept"}`},
		{name: "it is deleted", kind: kind, there: there, id: "1"},
	}
}

func kept() []row {
	kind := rule.Kept{Field: "state", Is: `"ill"`}
	there := []string{`dog 1 {"state":"ill"}`, `dog 2 {"state":"well"}`}
	return []row{
		{name: "with the value", kind: kind, there: there, id: "1", refused: `: one whose state is "ill" can't be deleted`},
		{name: "with another", kind: kind, there: there, id: "2"},
		{name: "with the value, changed", kind: kind, there: there, id: "1", after: `{"state":"well"}`},
		{name: "with the value, made", kind: kind, id: "9", after: `{"state":"ill"}`},
	}
}

// Dog 1 is the owner's, dog 2 nobody's; another owner's dog has a number that begins alike.
func leased() []string {
	return []string{
		`dog 1 {"name":"Ada"}`,
		`dog 2 {"name":"Bo"}`,
		`owner 7 {"dog":"1"}`,
		`owner 8 {"dog":"11"}`,
		`owner 9 {"dog":"Bo"}`,
	}
}

func restrict() []row {
	kind := rule.Restrict{Named: rule.Named{Table: "owner", Index: "by dog"}}
	byName := rule.Restrict{Named: rule.Named{Table: "owner", Index: "by dog", Key: "name"}}
	return []row{
		{name: "one that is named", kind: kind, there: leased(), id: "1", refused: ": a record of owner still names it"},
		{name: "one that nobody names", kind: kind, there: leased(), id: "2"},
		{
			name:    "one that is named by a member",
			kind:    byName,
			there:   leased(),
			id:      "2",
			refused: ": a record of owner still names it",
		},
		{name: "one whose id is named, where a member counts", kind: byName, there: leased(), id: "1"},
		{name: "it is changed", kind: kind, there: leased(), id: "1", after: `{"name":"Cy"}`},
	}
}

func cascade() []row {
	kind := rule.Cascade{Named: rule.Named{Table: "owner", Index: "by dog"}}
	return []row{
		{name: "what names it goes along", kind: kind, there: leased(), id: "1", gone: 1},
		{name: "nobody names it", kind: kind, there: leased(), id: "2"},
		{name: "it is changed", kind: kind, there: leased(), id: "1", after: `{"name":"Cy"}`},
	}
}

func limit() []row {
	kind := rule.Limit{Group: team(), Most: 2, What: "dog"}
	return []row{
		{
			name:    "one too many",
			kind:    kind,
			there:   teams(),
			id:      "9",
			after:   `{"team":"red"}`,
			refused: ": there are 2 of dog already",
		},
		{name: "the last that there may be", kind: kind, there: teams(), id: "9", after: `{"team":"blue"}`},
		{name: "one of a full group is changed", kind: kind, there: teams(), id: "2", after: `{"team":"red","lead":true}`},
		{name: "one of a full group is deleted", kind: kind, there: teams(), id: "2"},
	}
}

func TestImmutable(t *testing.T)  { run(t, immutable()) }
func TestTransition(t *testing.T) { run(t, transition()) }
func TestRequiredIf(t *testing.T) { run(t, requiredIf()) }
func TestKept(t *testing.T)       { run(t, kept()) }
func TestRestrict(t *testing.T)   { run(t, restrict()) }
func TestCascade(t *testing.T)    { run(t, cascade()) }
func TestLimit(t *testing.T)      { run(t, limit()) }
