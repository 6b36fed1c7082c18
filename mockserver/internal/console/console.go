// Package console serves the pages on which people look at a mock and play with it: the
// console, and the documents to be tried. All that they do goes through the control API,
// which they call as any caller does.
//
// It is no API: it serves the packages beside it, and may change with any version.
package console

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/swaggest/swgui/v5emb"
)

// Where the pages are.
const (
	UI   = "/__admin/ui"
	Docs = "/__admin/docs"
)

//go:embed page
var files embed.FS

// Contract is what the pages know of one that is served.
type Contract struct {
	Name, Title, Prefix string
	Tables, Operations  []string
}

// Serves tells whether a path is one of the pages'.
func Serves(at string) bool {
	for _, page := range []string{UI, Docs} {
		if rest, ok := strings.CutPrefix(at, page); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// What a page may load: only what the mock itself serves. Swagger UI writes styles into its
// own page, and no scripts.
const (
	policy     = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	docsPolicy = policy + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)

type pages struct {
	contracts []Contract
	swagger   http.Handler
	parsed    *template.Template
}

// New gives the handler of the pages. They show nothing that is behind the token of the
// control API: their scripts ask for it.
func New(contracts []Contract) (http.Handler, error) {
	parsed, err := template.ParseFS(files, "page/*.html")
	return pages{contracts, v5emb.New("Rollcall", "", Docs+"/swagger"), parsed}, err
}

// ServeHTTP answers with a page, or a file of one.
func (p pages) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	if q.Method != http.MethodGet && q.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		fail(w, "a page is for GET", http.StatusMethodNotAllowed)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("Referrer-Policy", "no-referrer")
	switch at := strings.TrimSuffix(q.URL.Path, "/"); {
	case at == UI:
		p.page(w, q, "ui.html")
	case at == Docs:
		h.Set("Content-Security-Policy", docsPolicy)
		p.page(w, q, "docs.html")
	case strings.HasPrefix(at, Docs+"/swagger/"):
		p.swagger.ServeHTTP(w, q)
	default:
		file(w, q, path.Base(at))
	}
}

func (p pages) page(w http.ResponseWriter, q *http.Request, name string) {
	var text bytes.Buffer
	if err := p.parsed.ExecuteTemplate(&text, name, p.contracts); err != nil {
		fail(w, "the page could not be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, q, "text/html; charset=utf-8", text.Bytes())
}

func file(w http.ResponseWriter, q *http.Request, name string) {
	text, err := fs.ReadFile(files, "page/"+name)
	if err != nil || strings.HasSuffix(name, ".html") {
		fail(w, "there is no such file; the pages are "+UI+" and "+Docs, http.StatusNotFound)
		return
	}
	send(w, q, mime.TypeByExtension(path.Ext(name)), text)
}

func send(w http.ResponseWriter, q *http.Request, kind string, text []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.Header().Set("Cache-Control", "no-cache")
	if q.Method != http.MethodHead {
		_, _ = w.Write(text) // a client that went away is no matter
	}
}

// fail answers as the rest of the control API does.
func fail(w http.ResponseWriter, message string, status int) {
	body, err := json.Marshal(map[string]string{"error": message})
	if err != nil {
		panic(err) // a text is always JSON
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // who went away is no matter
}
