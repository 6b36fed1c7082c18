package independent_test

import (
	"io"
	"net/http"
)

// degenerate are servers that answer everything alike.
func degenerate() map[string]http.HandlerFunc {
	alike := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body) // a test's client that went away is no matter
		}
	}
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
		"echo": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.Copy(w, r.Body)
		},
	}
}
