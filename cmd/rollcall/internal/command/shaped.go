package command

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"rollcall/conformance/suite"
)

// shapedBy asks a mock that runs elsewhere what it was started with that makes it differ from what it is. What is no mock, or
// does not say, is taken as it is.
func shapedBy(ctx context.Context, t *suite.Target) (defects, variants []string) {
	base, mock := strings.CutSuffix(t.Worlds, "/__admin/worlds")
	if !mock || t.Transport != nil {
		return nil, nil
	}
	through := withToken{http.DefaultTransport, strings.TrimPrefix(t.WorldHeaders["Authorization"], "Bearer ")}
	answer, err := ask(ctx, through, base+"/__admin/settings")
	if err != nil || answer.status != http.StatusOK {
		return nil, nil
	}
	var said struct{ Defects, Variants []string }
	if json.Unmarshal(answer.body, &said) != nil {
		return nil, nil
	}
	return said.Defects, said.Variants
}
