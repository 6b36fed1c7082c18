package brought_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/specs/contract"
	"rollcall/specs/infer"
)

// shop is the contract of the sample, with what is inferred of it.
func shop(t *testing.T) (*contract.Contract, *contract.Behavior) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	c, err := contract.Open("../samples/bookshop/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return c, infer.Behavior(c)
}

// TestTheSampleIsRead holds that the sample's behavior.yaml is
// read, and that each of its rules is a row of the catalogue that names an operation.
func TestTheSampleIsRead(t *testing.T) {
	c, b := shop(t)
	raw, err := os.ReadFile(filepath.Join("..", "samples", "bookshop", "behavior.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if b, err = contract.ReadBehavior(raw, "behavior.yaml", c, b); err != nil {
		t.Fatal(err)
	}
	c.Behave(b)
	for _, r := range b.Rules {
		q, ok := c.Requirement(r.ID)
		if !ok || len(q.Operations) == 0 {
			t.Errorf("rule %s on %s of line %d has no row with an operation", r.Kind, r.On, r.Line)
		}
	}
	if q, ok := c.Requirement("SHOP-BOOK-UNIQUE-isbn"); !ok || q.Level != contract.Must || q.Expect.Status != 409 {
		t.Errorf("the row of a stated rule is %+v", q)
	}
	if q := c.RowOf("getBook", contract.RowFound); q == nil || q.Level != contract.Should || q.Expect.Status != 404 {
		t.Errorf("the row of an inferred verb is %+v", q)
	}
}

// TestWhatIsWrongIsTold holds place, words and way out of each complaint.
func TestWhatIsWrongIsTold(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"no YAML", "rollcall: [", "the file can't be read"},
		{"a key that there is not", "rolcall: 1", `behavior.yaml:1:1: the file has no key "rolcall". Did you mean rollcall?`},
		{"a resource that there is not", "rules:\n- {on: bok, unique: isbn}",
			`2:8: there is no resource "bok". Did you mean book?`},
		{"a member that there is not", "rules:\n- {on: book, unique: isnb}",
			`2:22: resource "book" has no member "isnb". Did you mean isbn?`},
		{"two kinds", "rules:\n- {on: book, unique: isbn, immutable: [isbn]}",
			"a rule with two kinds, unique and immutable. Make it two rules"},
		{"no kind", "rules:\n- {on: book}", "the rule has no kind"},
		{"no resource", "rules:\n- {unique: isbn}", "the rule does not say what it is on"},
		{"rules that are no list", "rules: {a: b}", "the rules are no list"},
		{"a step that is no value", "rules:\n- {on: book, transition: status, steps: {draft: [publised]}}",
			`step "publised" is no value of status (draft, published, retired). Did you mean published?`},
		{"a transition without steps", "rules:\n- {on: book, transition: status}", "Add steps: {STATE: [NEXT]}"},
		{"a reference to nothing", "rules:\n- {on: book, reference: authorId}", "Add to: RESOURCE"},
		{"a condition that is none", "rules:\n- {on: book, required: price}", "Add if: {MEMBER: VALUE}"},
		{"a limit of nothing", "rules:\n- {on: copy, limit: 0}", "Add limit: NUMBER above 0"},
		{"a status that is none", "rules:\n- {on: book, unique: isbn, refuse: 4o9}",
			`the status is "4o9". Write a whole number`},
		{"a child without a member", "rules:\n- {on: author, restrict: book}", "Write it as book by authorId"},
		{"an operation that there is not", "operations: {listBoks: {list: book}}",
			`the document has no operation "listBoks". Did you mean listBooks?`},
		{"two verbs", "operations: {listBooks: {list: book, get: book}}", "operation listBooks has several verbs. Keep one"},
		{"a list that is none", "operations: {createBook: {bulk: book, sent: 'books[]'}}",
			`the body of createBook has no list of records in "books[]". Name the member with the list, as in sent: books[]`},
		{"an id that the body does not have", "operations: {createBook: {relate: [book, author], sent: autorId}}",
			`the body of createBook has no id in "autorId"`},
		{"a filter that is none", "operations: {listBooks: {list: book, filter: {q: like title}}}",
			`"like title" is no filter`},
		{"a parameter that there is not", "operations: {listBooks: {list: book, filter: {z: is title}}}",
			`operation listBooks has no parameter "z"`},
		{"an id that nobody makes", "resources: {book: {id: {make: uid}}}", `an id is not made by "uid". Did you mean uuid?`},
		{"a stamp that is none", "resources: {book: {stamps: {createdAt: creatd}}}",
			`the stamp createdAt is "creatd". Did you mean created?`},
		{"a schema that there is not", "resources: {book: {schema: Bok}}",
			`no operation uses a schema "Bok". Did you mean Book?`},
		{"an amount that is none", "data: {book: many}", `the amount is "many"`},
		{"a limit that is none", "limits: {default: 60/h}", `"60/h" is no limit. Write it as 60/min`},
		{"a prefix in small letters", "prefix: shop", "Write capital letters alone"},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, b := shop(t)
			_, err := contract.ReadBehavior([]byte(row.text), "behavior.yaml", c, b)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("it says %v, want %q", err, row.want)
			}
		})
	}
}

// TestExplainedIsRead holds that what Explain prints is read again as what it was.
func TestExplainedIsRead(t *testing.T) {
	documents, err := filepath.Glob("../infer/testdata/*.yaml")
	if err != nil || len(documents) == 0 {
		t.Fatalf("no documents: %v", err)
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, file := range documents {
		c, err := contract.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		var before, after strings.Builder
		b := infer.Behavior(c)
		if err := infer.Explain(&before, c, b); err != nil {
			t.Fatal(err)
		}
		if b, err = contract.ReadBehavior([]byte(before.String()), "behavior.yaml", c, b); err != nil {
			t.Errorf("%s: %v\n%s", file, err, before.String())
			continue
		}
		if err := infer.Explain(&after, c, b); err != nil {
			t.Fatal(err)
		}
		if got, want := plain(after.String()), plain(before.String()); got != want {
			t.Errorf("%s is read as\n%s\nit was\n%s", file, got, want)
		}
	}
}

// plain is a text without its comments.
func plain(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i], _, _ = strings.Cut(line, "  # ")
	}
	return strings.Join(lines, "\n")
}
