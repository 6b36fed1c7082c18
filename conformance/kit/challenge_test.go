package kit

import (
	"slices"
	"testing"
)

func TestChallengesOfOneHeader(t *testing.T) {
	for header, want := range map[string][]string{
		`Bearer`: {"Bearer"},
		`Bearer realm="a, b", error="invalid_token"`: {`Bearer realm="a, b", error="invalid_token"`},
		`Negotiate, Basic realm="x", Bearer`:         {"Negotiate", `Basic realm="x"`, "Bearer"},
		`Basic realm="x, Bearer", charset="UTF-8", Bearer error="insufficient_scope", scope="a b"`: {
			`Basic realm="x, Bearer", charset="UTF-8"`, `Bearer error="insufficient_scope", scope="a b"`},
		``: nil,
	} {
		if got := challenges(header); !slices.Equal(got, want) {
			t.Errorf("%s: %q", header, got)
		}
	}
}
