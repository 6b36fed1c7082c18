package rule_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// row is one change under one rule, in a world of dogs in teams and their owners.
type row struct {
	name    string
	kind    rule.Kind
	there   []string // "table id document", in the order in which they were made
	id      string   // of the dog that is written: one that is there is changed or deleted
	after   string   // its new document; "" is a deletion
	sent    string   // the request's body, where it matters
	omitted string   // the requirement that is not in force
	refused string   // "pointer: message"; "" means that the change may be made
	made    string   // the new document as the rule leaves it; "" means as it is in after
	gone    int      // how many others are deleted
	changes []string // what is otherwise than in there once the rule has acted, bystanders included
}

// world gives the state that a row begins with.
func (r row) world(t *testing.T) *store.State {
	t.Helper()
	dogs := []store.Index{{Name: "by team", Key: func(r *store.Record) string { return store.Key(r.String("team")) }}}
	if x, ok := r.kind.(rule.Indexed); ok {
		dogs = append(dogs, x.Index())
	}
	schema, err := store.NewSchema([]store.Table{{Name: "dog", Indexes: dogs}, {Name: "owner", Indexes: []store.Index{{
		Name: "by dog",
		Key:  func(r *store.Record) string { return store.Key(r.String("dog")) }}}}})
	if err != nil {
		t.Fatal(err)
	}
	w := store.New(schema)
	err = w.Update(func(tx *store.Tx) error {
		for _, line := range r.there {
			part := strings.SplitN(line, " ", 3)
			tx.Put(part[0], store.NewRecord(part[1], []byte(part[2]), nil))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// holds puts the row's change before its rule and looks at all that is there afterwards.
func (r row) holds(t *testing.T) {
	err := r.world(t).Update(func(tx *store.Tx) error {
		was := everything(tx)
		c := r.change(tx)
		made := r.made
		if made == "" {
			made = r.after
		}
		if said := act(r.kind, c); said != r.refused {
			t.Errorf("it says %q, want %q", said, r.refused)
		}
		if c.After != nil && string(c.After.Document()) != made {
			t.Errorf("the new document is %s, want %s", c.After.Document(), made)
		}
		changed := slices.DeleteFunc(everything(tx), func(line string) bool { return slices.Contains(was, line) })
		if !slices.Equal(changed, r.changes) {
			t.Errorf("it changes %q, want %q", changed, r.changes)
		}
		if len(everything(tx)) != len(was)-r.gone {
			t.Errorf("there are %q, where there were %q", everything(tx), was)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (r row) change(tx *store.Tx) *rule.Change {
	c := &rule.Change{Tx: tx, Table: "dog", Sent: []byte(r.sent), Now: time.Unix(0, 0),
		Holds: func(requirement string) bool { return requirement != r.omitted }}
	if before, ok := tx.Get("dog", r.id); ok {
		c.Before = before
	}
	if r.after != "" {
		c.After = store.NewRecord(r.id, []byte(r.after), nil)
	}
	return c
}

// act asks a check, or lets an effect act. A refusal that does not say what to do is none.
func act(kind rule.Kind, c *rule.Change) string {
	if effect, ok := kind.(rule.Effect); ok {
		effect.Apply(c)
		return ""
	}
	why, allowed := kind.(rule.Check).Check(c)
	if allowed {
		return ""
	}
	if why.Hint == "" {
		return "a refusal without a hint"
	}
	return why.Pointer + ": " + why.Message
}

func everything(tx *store.Tx) (all []string) {
	for _, table := range []string{"dog", "owner"} {
		for _, r := range tx.Everything(table) {
			all = append(all, fmt.Sprintf("%s %s %s", table, r.ID, r.Document()))
		}
	}
	return all
}

func run(t *testing.T, rows []row) {
	for _, r := range rows {
		t.Run(r.name, r.holds)
	}
}
