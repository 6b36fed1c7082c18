package independent_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
)

// one is a record that has what the records of all contracts have.
func one(number string) string {
	return `{"id":"1` + number +
		`","tenantId":"t","name":{"forename":"Ann","surname":"Bell"},"code":"N01","username":"ann","userId":"u` + number +
		`","email":"a` + number +
		`@example.test","enabled":true,"active":true,"firstName":"Ann","lastName":"Bell","status":"ACTIVE",` +
		`"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z","role":"councillor",` +
		`"roles":["A"],"groups":[],"teams":[]}`
}

// degenerate are servers that answer everything alike.
func degenerate() map[string]http.HandlerFunc {
	alike := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body) // a test's client that went away is no matter
		}
	}
	var number atomic.Int64
	return map[string]http.HandlerFunc{
		"sign-in page":   alike(200, "text/html", "<!doctype html><title>Sign in</title><form></form>"),
		"empty 200":      alike(200, "application/json", ""),
		"empty object":   alike(200, "application/json", "{}"),
		"empty list":     alike(200, "application/json", "[]"),
		"null":           alike(200, "application/json", "null"),
		"a number":       alike(200, "application/json", "0"),
		"no content":     alike(204, "application/json", ""),
		"refuses all":    alike(400, "application/json", `{"error":"no"}`),
		"lets nobody in": alike(401, "application/json", `{"error":"no"}`),
		"knows nothing":  alike(404, "application/json", `{"error":"no"}`),
		"broken":         alike(500, "application/json", `{"error":"no"}`),
		"created":        alike(201, "application/json", `{"id":"1","name":"one"}`),
		"wrapped":        alike(200, "application/json", `{"data":[],"meta":{}}`),
		"strings":        alike(200, "application/json", `["a","b"]`),
		"cut short":      alike(200, "application/json", `{"id":`),
		"one record":     alike(200, "application/json", one("")),
		"one new record": func(w http.ResponseWriter, r *http.Request) {
			alike(200, "application/json", one(strconv.FormatInt(number.Add(1), 10)))(w, r)
		},
		"one record, twenty times": alike(200, "application/json", "["+strings.Repeat(one("")+",", 19)+one("")+"]"),
		"one record, made":         alike(201, "application/json", one("")),
		"one record in everything": alike(200, "application/json", `{"data":`+one("")+`,"content":[`+one("")+
			`],"meta":{},"suggestion":`+one("")+`}`),
		"sends elsewhere": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/sign-in?from="+url.QueryEscape(r.URL.Path), http.StatusFound)
		},
		"echo as told": func(w http.ResponseWriter, r *http.Request) {
			sent, _ := io.ReadAll(r.Body) // what did not come is not told
			if !json.Valid(sent) {
				sent = []byte("null")
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"method": r.Method, "url": r.URL.String(), "path": r.URL.Path,
				"args": r.URL.Query(), "headers": r.Header, "json": json.RawMessage(sent), "data": json.RawMessage(sent)})
		},
		"echo": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.Copy(w, r.Body)
		},
	}
}
