package suite

import (
	"rollcall/conformance/client"
	"rollcall/conformance/secret"
	"rollcall/reports"
)

// conceal tells the keeper what of a target must not be told: the headers that say who
// is calling, and what else is named like a secret.
func (t *Target) conceal(secrets *secret.Keeper) {
	for _, persona := range t.Personas {
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

// Secrets returns a keeper of what the target must not have told of it.
func (t *Target) Secrets() *secret.Keeper {
	secrets := &secret.Keeper{}
	t.conceal(secrets)
	return secrets
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

// conceal cuts out of a finished run what became known as a secret after the case that
// shows it.
func (s *session) conceal(run *reports.Run) { run.Rewrite(s.secrets.Cut) }
