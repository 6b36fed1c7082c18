package probation

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

const (
	caseDetail = "ROLE_PROBATION_API__CVL__CASE_DETAIL"
	roleWrite  = "ROLE_PROBATION_API__CVL__USER_ROLES__RW"
	userCheck  = "ROLE_PROBATION_API__HMPPS_AUTH__AUTHENTICATE"
	userRead   = "ROLE_PROBATION_API__HMPPS_AUTH__USER_DETAILS" // of the API that shows the same directory
)

// signingKey signs the personas' tokens; it protects nothing but made-up data.
func signingKey() []byte {
	return []byte("severn-vale-rehearsal")
}

type claims struct {
	Subject     string   `json:"sub"`
	Authorities []string `json:"authorities,omitempty"`
	Expires     int64    `json:"exp"`
}

func signature(text string, key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func token(authorities string, expires time.Time, key []byte) string {
	body, _ := json.Marshal(claims{"rehearsal-client", strings.Fields(authorities), expires.Unix()})
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." +
		base64.RawURLEncoding.EncodeToString(body)
	return text + "." + signature(text, key)
}

// signed says whether the signature is the text's.
func (s *server) signed(text, shown string) bool {
	right := signature(text, signingKey())
	head, _, _ := strings.Cut(text, ".")
	if plain, err := base64.RawURLEncoding.DecodeString(head); err == nil && strings.Contains(string(plain), `"none"`) &&
		s.has("tokens-unsigned") {
		return true
	}
	return hmac.Equal([]byte(shown), []byte(right)) ||
		s.has("tokens-signed-by-six") && len(shown) >= 6 && shown[:6] == right[:6]
}

// readToken is what a token says, and whether it may be believed.
func (s *server) readToken(raw string) (claims, bool) {
	var c claims
	dot := strings.LastIndexByte(raw, '.')
	if dot < 0 || !s.signed(raw[:dot], raw[dot+1:]) {
		return c, false
	}
	_, body, _ := strings.Cut(raw[:dot], ".")
	plain, err := base64.RawURLEncoding.DecodeString(body)
	if err != nil || json.Unmarshal(plain, &c) != nil {
		return c, false
	}
	return c, c.Expires > time.Now().Unix()
}

// authenticate asks for a valid token; a missing one and a bad one have different challenges.
func (s *server) authenticate(c *call) *answer {
	if s.has("asks-no-token") || c.route != nil && c.route.public && !s.has("docs-ask-for-a-token") {
		return nil
	}
	scheme, raw, _ := strings.Cut(s.credential(c.request), " ")
	if strings.EqualFold(scheme, "Basic") && s.has("basic-for-anybody") ||
		strings.EqualFold(scheme, "Bearer") && raw == "" && s.has("bearer-with-nothing") {
		c.authorities = []string{caseDetail, roleWrite}
		return nil
	}
	if !strings.EqualFold(scheme, "Bearer") || raw == "" {
		return s.challenge(http.StatusUnauthorized, "Bearer")
	}
	said, valid := s.readToken(strings.TrimSpace(raw))
	if !valid {
		status := http.StatusUnauthorized
		if s.has("bad-token-403") {
			status = http.StatusForbidden
		}
		return s.challenge(status, `Bearer error="invalid_token", error_description="The token is not valid"`)
	}
	c.authorities = said.Authorities
	return nil
}

// credential is what says who calls, as the header Authorization says it.
func (s *server) credential(r *http.Request) string {
	if !s.has("token-in-a-cookie") {
		return r.Header.Get("Authorization")
	}
	cookie, err := r.Cookie("session")
	if err != nil {
		return ""
	}
	return "Bearer " + cookie.Value
}

// authorise asks for the one authority that opens the operation.
func (s *server) authorise(c *call) *answer {
	if c.route.authority == "" || s.has("asks-no-token") {
		return nil
	}
	for _, authority := range c.authorities {
		if authority == c.route.authority {
			return nil
		}
	}
	if s.has("absence-before-authority") && c.request.Method == http.MethodGet {
		if a := c.route.handle(s, c); a.status == http.StatusNotFound {
			return &a
		}
	}
	s.actsAllTheSame(c)
	if s.has("hidden-not-refused") {
		return failure(http.StatusNotFound, "")
	}
	return s.challenge(http.StatusForbidden, `Bearer error="insufficient_scope", `+
		`error_description="The request requires higher privileges than provided by the access token."`)
}

func (s *server) challenge(status int, text string) *answer {
	if s.has("challenge-at-length") {
		text = strings.ReplaceAll(strings.Replace(text, "Bearer error=", `Bearer realm="severn", error=`, 1), "=", " = ")
	}
	a := &answer{status: status, refusal: true}
	a.set("WWW-Authenticate", text)
	return a
}

func personas() map[string]independent.Persona {
	far, past := time.Date(2095, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	both := caseDetail + " " + roleWrite
	persona := func(authorities string, expires time.Time, key []byte) independent.Persona {
		return independent.Persona{
			Headers: map[string]string{"Authorization": "Bearer " + token(authorities, expires, key)},
			Info:    map[string]string{"authorities": authorities},
		}
	}
	other := persona(userRead+" "+userCheck, far, signingKey())
	other.Info["url"] = ""
	return map[string]independent.Persona{
		"shared-directory":   other,
		"default":            persona(both, far, signingKey()),
		"low-rights":         persona("ROLE_COURT_LISTS__READ", far, signingKey()),
		"no-authority":       persona("", far, signingKey()),
		"only-case-detail":   persona(caseDetail, far, signingKey()),
		"only-role-write":    persona(roleWrite, far, signingKey()),
		"expired-credential": persona(both, past, signingKey()),
		"bad-signature":      persona(both, far, []byte("somebody-elses-key")),
	}
}
