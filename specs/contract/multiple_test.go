package contract

import "testing"

// TestMultiple holds the greatest multiple up to a number, where doubles would say another one.
func TestMultiple(t *testing.T) {
	for _, row := range []struct{ of, n, want float64 }{
		{0.01, 19.99, 19.99}, {0.01, 19.999, 19.99}, {0.1, 0.3, 0.3}, {0.1, 0.7, 0.7}, {5, 12, 10}, {5, -1, -5}, {5, 0, 0},
		{2.5, 7.4, 5}, {1e-9, 1, 1},
	} {
		if got := (&Schema{MultipleOf: &row.of}).Multiple(row.n); got != row.want {
			t.Errorf("the multiple of %v up to %v is %v, got %v", row.of, row.n, row.want, got)
		}
	}
	if got := (&Schema{}).Multiple(0.3); got != 0.3 {
		t.Errorf("no multiple is asked for, got %v", got)
	}
}
