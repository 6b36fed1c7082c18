package mockserver

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"rollcall/fixtures"
	"rollcall/mockserver/admin"
)

// tokenFor answers for the token endpoint that a brought contract names: whoever asks gets the
// token of a caller, the one called as the client, else the default one. It says whether it did.
func (s *Server) tokenFor(w http.ResponseWriter, q *http.Request) bool {
	if q.Method != http.MethodPost {
		return false
	}
	name, callers := s.tokensAt(q.URL.Path)
	if name == "" {
		return false
	}
	if why := s.bent(q); why != "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprintf(w, `{"error":"access_denied","error_description":%q}`, why) // who went away is no matter
		return true
	}
	client, _, basic := q.BasicAuth()
	if !basic {
		q.Body = http.MaxBytesReader(w, q.Body, 1<<20)
		client = q.PostFormValue("client_id")
	}
	s.sendToken(w, q, callers, client)
	return true
}

// bent says why a page is not given what others on this machine are: the endpoint looks at no
// secret, so that the browser is the only one to tell who asks. "" lets a call in.
func (s *Server) bent(q *http.Request) string {
	named := func(origin string) bool { return slices.Contains(s.config.Origins, origin) }
	scheme := "http://"
	if q.TLS != nil {
		scheme = "https://"
	}
	origins := q.Header.Values("Origin")
	site := q.Header.Get("Sec-Fetch-Site")
	switch {
	case !admin.Loopback(q):
		return ""
	case !admin.CameHere(q) && !named(scheme+q.Host):
		return "the Host of this call is a name that others can give this machine: call it as localhost, 127.0.0.1 or [::1], " +
			"or name the origin with --cors"
	case len(origins) == 0 && site != "cross-site" && site != "same-site",
		len(origins) == 1 && (admin.OwnOrigin(origins[0]) || named(origins[0])):
		return ""
	}
	return "tokens are for pages of this machine: name the origin of others with --cors"
}

// tokensAt finds the contract whose token endpoint a path is, "" for none, and who may call it.
func (s *Server) tokensAt(path string) (contract string, callers []fixtures.Persona) {
	s.enter()
	defer s.leave()
	for _, m := range s.mounts {
		if m.plan.Contract.Behavior != nil && m.givesTokens(strings.TrimPrefix(path, m.prefix)) {
			return m.name, s.Personas(m.name)
		}
	}
	return "", nil
}

// givesTokens tells whether a path is that of a token endpoint of the document, and no operation.
func (m *mount) givesTokens(path string) bool {
	for _, scheme := range m.plan.Contract.Security {
		u, err := url.Parse(scheme.TokenURL)
		if err != nil || scheme.TokenURL == "" || u.Path == "" || u.Path != path && u.Path != m.plan.Contract.Base+path {
			continue
		}
		if op, _, _ := m.find(http.MethodPost, &url.URL{Path: path}); op == nil {
			return true
		}
	}
	return false
}

func (s *Server) sendToken(w http.ResponseWriter, q *http.Request, callers []fixtures.Persona, client string) {
	if len(callers) == 0 {
		return
	}
	who := callers[0]
	for _, one := range callers {
		if one.Name == client {
			who = one
		}
	}
	var token string
	for _, value := range who.Headers {
		_, token, _ = strings.Cut(value, " ")
		if token == "" {
			token = value
		}
	}
	body, err := json.Marshal(map[string]any{"access_token": token, "token_type": "bearer", "expires_in": 3600})
	if err != nil {
		http.Error(w, "the token could not be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	send(w, q, "application/json", body)
}
