package command

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"rollcall/conformance/suite"
	"rollcall/mockserver"
)

// withToken sends the token of the control API along, where there is one.
type withToken struct {
	through http.RoundTripper
	token   string
}

// RoundTrip sends the request.
func (t withToken) RoundTrip(q *http.Request) (*http.Response, error) {
	if t.token != "" {
		q = q.Clone(q.Context())
		q.Header.Set("Authorization", "Bearer "+t.token)
	}
	return t.through.RoundTrip(q)
}

// withWorldToken gives the target of a mock with the token that its worlds ask for.
func withWorldToken(t suite.Target, token string) suite.Target {
	if token != "" {
		t.WorldHeaders = map[string]string{"Authorization": "Bearer " + token}
	}
	return t
}

// refusalOf is an answer of a control API, or of something else at its place, that
// is no success.
func refusalOf(url string, answer reply) error {
	var why struct{ Error string }
	_ = json.Unmarshal(answer.body, &why) // what says nothing has said nothing
	if why.Error != "" {
		why.Error = ": " + why.Error
	}
	err := fmt.Errorf("%s is answered %d%.300s", url, answer.status, why.Error)
	if answer.status == http.StatusUnauthorized &&
		strings.Contains(answer.header.Get("WWW-Authenticate"), mockserver.ControlRealm) {
		return &tokenWanted{err}
	}
	return err
}

// tokenWanted says that a mock wants its token.
type tokenWanted struct{ error }

// explain gives the error of a mock that does not take the token.
func (g *tokenWanted) explain(base, token string) error {
	if token == "" {
		return exit(ExitUsage,
			"the mock at %s guards its control API: give its token with --admin-token, or in ROLLCALL_ADMIN_TOKEN;"+
				" its ready lines print one that was made up", base)
	}
	return exit(ExitUsage, "the mock at %s does not take this --admin-token (ROLLCALL_ADMIN_TOKEN sets it, too);"+
		" its ready lines print the right one, where none was given", base)
}
