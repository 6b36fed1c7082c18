package suite_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/conformance/client"
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

// TestNoPartOfASecretIsTold holds that what is cut out of an answer tells no part of a secret that the
// answer sends back: neither the run nor the ledger has it.
func TestNoPartOfASecretIsTold(t *testing.T) {
	const key = "CNgateway/4KqCANARYzTAILw"
	for name, answer := range map[string]func(w http.ResponseWriter, key string){
		"address": func(w http.ResponseWriter, key string) { w.Header().Set("Location", "http://x/"+key) },
		"escaped": func(w http.ResponseWriter, key string) { w.Header().Set("Location", "/things/"+url.PathEscape(key)) },
		"query":   func(w http.ResponseWriter, key string) { w.Header().Set("Location", "/things/"+key+"?of="+key) },
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				answer(w, r.Header.Get("X-Gateway-Key"))
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusCreated)
				_, _ = io.WriteString(w, `{"id":"4KqCANARYzTAILw","name":"x"}`)
			}))
			defer server.Close()
			target := shared(t)
			target.URL, target.Headers = server.URL, map[string]string{"X-Gateway-Key": key}
			c := only(config(t, target), "TOY-THING-01")
			c.Ledger = filepath.Join(t.TempDir(), "run.ledger")
			kept := []byte{}
			check := func(ctx context.Context, env *suite.Env) {
				made := env.Call(ctx, "createThing", client.JSON(map[string]any{"name": "x", "kind": "plain"}))
				env.TrackCall("deleteThing", client.Path("id", made.Text("id")))
				kept, _ = os.ReadFile(c.Ledger)
				env.Fail("the thing %s is wrong", made.Text("id"))
			}
			c.API.Cases = []suite.Case{{Requirement: "TOY-THING-01", Title: "the case", Check: check}}
			run, err := suite.RunPlain(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			told, _ := json.Marshal(run)
			for what, text := range map[string]string{"run": string(told), "ledger": string(kept)} {
				if text == "" || strings.Contains(text, "CANARY") {
					t.Errorf("%s tells %s", what, text)
				}
			}
		})
	}
}
