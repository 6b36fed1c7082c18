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

// A password can be read by anybody in these.
func TestASecretIsFoundInItsSpellings(t *testing.T) {
	want := []string{"Lantern-62Q", "TGFudGVybi02MlE", "TGFudGVybi02MlE", "4c616e7465726e2d363251"}
	if got := spellings("Lantern-62Q"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
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
