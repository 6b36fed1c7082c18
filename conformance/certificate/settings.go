package certificate

import (
	"encoding/json"
	"maps"
	"slices"

	"rollcall/conformance/suite"
	"rollcall/specs/secret"
	"rollcall/specs/target"
)

// settings are what of a run's configuration its requests depend on, beside the run file.
type settings struct {
	UniqueSeed uint64        `json:"unique_seed"`        // of the names that cases make up
	Contract   string        `json:"contract,omitempty"` // the path of a contract that is none of ours
	Target     target.Target `json:"target"`
}

// settingsOf are those of a run, as far as a run that is played again needs them: a credential
// is its header with the mark in it, however it was come by.
func settingsOf(config suite.Config) settings {
	t, keeper := config.Target, config.Secrets
	t.Transport, t.Hooks, t.TLS, t.Proxy, t.Rate, t.Procs, t.Settle = nil, nil, nil, "", 0, 0, nil
	t.URL, t.Worlds = keeper.Cut(secret.Query(t.URL, secret.Mark)), keeper.Cut(secret.Query(t.Worlds, secret.Mark))
	t.Headers, t.WorldHeaders = hidden(t.Headers, keeper), hidden(t.WorldHeaders, keeper)
	t.Given = given(t.Given, keeper)
	if t.Implementation != nil {
		its := *t.Implementation
		its.URL, its.Contact = keeper.Cut(secret.Query(its.URL, secret.Mark)), keeper.Cut(its.Contact)
		t.Implementation = &its
	}
	if config.Yes {
		yes := true
		t.Destructive = &yes
	}
	t.Personas = maps.Clone(t.Personas)
	for name, persona := range t.Personas {
		t.Personas[name] = calling(persona, keeper)
	}
	return settings{UniqueSeed: config.UniqueSeed, Contract: config.Contract.Path, Target: t}
}

// calling is a caller without its secrets.
func calling(persona target.Persona, keeper *secret.Keeper) target.Persona {
	out := target.Persona{Headers: hidden(persona.Headers, keeper), Info: given(persona.Info, keeper)}
	if persona.Token == nil {
		return out
	}
	header, prefix := persona.Token.Header, "Bearer "
	if header == "" {
		header = "Authorization"
	}
	if persona.Token.Prefix != nil {
		prefix = *persona.Token.Prefix
	}
	if out.Headers == nil {
		out.Headers = map[string]string{}
	}
	out.Headers[header] = prefix + secret.Mark
	return out
}

// hidden are headers of a caller: their values say who it is.
func hidden(headers map[string]string, keeper *secret.Keeper) map[string]string {
	out := cutValues(headers, keeper)
	for name, value := range headers {
		if secret.Named(name) {
			out[name] = value[:len(value)-len(secret.Part(value))] + secret.Mark
		}
	}
	return out
}

// given are values of the target's owner: what is named like a secret is one, however short.
func given(values map[string]string, keeper *secret.Keeper) map[string]string {
	out := cutValues(values, keeper)
	for name := range values {
		if secret.GivenName(name) {
			out[name] = secret.Mark
		}
	}
	return out
}

func cutValues(values map[string]string, keeper *secret.Keeper) map[string]string {
	if values == nil {
		return nil
	}
	out := make(map[string]string, len(values))
	for name, value := range values {
		out[name] = keeper.Cut(value)
	}
	return out
}

func (s settings) write() ([]byte, error) {
	text, err := json.MarshalIndent(s, "", "  ")
	return slices.Concat(text, []byte("\n")), err
}
