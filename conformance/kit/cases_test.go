package kit_test

import (
	"context"
	"slices"
	"testing"

	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

func TestEachNamesItsRow(t *testing.T) {
	rows := []struct {
		title string
		want  []string
	}{
		{"it is refused", []string{"get: it is refused", "put: it is refused"}},
		{"%s is refused", []string{"get is refused", "put is refused"}},
	}
	for _, row := range rows {
		var titles, seen []string
		for _, c := range kit.Each("A-01", row.title, []string{"get", "put"},
			func(_ context.Context, _ *suite.Env, operation string) {
				seen = append(seen, operation)
			}) {
			titles = append(titles, c.Title)
			c.Check(t.Context(), nil)
		}
		if !slices.Equal(titles, row.want) || !slices.Equal(seen, []string{"get", "put"}) {
			t.Errorf("%q: titles %q, rows %q", row.title, titles, seen)
		}
	}
}
