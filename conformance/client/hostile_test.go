package client_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/client"
)

// fine is an answer with a body.
func fine(body string) string {
	return fmt.Sprintf("200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}

// TestAnswersThatAreNone: what a target sends costs a time that grows with its length, and ends.
func TestAnswersThatAreNone(t *testing.T) {
	deep := strings.Repeat("[", 201) + strings.Repeat("]", 201)
	text := `["` + strings.Repeat("[\\\"", 300) + `"]`
	rows := map[string]struct{ answer, wrong string }{
		"another protocol": {"101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n", "the answer is 101"},
		"status of zero":   {"000 None\r\nContent-Length: 0\r\n\r\n", "the status 000"},
		"status below":     {"099 None\r\nContent-Length: 0\r\n\r\n", "the status 099"},
		"deep":             {fine(deep), "nests deeper than 200 levels"},
		"not as deep":      {fine(deep[1:401]), ""},
		"brackets as text": {fine(text), ""},
	}
	for name, row := range rows {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			t.Run(name+" "+method, func(t *testing.T) {
				over := make(chan struct{})
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					conn, out, err := http.NewResponseController(w).Hijack()
					if err != nil {
						t.Error(err)
						return
					}
					defer conn.Close()
					_, _ = out.WriteString("HTTP/1.1 " + row.answer)
					_ = out.Flush()
					<-over
				}))
				defer server.Close()
				defer close(over)
				c := client.New(client.Config{BaseURL: server.URL, Transport: client.Over(nil)})
				request := client.NewRequest(nil, client.Method(method), client.RawPath("/"))
				request.Timeout = 20 * time.Second
				began := time.Now()
				got := c.Do(t.Context(), request)
				if (got.Err == nil) != (row.wrong == "") || got.Err != nil && !strings.Contains(got.Err.Error(), row.wrong) {
					t.Errorf("got %v, want %q", got.Err, row.wrong)
				}
				if took := time.Since(began); took > 10*time.Second {
					t.Errorf("it took %s", took)
				}
			})
		}
	}
}
