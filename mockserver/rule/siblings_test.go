package rule_test

import (
	"testing"

	"rollcall/mockserver/rule"
)

func team() rule.Group { return rule.Group{Within: "team", Index: "by team"} }

// Two dogs of the red team, of which the first leads, and two of other teams.
func teams() []string {
	return []string{
		`dog 1 {"team":"red","lead":true}`, `dog 2 {"team":"red","lead":false}`,
		`dog 3 {"team":"blue","lead":true}`, `dog 4 {"team":"redder","lead":false}`,
	}
}

func keepOne() []row {
	kind := rule.KeepOne{Group: team(), What: "dog"}
	return []row{
		{name: "the last of its group", kind: kind, there: teams(), id: "3", refused: ": the last dog can't be deleted"},
		{name: "the last of a group whose name begins another's", kind: kind, there: teams(), id: "4",
			refused: ": the last dog can't be deleted"},
		{name: "one of two", kind: kind, there: teams(), id: "2"},
		{name: "the last is changed", kind: kind, there: teams(), id: "3", after: `{"team":"blue"}`},
		{name: "the first is made", kind: kind, there: teams(), id: "9", after: `{"team":"green"}`},
	}
}

func undeletable() []row {
	kind := rule.Undeletable{Field: "lead", What: "dog"}
	return []row{
		{name: "with the flag", kind: kind, there: teams(), id: "1", refused: ": a lead dog can't be deleted"},
		{name: "without", kind: kind, there: teams(), id: "2"},
		{name: "with the flag, changed", kind: kind, there: teams(), id: "1", after: `{"team":"red","lead":true}`},
		{name: "with the flag, made", kind: kind, id: "1", after: `{"team":"red","lead":true}`},
	}
}

func exclusive() []row {
	kind := rule.Exclusive{Group: team(), Field: "lead"}
	clears := []string{`dog 1 {"team":"red","lead":false}`}
	return []row{
		{name: "an update sets the flag", kind: kind, there: teams(), id: "2", after: `{"team":"red","lead":true}`,
			changes: clears},
		{name: "a create sets it", kind: kind, there: teams(), id: "9", after: `{"team":"red","lead":true}`, changes: clears},
		{name: "it stays where it is", kind: kind, there: teams(), id: "1", after: `{"team":"red","lead":true}`},
		{name: "it is not set", kind: kind, there: teams(), id: "2", after: `{"team":"red","lead":false}`},
		{name: "a record moves into another group with it", kind: kind, there: teams(), id: "1",
			after:   `{"team":"blue","lead":true}`,
			changes: []string{`dog 3 {"team":"blue","lead":false}`}},
		{name: "a record with it is deleted", kind: kind, there: teams(), id: "1"},
		{name: "several others have it", kind: kind, id: "3", after: `{"team":"red","lead":true}`,
			there:   []string{`dog 1 {"team":"red","lead":true}`, `dog 2 {"team":"red","lead":true}`},
			changes: []string{`dog 1 {"team":"red","lead":false}`, `dog 2 {"team":"red","lead":false}`}},
	}
}

func first() []row {
	kind := rule.First{Group: team(), Field: "lead"}
	return []row{
		{name: "the first of its group", kind: kind, there: teams(), id: "9", after: `{"team":"green","lead":false}`,
			made: `{"team":"green","lead":true}`},
		{name: "the first, and nothing was sent", kind: kind, there: teams(), id: "9", after: `{"team":"green"}`,
			made: `{"team":"green","lead":true}`},
		{name: "another has it", kind: kind, there: teams(), id: "9", after: `{"team":"red","lead":false}`},
		{name: "others are there and none has it", kind: kind, there: teams(), id: "9", after: `{"team":"redder","lead":false}`,
			made: `{"team":"redder","lead":true}`},
		{name: "it has it already", kind: kind, there: teams(), id: "9", after: `{"team":"red","lead":true}`},
		{name: "the only one is deleted", kind: kind, there: teams(), id: "3"},
	}
}

func successor() []row {
	kind := rule.Successor{Group: team(), Field: "lead"}
	three := append(teams(), `dog 0 {"team":"red","lead":false}`) // the youngest has the smallest id
	return []row{
		{name: "the oldest of the group has it next", kind: kind, there: three, id: "1",
			changes: []string{`dog 2 {"team":"red","lead":true}`}},
		{name: "nobody is left", kind: kind, there: teams(), id: "3"},
		{name: "one without it is deleted", kind: kind, there: teams(), id: "2"},
		{name: "another one has it, too", kind: kind, there: append(teams(), `dog 5 {"team":"red","lead":true}`), id: "1"},
		{name: "one is changed", kind: kind, there: teams(), id: "1", after: `{"team":"red","lead":false}`},
		{name: "one is made", kind: kind, there: teams(), id: "9", after: `{"team":"red","lead":true}`},
	}
}

func held() []row {
	kind := rule.Held{Group: team(), Field: "lead"}
	return []row{
		{name: "the only one is cleared", kind: kind, there: teams(), id: "1", after: `{"team":"red","lead":false}`,
			refused: "/lead: one must be lead"},
		{name: "it is left out", kind: kind, there: teams(), id: "1", after: `{"team":"red"}`,
			refused: "/lead: one must be lead"},
		{name: "another one has it, too", kind: kind, there: append(teams(), `dog 5 {"team":"red","lead":true}`), id: "1",
			after: `{"team":"red","lead":false}`},
		{name: "it stays", kind: kind, there: teams(), id: "1", after: `{"team":"red","lead":true}`},
		{name: "it was not set", kind: kind, there: teams(), id: "4", after: `{"team":"redder","lead":false}`},
		{name: "one is made without", kind: kind, there: teams(), id: "9", after: `{"team":"green","lead":false}`},
		{name: "one is deleted", kind: kind, there: teams(), id: "1"},
	}
}

func TestKeepOne(t *testing.T)     { run(t, keepOne()) }
func TestUndeletable(t *testing.T) { run(t, undeletable()) }
func TestExclusive(t *testing.T)   { run(t, exclusive()) }
func TestFirst(t *testing.T)       { run(t, first()) }
func TestSuccessor(t *testing.T)   { run(t, successor()) }
func TestHeld(t *testing.T)        { run(t, held()) }
