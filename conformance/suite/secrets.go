package suite

import (
	"encoding/json"

	"rollcall/conformance/client"
	"rollcall/conformance/secret"
	"rollcall/reports"
)

// RegisterSecrets tells the keeper what of a target must not be told: the headers that say who
// is calling, and what else is named like a secret.
func RegisterSecrets(t *Target, secrets *secret.Keeper) {
	for name, value := range t.Headers {
		secrets.Header(name, value)
	}
	for _, address := range []string{t.URL, t.Worlds, t.Proxy} {
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
		for name, value := range persona.Headers {
			secrets.Header(name, value)
		}
		for name, value := range persona.Info {
			secrets.Given(name, value)
		}
	}
	for name, value := range t.WorldHeaders {
		secrets.Header(name, value)
	}
	for name, value := range t.Given {
		secrets.Given(name, value)
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
