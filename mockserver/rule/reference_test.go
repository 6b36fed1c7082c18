package rule_test

import (
	"testing"

	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// staffed gives a change of a user's body in a world with one owner, number 7 of
// the tenant "north".
func staffed(t *testing.T, before, after string, check func(*rule.Change)) {
	t.Helper()
	schema, err := store.NewSchema([]store.Table{{Name: "owner"}, {Name: "user"}})
	if err != nil {
		t.Fatal(err)
	}
	record := func(body string) *store.Record {
		if body == "" {
			return nil
		}
		return store.NewRecord("1", []byte(body), []byte(`{"tenant":"north"}`))
	}
	err = store.New(schema).Update(func(tx *store.Tx) error {
		tx.Put("owner", store.NewRecord("7", []byte(`{"tenant":"north","name":"Graham"}`), nil))
		tx.Put("owner", store.NewRecord("8", []byte(`{"tenant":"south","name":"Priya"}`), nil))
		check(&rule.Change{Tx: tx, Table: "user", Before: record(before), After: record(after)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReference(t *testing.T) {
	kind := rule.Reference{Field: "ownerId", Table: "owner", Within: "tenant", Int32: true}
	for _, row := range []struct {
		name, before, after string
		allowed             bool
	}{
		{"one that exists", "", `{"ownerId":7}`, true},
		{"nothing", "", `{"ownerId":null}`, true},
		{"left out", "", `{}`, true},
		{"one that does not exist", "", `{"ownerId":9}`, false},
		{"another tenant's", "", `{"ownerId":8}`, false},
		{"as it was", `{"ownerId":9}`, `{"ownerId":9}`, true},
		{"no longer as it was", `{"ownerId":7}`, `{"ownerId":9}`, false},
		{"text, which the document refuses", "", `{"ownerId":"nine"}`, true},
		{"beyond 32 bits, likewise", "", `{"ownerId":2147483648}`, true},
		{"a deletion", `{"ownerId":9}`, "", true},
	} {
		t.Run(row.name, func(t *testing.T) {
			staffed(t, row.before, row.after, func(c *rule.Change) {
				why, allowed := kind.Check(c)
				if allowed != row.allowed {
					t.Errorf("allowed %t, want %t: %+v", allowed, row.allowed, why)
				}
				if !allowed && why.Pointer != "/ownerId" {
					t.Errorf("it points to %q", why.Pointer)
				}
			})
		})
	}
}

func TestCopied(t *testing.T) {
	kind := rule.Copied{Field: "ownerId", From: "owner", Within: "tenant", Members: []rule.Pair{{To: "ownerName", From: "name"}}}
	for _, row := range []struct{ name, after, want string }{
		{"from the record", `{"ownerId":7,"ownerName":"Nobody"}`, "Graham"},
		{"not from another tenant's", `{"ownerId":8,"ownerName":"Nobody"}`, "Nobody"},
		{"from none", `{"ownerId":null,"ownerName":"Nobody"}`, "Nobody"},
	} {
		t.Run(row.name, func(t *testing.T) {
			staffed(t, "", row.after, func(c *rule.Change) {
				kind.Apply(c)
				if got := c.After.String("ownerName"); got != row.want {
					t.Errorf("the name is %q, want %q", got, row.want)
				}
			})
		})
	}
}
