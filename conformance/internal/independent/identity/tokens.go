package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// The three authorities of the contract, as they stand in a token.
const (
	userDetails   = "ROLE_PROBATION_API__HMPPS_AUTH__USER_DETAILS"
	authenticate  = "ROLE_PROBATION_API__HMPPS_AUTH__AUTHENTICATE"
	passwordWrite = "ROLE_PROBATION_API__HMPPS_AUTH__PASSWORD__RW"
	roleSwitch    = "ROLE_PROBATION_API__CVL__USER_ROLES__RW" // of the API that has the same directory
	allThree      = userDetails + " " + authenticate + " " + passwordWrite
)

// signingKey is no secret: the server lives in a test only.
const signingKey = "a key for an independent identity server"

// claims are the members of a token that this server reads.
type claims struct {
	Subject     string   `json:"sub"`
	Authorities []string `json:"authorities"`
	Expires     int64    `json:"exp"`
}

func signature(text, key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func minted(authorities []string, expires time.Time, key string) string {
	payload, err := json.Marshal(claims{"suite-client", authorities, expires.Unix()})
	if err != nil {
		panic(err)
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256","typ":"JWT"}`)) +
		"." + base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + signature(text, key)
}

// verified reads a token, or gives nil when it is forged, expired or no token at all.
func (s *server) verified(token string) *claims {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil
	}
	right := signature(parts[0]+"."+parts[1], signingKey)
	if !s.signed(parts, right) {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	found := &claims{}
	if err != nil || json.Unmarshal(payload, found) != nil || found.Expires <= time.Now().Unix() {
		return nil
	}
	return found
}

// bearer gives the credential of a request, and whether it has one of the right scheme.
func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

func (c *claims) has(authority string) bool { return slices.Contains(c.Authorities, authority) }

func personas(now time.Time) map[string]independent.Persona {
	soon, past := now.Add(12*time.Hour), now.Add(-time.Hour)
	other := persona(roleSwitch, soon, signingKey)
	other.Info["url"] = ""
	return map[string]independent.Persona{
		"shared-directory":    other,
		"default":             persona(allThree, soon, signingKey),
		"low-rights":          persona("ROLE_PROBATION_API__COURT_CASE__READ", soon, signingKey),
		"no-authority":        persona("", soon, signingKey),
		"only-user-details":   persona(userDetails, soon, signingKey),
		"only-authenticate":   persona(authenticate, soon, signingKey),
		"only-password-write": persona(passwordWrite, soon, signingKey),
		"expired-credential":  persona(allThree, past, signingKey),
		"bad-signature":       persona(allThree, soon, "another key"),
	}
}

func persona(authorities string, expires time.Time, key string) independent.Persona {
	token := minted(strings.Fields(authorities), expires, key)
	return independent.Persona{
		Headers: map[string]string{"Authorization": "Bearer " + token},
		Info:    map[string]string{"authorities": authorities},
	}
}
