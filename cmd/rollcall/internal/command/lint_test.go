package command

import (
	"bytes"
	"context"
	"errors"
	"testing"
)

// TestInterruptedLintFindsNothing: what was not looked at is no finding.
func TestInterruptedLintFindsNothing(t *testing.T) {
	ctx, end := context.WithCancel(context.Background())
	end()
	s := silent()
	err := runLint(ctx, s, []string{"tenants"})
	var told *Exit
	if !errors.As(err, &told) || told.Code != ExitInconclusive || s.Out.(*bytes.Buffer).Len() > 0 {
		t.Errorf("it ends with %v and says %s", err, s.Out)
	}
}
