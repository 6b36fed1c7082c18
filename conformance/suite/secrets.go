package suite

import (
	"encoding/json"
	"strings"

	"rollcall/conformance/client"
	"rollcall/reports"
	"rollcall/specs/secret"
)

// RegisterSecrets tells the keeper what of a target must not be told: the headers that say who
// is calling, and what else is named like a secret.
func RegisterSecrets(t *Target, secrets *secret.Keeper) {
	headers(t.Headers, secrets)
	addresses := []string{t.URL, t.Worlds, t.Proxy}
	if t.Implementation != nil {
		addresses = append(addresses, t.Implementation.URL, t.Implementation.Contact)
	}
	for _, address := range addresses {
		secrets.URL(address)
	}
	for _, persona := range t.Personas {
		if persona.Token != nil && persona.Token.OAuth2 != nil {
			secrets.URL(persona.Token.OAuth2.TokenURL)
			for _, value := range []string{persona.Token.OAuth2.ClientSecret, persona.Token.OAuth2.Password,
				persona.Token.OAuth2.RefreshToken} {
				secrets.Add(value)
			}
			for _, value := range persona.Token.OAuth2.Parameters { // an assertion is as good as a password
				secrets.Add(value)
			}
		}
		headers(persona.Headers, secrets)
		for name, value := range persona.Info {
			secrets.Given(name, value)
		}
	}
	headers(t.WorldHeaders, secrets)
	for name, value := range t.Given {
		secrets.Given(name, value)
	}
}

// headers tells the keeper what headers hold, also that of one whose name has a whole line in it
// by mistake.
func headers(all map[string]string, secrets *secret.Keeper) {
	for name, value := range all {
		secrets.Header(name, value)
		if name, value, mistaken := strings.Cut(name, ":"); mistaken {
			secrets.Header(name, value)
		}
	}
}

// withoutSecrets is a call with its secrets cut out, and whether it had any.
func (s *session) withoutSecrets(call *undoCall) (*undoCall, bool) {
	raw, err := json.Marshal(call)
	if err != nil {
		return nil, true
	}
	shown := s.secrets.Cut(string(raw))
	if shown == string(raw) {
		return call, false
	}
	safe := &undoCall{}
	if json.Unmarshal([]byte(shown), safe) != nil { // the mark stands where a piece of the JSON was
		safe = &undoCall{Operation: call.Operation, Persona: call.Persona}
	}
	return safe, true
}

// fit makes a text fit to leave the run: no secret in it, and an end to it. It is cut
// before it is searched, with room for a secret at the edge, so that the work has an
// end as well.
func (s *session) fit(text string) string {
	whole := len(text)
	if most := shownReason + s.secrets.Longest(); whole > most {
		text = text[:most]
	}
	return client.Clip(s.secrets.Cut(text), shownReason, whole)
}

// cutSecrets cuts out of a finished run what became known as a secret after the case that
// shows it.
func (s *session) cutSecrets(run *reports.Run) { run.Rewrite(s.secrets.Cut) }
