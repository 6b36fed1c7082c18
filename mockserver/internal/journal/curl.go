package journal

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// curl writes the line that sends a request again. Where a secret was, the shell puts a
// variable of the header's name: Authorization takes $AUTHORIZATION.
func curl(q *Request) string {
	var line strings.Builder
	line.WriteString("curl")
	switch q.Method {
	case http.MethodGet:
	case http.MethodHead:
		line.WriteString(" -I")
	default:
		line.WriteString(" -X " + quoted(q.Method))
	}
	for _, name := range slices.Sorted(maps.Keys(q.Headers)) {
		if slices.Contains(ownHeaders(), name) {
			continue
		}
		for _, value := range q.Headers[name] {
			if scheme, _, ok := strings.Cut(value, hidden); ok {
				variable := strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
				line.WriteString(` -H "` + name + ": " + scheme + "$" + variable + `"`)
				continue
			}
			line.WriteString(" -H " + quoted(name+": "+value))
		}
	}
	if q.Body != "" {
		line.WriteString(" --data-raw " + quoted(q.Body))
	}
	line.WriteString(" " + quoted(q.URL))
	return line.String()
}

// ownHeaders are those that curl sends by itself, or that would be wrong.
func ownHeaders() []string {
	return []string{"Accept-Encoding", "Connection", "Content-Length", "User-Agent"}
}

// quoted writes a text so that a shell takes it as it is.
func quoted(text string) string {
	if text != "" && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
