package command

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rollcall/cmd/internal/cli"
)

// Whoever is asked before a run may answer without an end.
func TestAskingHasAnEnd(t *testing.T) {
	rows := map[string]struct {
		pause time.Duration
		piece int
		after time.Duration // until the context ends
	}{
		"much at once":          {0, 1 << 20, time.Minute},
		"little by little":      {5 * time.Millisecond, 1, 100 * time.Millisecond},
		"nothing after a while": {time.Hour, 1, 100 * time.Millisecond},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			over := make(chan struct{})
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				for {
					if _, err := w.Write(make([]byte, row.piece)); err != nil {
						return
					}
					_ = http.NewResponseController(w).Flush()
					select {
					case <-over:
						return
					case <-r.Context().Done():
						return
					case <-time.After(row.pause):
					}
				}
			}))
			defer server.Close()
			defer close(over)
			ctx, cancel := context.WithTimeout(t.Context(), row.after)
			defer cancel()
			began := time.Now()
			_, err := describe(ctx, "council", server.URL, nil)
			if !errors.Is(err, errNoEnd) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(began); took > 8*time.Second {
				t.Errorf("it took %s", took)
			}
		})
	}
}

func TestTwinsOfTheEnvironment(t *testing.T) {
	rows := map[string]struct {
		name, value string
		want        string // of the flag afterwards
		wrong       bool
	}{
		"set":              {"ROLLCALL_PORT", "4011", "4011", false},
		"empty":            {"ROLLCALL_PORT", "", "4010", false},
		"blank":            {"ROLLCALL_PORT", "  ", "4010", false},
		"of a service":     {"ROLLCALL_PORT", "tcp://10.96.12.7:4010", "4010", false},
		"of a UDP service": {"ROLLCALL_PORT", "udp://10.96.12.7:4010", "4010", false},
		"no number":        {"ROLLCALL_PORT", "many", "4010", true},
		"another service":  {"ROLLCALL_SERVICE_PORT", "80", "4010", false},
		"a version":        {"ROLLCALL_VERSION", "1.2.3", "4010", false},
		"help":             {"ROLLCALL_HELP", "yes please", "4010", false},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			mock := newMock(Streams{})
			mock.InitDefaultHelpFlag()
			mock.Flags().Bool("version", false, "")
			err := cli.FromEnvironment(mock.Flags(), func(name string) (string, bool) { return row.value, name == row.name },
				io.Discard)
			if (err != nil) != row.wrong {
				t.Errorf("got %v", err)
			}
			if got := mock.Flags().Lookup("port").Value.String(); got != row.want {
				t.Errorf("the port is %s", got)
			}
		})
	}
}

// The token of a mock goes to the mock that was named, and not on to where that one points.
func TestATokenIsNotSentOn(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) {
		t.Errorf("%s was asked, with %q", q.URL, q.Header.Get("Authorization"))
	}))
	defer elsewhere.Close()
	named := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusFound))
	defer named.Close()
	if _, err := describe(t.Context(), "council", named.URL, withToken{http.DefaultTransport, "s3cret"}); err == nil {
		t.Error("it is taken for a mock")
	}
}
