package check

import (
	"context"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// TestMovesByItself holds that data which changes from one look to the next is no proof that a refused call has changed it, and
// that data which stays as the call has left it is.
func TestMovesByItself(t *testing.T) {
	refused := &client.Exchange{Started: time.Now()}
	for shows, moves := range map[string]bool{`["a","b"]`: false, `["b","a"]`: false, `["a","b","c"]`: true} {
		read := func(context.Context) []byte { return []byte(shows) }
		if got := movesByItself(t.Context(), refused, []byte(`["a","b"]`), read); got != moves {
			t.Errorf("of %s: %v", shows, got)
		}
	}
}
