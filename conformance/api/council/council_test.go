package council

import (
	"slices"
	"testing"

	"github.com/tidwall/gjson"
)

func TestSecretNamesAreFoundAtAnyDepth(t *testing.T) {
	rows := []struct {
		name, body string
		want       []string
	}{
		{"none", `{"name":"password","role":"token"}`, nil},
		{"told of, not shown", `{"passwordSet":true,"passwordHash":null,"mustChangePassword":"yes"}`, nil},
		{"in an item of a list", `[{"id":"1"},{"id":"2","passwordHash":"$2b$10$x"}]`, []string{"passwordHash"}},
		{"for the first time", `{"temporaryPassword":"Xy7-40a1","mustChangePassword":true}`, []string{"temporaryPassword"}},
		{"inside", `{"user":{"auth":[{"Password":"x"}]}}`, []string{"Password"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := secretNames(gjson.Parse(row.body)); !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

// A password can be read by anybody in these, or found by trying.
func TestASecretIsFoundInItsSpellings(t *testing.T) {
	got := spellings("Lantern-abc-62Q")
	for _, want := range []string{"Lantern-abc-62Q", "TGFudGVybi1hYmMtNjJR", "4c616e7465726e2d6162632d363251",
		"Lantern-ab", "rn-abc-62Q",
		"c31f66cabf98c095992b96e7b8afec44d935ed16911f6b87dfe4d4b6d23d27b1"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not in %q", want, got)
		}
	}
	if slices.Contains(spellings("L-1"), "L-") {
		t.Error("two signs are taken for a part of a password")
	}
}

func TestKeywordsAreWords(t *testing.T) {
	for _, same := range []string{"a,b b,c", "c, a , b b", "a,b b,c,a"} {
		if got := keywordsOf(same); !slices.Equal(got, []string{"a", "b b", "c"}) {
			t.Errorf("%q is %q", same, got)
		}
	}
}

func TestFilledIn(t *testing.T) {
	rows := []struct {
		name, body string
		want       bool
	}{
		{"absent", `{}`, false},
		{"null", `{"bio":null}`, false},
		{"empty text", `{"bio":""}`, false},
		{"empty list with a space", `{"bio":[ ]}`, false},
		{"text", `{"bio":"x"}`, true},
		{"list", `{"bio":["x"]}`, true},
		{"false", `{"bio":false}`, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := filledIn(gjson.Get(row.body, "bio")); got != row.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEveryOperationHasASample(t *testing.T) {
	for _, operation := range operations() {
		if samples()[operation] == nil {
			t.Errorf("%s has none", operation)
		}
	}
	if len(operations()) != 12 || len(samples()) != 12 {
		t.Errorf("%d operations and %d samples, want 12", len(operations()), len(samples()))
	}
}
