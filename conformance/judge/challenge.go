package judge

import (
	"net/http"

	"github.com/getkin/kin-openapi/openapi3"
)

// challenged tells whether an answer is the bare challenge to a call without a
// valid credential where the document lets its 401 be two things: the operation's
// own refusal, which has a body, or the challenge, which has WWW-Authenticate
// instead. OpenAPI 3.0 can't say "either", so that the document gives the body and
// lists the header as one that need not be there.
func challenged(response *openapi3.Response, a Answer) bool {
	if a.Status != http.StatusUnauthorized || len(a.Body) > 0 || a.Header.Get("WWW-Authenticate") == "" {
		return false
	}
	for name, header := range response.Headers {
		if http.CanonicalHeaderKey(name) == "Www-Authenticate" && header.Value != nil {
			return !header.Value.Required
		}
	}
	return false
}
