package suite_test

import (
	"strings"
	"testing"

	"rollcall/conformance/suite"
	"rollcall/specs/secret"
	"rollcall/specs/target"
)

// TestSecretsOfAddresses holds that user info and query of every address of a target are secrets.
func TestSecretsOfAddresses(t *testing.T) {
	const address = "http://canary-user:canary-pass@127.0.0.1:1/tok?k=canary-query&key=pin5"
	for name, of := range map[string]target.Target{
		"target": {URL: address}, "worlds": {Worlds: address}, "proxy": {Proxy: address},
		"issuer": {Personas: map[string]target.Persona{"p": {Token: &target.Token{OAuth2: &target.OAuth2{TokenURL: address}}}}},
	} {
		secrets := &secret.Keeper{}
		suite.RegisterSecrets(&of, secrets)
		told := secrets.Cut(`Post "` + address + `": refused; canary-user, canary-pass, canary-query, pin5`)
		for _, canary := range []string{"canary", "pin5"} {
			if strings.Contains(told, canary) {
				t.Errorf("%s: %q is told in %s", name, canary, told)
			}
		}
	}
}
