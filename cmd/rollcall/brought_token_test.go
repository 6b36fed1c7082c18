package main_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
)

// A token endpoint asks for no secret: pages that are not of this machine get no token.
func TestTokensAreNotForForeignPages(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	path := filepath.Join(t.TempDir(), "openapi.yaml")
	if err := os.WriteFile(path, []byte(`openapi: 3.0.3
info: {title: Shop, version: "1"}
security: [{who: [read]}]
components: {securitySchemes: {who: {type: oauth2, flows: {clientCredentials: {tokenUrl: /oauth/token, scopes: {read: ""}}}}}}
paths:
  /things:
    get: {operationId: listThings, responses: {"200": {description: all}}}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := brought.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small,
		TrustProxy: true, Origins: []string{"http://named.example"}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	for name, row := range map[string]struct {
		head   string
		status int
	}{
		"no page":           {"Host: localhost:4010", 200},
		"a page of its own": {"Host: localhost:4010\r\nOrigin: http://localhost:4010\r\nSec-Fetch-Site: same-origin", 200},
		"a page of this machine": {
			"Host: 127.0.0.1:4010\r\nOrigin: http://localhost:3000\r\nSec-Fetch-Site: cross-site", 200},
		"one that is named":        {"Host: 127.0.0.1:4010\r\nOrigin: http://named.example\r\nSec-Fetch-Site: cross-site", 200},
		"by a name that is named":  {"Host: named.example\r\nOrigin: http://named.example\r\nSec-Fetch-Site: same-origin", 200},
		"behind a proxy":           {"Host: 127.0.0.1:4010\r\nX-Forwarded-Host: mock.example", 200},
		"a foreign page":           {"Host: 127.0.0.1:4010\r\nOrigin: http://evil.example\r\nSec-Fetch-Site: cross-site", 403},
		"a page of nowhere":        {"Host: 127.0.0.1:4010\r\nOrigin: null", 403},
		"a foreign page's form":    {"Host: 127.0.0.1:4010\r\nSec-Fetch-Site: cross-site", 403},
		"a name bent here":         {"Host: evil.example", 403},
		"a page of it":             {"Host: evil.example\r\nOrigin: http://evil.example\r\nSec-Fetch-Site: same-origin", 403},
		"one that plays the proxy": {"Host: evil.example\r\nX-Forwarded-Host: localhost\r\nSec-Fetch-Site: same-origin", 403},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			sent := "POST /oauth/token HTTP/1.1\r\nContent-Length: 0\r\n" + row.head + "\r\n\r\n"
			if _, err := io.WriteString(conn, sent); err != nil {
				t.Fatal(err)
			}
			res, err := http.ReadResponse(bufio.NewReader(conn), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			raw, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			body := string(raw)
			if res.StatusCode != row.status || strings.Contains(body, "access_token") != (row.status == 200) {
				t.Errorf("%d %s, want %d", res.StatusCode, body, row.status)
			}
		})
	}
}
