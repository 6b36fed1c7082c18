package command

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Health is that of a mock: whoever answers 200 to everything is none.
func TestHealthIsOfAMock(t *testing.T) {
	for name, row := range map[string]struct {
		body string
		code int
	}{
		"a mock":          {`{"status":"ok","contracts":["council"],"worlds":0}`, 0},
		"one in trouble":  {`{"status":"degraded","contracts":[]}`, 0},
		"a page":          {"<html>", 4},
		"nothing":         {"", 4},
		"another health":  {`{"status":"ok"}`, 4},
		"a list":          {"[]", 4},
		"one without end": {strings.Repeat("[", 100_000), 4},
		"much":            {`{"status":"ok","contracts":[],"a":"` + strings.Repeat("x", 2<<20) + `"}`, 4},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(row.body))
		}))
		if code, said := ended(nil, "health", "--url", server.URL); code != row.code {
			t.Errorf("%s: %d %s", name, code, said)
		}
		server.Close()
	}
}
