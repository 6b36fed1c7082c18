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
