package mockserver

import (
	"cmp"
	_ "embed"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rollcall/mockserver/admin"
	"rollcall/specs/contract"
)

// document answers for what is no operation of a contract: the contracts' own documents,
// and the page at /. It says whether it did.
func (s *Server) document(w http.ResponseWriter, q *http.Request) bool {
	if q.Method != http.MethodGet && q.Method != http.MethodHead {
		return false
	}
	switch {
	case isPage(q):
		s.page(w, q)
		return true
	case !strings.HasSuffix(q.URL.Path, "/openapi.yaml") && !strings.HasSuffix(q.URL.Path, "/openapi.json") ||
		s.config.Documents == nil:
		return false
	}
	m, inner, served := s.mountNow(q)
	if !served {
		return false
	}
	if m.plan.Contract.Behavior != nil && (inner.URL.Path == "/openapi.yaml" || inner.URL.Path == "/openapi.json") {
		send(w, q, "application/json", m.plan.Contract.Document) // which is YAML, too
		return true
	}
	text, err := fs.ReadFile(s.config.Documents, m.name+"/openapi.yaml")
	mediaType := "application/yaml"
	if err == nil && inner.URL.Path == "/openapi.json" {
		mediaType = "application/json"
		text, err = contract.DocumentAsJSON(text)
	}
	if err != nil || inner.URL.Path != "/openapi.yaml" && inner.URL.Path != "/openapi.json" {
		return false
	}
	send(w, q, mediaType, text)
	return true
}

// isPage tells whether a request is for the page of the mock, which browsers alone are shown.
func isPage(q *http.Request) bool {
	return (q.Method == http.MethodGet || q.Method == http.MethodHead) && q.URL.Path == "/" &&
		strings.Contains(q.Header.Get("Accept"), "text/html")
}

func send(w http.ResponseWriter, q *http.Request, mediaType string, text []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if q.Method != http.MethodHead {
		_, _ = w.Write(text) // a client that went away is no matter
	}
}

//go:embed page.html
var pageText string

// The page of a mock: what is served, and how it is called.
type page struct {
	Base      string
	Contracts []pageContract
	Token     bool // the control API asks for one
}

type pageContract struct {
	Name, Title, Prefix string
	Operations          []pageOperation
	Personas            []pagePersona
}

type pageOperation struct{ Method, Path, Summary string }

type pagePersona struct{ Name, Header, Curl string }

func (s *Server) page(w http.ResponseWriter, q *http.Request) {
	shown := s.shown(q)
	var out strings.Builder
	parsed, err := template.New("page").Parse(pageText)
	if err == nil {
		err = parsed.Execute(&out, shown)
	}
	if err != nil {
		s.config.Log.Error("a bug of ours", "page", err.Error())
		http.Error(w, "the page of the mock could not be made; the log says why, and "+admin.Prefix+
			"/health lists what is served", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action "+
			"'none'; frame-ancestors 'none'")
	w.Header().Set("Cache-Control", "no-store") // it shows credentials
	alone(w.Header())
	send(w, q, "text/html; charset=utf-8", []byte(out.String()))
}

// shown is what the page says to whoever asks.
func (s *Server) shown(q *http.Request) page {
	s.enter()
	defer s.leave()
	base := baseOf(q)
	shown := page{Base: base, Token: s.config.AdminToken != ""}
	mounts := slices.Clone(s.mounts)
	slices.SortFunc(mounts, func(a, b *mount) int { return cmp.Compare(a.name, b.name) })
	for _, m := range mounts {
		c := m.plan.Contract
		one := pageContract{Name: m.name, Title: c.Title, Prefix: strings.TrimSuffix(m.prefix, "/")}
		read := ""
		for _, op := range c.Operations {
			one.Operations = append(one.Operations, pageOperation{op.Method, op.Path, op.Summary})
			if read == "" && op.Method == http.MethodGet && !strings.Contains(op.Path, "{") && op.Secured {
				read = op.Path
			}
		}
		if shown.Token || !near(q) || !admin.OwnHost(q) { // credentials are for who is on this machine
			shown.Contracts = append(shown.Contracts, one)
			continue
		}
		t := s.target(m, base)
		for _, name := range slices.Sorted(maps.Keys(t.Personas)) {
			for _, header := range slices.Sorted(maps.Keys(t.Personas[name].Headers)) {
				line := header + ": " + t.Personas[name].Headers[header]
				curl := "curl -H '" + line + "' '" + base + one.Prefix + read + "'"
				if read == "" {
					curl = ""
				}
				one.Personas = append(one.Personas, pagePersona{name, line, curl})
			}
		}
		shown.Contracts = append(shown.Contracts, one)
	}
	return shown
}
