package rule_test

import (
	"testing"

	"rollcall/mockserver/rule"
)

// Owners of two towns, and a dog whose owner has gone.
func owned() []string {
	return []string{
		`owner 7 {"town":"north","name":"Graham","since":"2020-05-01"}`, `owner 8 {"town":"south","name":"Priya"}`,
		`dog 1 {"town":"north","owner":9}`,
	}
}

func reference() []row {
	kind := rule.Reference{Field: "owner", Table: "owner", Within: "town", Int32: true}
	anywhere := rule.Reference{Field: "owner", Table: "owner"}
	return []row{
		{name: "one that exists", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":7}`},
		{name: "nothing", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":null}`},
		{name: "left out", kind: kind, there: owned(), id: "2", after: `{"town":"north"}`},
		{name: "one that does not exist", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":9}`,
			refused: "/owner: there is no owner 9"},
		{name: "another town's", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":8}`,
			refused: "/owner: there is no owner 8"},
		{name: "another town's, where that is no matter", kind: anywhere, there: owned(), id: "2",
			after: `{"town":"north","owner":"8"}`},
		{name: "as it was", kind: kind, there: owned(), id: "1", after: `{"town":"north","owner":9}`},
		{name: "no longer as it was", kind: kind, there: owned(), id: "1", after: `{"town":"north","owner":10}`,
			refused: "/owner: there is no owner 10"},
		{name: "text, which the document refuses", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":"nine"}`},
		{name: "text, which is as good as any", kind: anywhere, there: owned(), id: "2", after: `{"owner":"nine"}`,
			refused: "/owner: there is no owner nine"},
		{name: "beyond 32 bits, likewise", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":2147483648}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func copied() []row {
	kind := rule.Copied{Field: "owner", From: "owner", Within: "town",
		Members: []rule.Pair{{To: "ownerName", From: "name"}, {To: "since", From: "since"}}}
	anywhere := rule.Copied{Field: "owner", From: "owner", Members: []rule.Pair{{To: "ownerName", From: "name"}}}
	return []row{
		{name: "from the record", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":7,"ownerName":"?"}`,
			made: `{"town":"north","owner":7,"ownerName":"Graham","since":"2020-05-01"}`},
		{name: "not from another town's", kind: kind, there: owned(), id: "2",
			after: `{"town":"north","owner":8,"ownerName":"?"}`},
		{name: "from another town's, where that is no matter", kind: anywhere, there: owned(), id: "2",
			after: `{"town":"north","owner":8,"ownerName":"?"}`,
			made:  `{"town":"north","owner":8,"ownerName":"Priya"}`},
		{name: "from none", kind: kind, there: owned(), id: "2", after: `{"town":"north","owner":null,"ownerName":"?"}`},
		{name: "from one that has gone", kind: kind, there: owned(), id: "1",
			after: `{"town":"north","owner":9,"ownerName":"?"}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func lowers() []row {
	kind := rule.Lowers{From: "since", Key: "owner", Table: "owner", Field: "since"}
	return []row{
		{name: "an earlier one", kind: kind, there: owned(), id: "2", after: `{"owner":7,"since":"2019-12-31"}`,
			changes: []string{`owner 7 {"town":"north","name":"Graham","since":"2019-12-31"}`}},
		{name: "a later one", kind: kind, there: owned(), id: "2", after: `{"owner":7,"since":"2020-05-02"}`},
		{name: "where there was none", kind: kind, there: owned(), id: "2", after: `{"owner":8,"since":"2024-01-01"}`,
			changes: []string{`owner 8 {"town":"south","name":"Priya","since":"2024-01-01"}`}},
		{name: "nothing", kind: kind, there: owned(), id: "2", after: `{"owner":7,"since":null}`},
		{name: "of an owner who has gone", kind: kind, there: owned(), id: "2", after: `{"owner":9,"since":"2019-12-31"}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func ordered() []row {
	kind := rule.Ordered{From: "since", Until: "until"}
	return []row{
		{name: "before", kind: kind, id: "1", after: `{"since":"2020-05-02","until":"2020-05-01"}`,
			refused: "/until: must not be before since"},
		{name: "the same day", kind: kind, id: "1", after: `{"since":"2020-05-02","until":"2020-05-02"}`},
		{name: "after", kind: kind, id: "1", after: `{"since":"2020-05-02","until":"2021-01-01"}`},
		{name: "an open end", kind: kind, id: "1", after: `{"since":"2020-05-02","until":null}`},
		{name: "no date, which the document refuses", kind: kind, id: "1", after: `{"since":"2020-05-02","until":"2020"}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func reserved() []row {
	kind := rule.Reserved{Members: []string{"pay", "badge"}, Field: "job", Value: "guard"}
	return []row{
		{name: "one who may have them", kind: kind, id: "1", after: `{"job":"guard","pay":1,"badge":2}`},
		{name: "one who may not", kind: kind, id: "1", after: `{"job":"pet","pay":1,"name":"Rex","badge":2}`,
			made: `{"job":"pet","name":"Rex"}`},
		{name: "one of whom it is not said", kind: kind, id: "1", after: `{"pay":1}`, made: `{}`},
		{name: "one who has none", kind: kind, id: "1", after: `{"job":"pet"}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func function() []row {
	kind := rule.Func{Reads: []string{"name"}, Allow: func(c *rule.Change) (rule.Why, bool) {
		return rule.Why{Pointer: "/name", Message: "no", Hint: "ask again"}, c.After == nil || c.After.String("name") != "Rex"
	}}
	return []row{
		{name: "it refuses", kind: kind, id: "1", after: `{"name":"Rex"}`, refused: "/name: no"},
		{name: "it allows", kind: kind, id: "1", after: `{"name":"Bo"}`},
		{name: "a deletion", kind: kind, there: owned(), id: "1"},
	}
}

func TestReference(t *testing.T) { run(t, reference()) }
func TestCopied(t *testing.T)    { run(t, copied()) }
func TestLowers(t *testing.T)    { run(t, lowers()) }
func TestOrdered(t *testing.T)   { run(t, ordered()) }
func TestReserved(t *testing.T)  { run(t, reserved()) }
func TestFunc(t *testing.T)      { run(t, function()) }
