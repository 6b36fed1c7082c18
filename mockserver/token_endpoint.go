package mockserver

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// tokenFor answers for the token endpoint that a brought contract names: whoever asks gets the
// token of a caller, the one called as the client, else the default one. It says whether it did.
func (s *Server) tokenFor(w http.ResponseWriter, q *http.Request) bool {
	if q.Method != http.MethodPost {
		return false
	}
	for _, m := range s.mounts {
		if m.plan.Contract.Behavior == nil || !m.givesTokens(strings.TrimPrefix(q.URL.Path, m.prefix)) {
			continue
		}
		client, _, basic := q.BasicAuth()
		if !basic {
			q.Body = http.MaxBytesReader(w, q.Body, 1<<20)
			client = q.PostFormValue("client_id")
		}
		s.sendToken(w, q, m, client)
		return true
	}
	return false
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

func (s *Server) sendToken(w http.ResponseWriter, q *http.Request, m *mount, client string) {
	callers := s.Personas(m.name)
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
