package command

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/conformance/suite"
)

// healthTime is how long a mock may take to say that it is well.
const healthTime = 3 * time.Second

func newHealth(s Streams) *cobra.Command {
	var url string
	var port int
	c := &cobra.Command{
		Use:   "health",
		Short: "Ask a running mock whether it is well, as containers do",
		Long: "Exits with 0 when a mock answers within three seconds, and with 4 when none does. It needs no token.\n" +
			"A certificate is not looked at, as probes of orchestrators don't.",
		Example: "  rollcall health\n  rollcall health --port 8080\n  rollcall health --url https://localhost:8443",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			base := "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
			if url != "" {
				if problem := suite.URLProblem(url); problem != "" {
					return exit(ExitUsage, "--url %s", problem)
				}
				base = strings.TrimSuffix(url, "/")
			}
			if err := healthy(c.Context(), base); err != nil {
				return err
			}
			_, err := fmt.Fprintln(s.Out, "ok: "+base)
			return err
		},
	}
	textFlag(c.Flags(), &url, "url", "URL of the mock, in place of a port of this machine")
	intFlag(c.Flags(), &port, "port", 4010, 1, math.MaxUint16, "port of the mock on this machine")
	return c
}

// healthy asks the one page of the control API that nobody needs a token for.
func healthy(parent context.Context, base string) error {
	ctx, cancel := context.WithTimeout(parent, healthTime)
	defer cancel()
	through := http.DefaultTransport.(*http.Transport).Clone()
	through.Proxy = nil                                             // whoever asks this machine wants no other one's answer
	through.TLSClientConfig = &tls.Config{InsecureSkipVerify: true} //nolint:gosec // nothing secret is sent
	answer, err := ask(ctx, through, base+"/__admin/health")
	switch {
	case err != nil:
		return exit(ExitTarget, "no mock answers: %w", err)
	case answer.status != http.StatusOK:
		return exit(ExitTarget, "%s/__admin/health answered %d: no mock, or one that is not well", base, answer.status)
	case !ofMock(answer.body):
		return exit(ExitTarget, "%s/__admin/health answered 200, and not as a mock does: another server is there; give the "+
			"mock's own --port or --url", base)
	}
	return nil
}

// ofMock says whether a text is what a mock says of its health.
func ofMock(body []byte) bool {
	const most = 1 << 20
	var is struct {
		Status    string
		Contracts []any
	}
	return len(body) <= most && json.Unmarshal(body, &is) == nil && is.Status != "" && is.Contracts != nil
}
