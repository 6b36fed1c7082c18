package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	testresult "github.com/in-toto/attestation/go/predicates/test_result/v0"
	intoto "github.com/in-toto/attestation/go/v1"
	"github.com/secure-systems-lab/go-securesystemslib/dsse"
	"github.com/secure-systems-lab/go-securesystemslib/signerverifier"
	"google.golang.org/protobuf/encoding/protojson"

	"rollcall/cmd/rollcall/internal/command"
	"rollcall/conformance/certificate"
)

// TestOthersReadTheStatement holds that the verifier, the key reader and the types of the
// standards themselves take the envelope and the statement.
func TestOthersReadTheStatement(t *testing.T) {
	bundle, _, public := certified(t, "tenants")
	envelope := &dsse.Envelope{}
	if err := json.Unmarshal(takenApart(t, bundle).parts["statement.dsse.json"], envelope); err != nil {
		t.Fatal(err)
	}
	key, err := signerverifier.LoadKey(public)
	if err != nil {
		t.Fatal(err)
	}
	key.KeyID = envelope.Signatures[0].KeyID
	theirs, err := signerverifier.NewED25519SignerVerifierFromSSLibKey(key)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := dsse.NewEnvelopeVerifier(theirs)
	if err != nil {
		t.Fatal(err)
	}
	_, payload, err := verifier.VerifyAndDecode(t.Context(), envelope)
	if err != nil {
		t.Fatal(err)
	}
	statement, result := &intoto.Statement{}, &testresult.TestResult{}
	if err := protojson.Unmarshal(payload, statement); err != nil {
		t.Fatal(err)
	}
	if err := statement.Validate(); err != nil {
		t.Fatal(err)
	}
	predicate, err := protojson.Marshal(statement.Predicate)
	if err != nil {
		t.Fatal(err)
	}
	if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(predicate, result); err != nil {
		t.Fatal(err)
	}
	if result.Result != "PASSED" || len(result.PassedTests) < 100 ||
		statement.PredicateType != certificate.PredicateType {
		t.Errorf("%s, %d passed, %s", result.Result, len(result.PassedTests), statement.PredicateType)
	}
}

// TestNoSecretInABundle holds that no credential is in a bundle, in whatever spelling the
// target sends it back.
func TestNoSecretInABundle(t *testing.T) {
	for _, name := range []string{"raw", "JSON", "path", "HTML", "base64"} {
		t.Run(name, func(t *testing.T) {
			spell, dir := escapes()[name], t.TempDir()
			file := func(name string) string { return filepath.Join(dir, name) }
			raw, err := json.Marshal(canaryTarget(echoing(t, spell).URL))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file("target"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
			rollcall := func(args ...string) (int, string) {
				var out bytes.Buffer
				code := command.Main(args, command.Streams{Out: &out, Err: &out,
					Env: func(string) (string, bool) { return "", false }})
				return code, out.String()
			}
			if code, said := rollcall("certify", "keygen", "--out", file("key")); code != 0 {
				t.Fatal(code, said)
			}
			code, said := rollcall("certify", "council", "--config", file("target"), "--key", file("key"), "--out",
				file("bundle"), "--ledger", file("ledger"), "-q")
			if code != 1 || !strings.Contains(said, "certified as not conformant") {
				t.Fatal(code, said)
			}
			bundle, err := os.ReadFile(file("bundle"))
			if err != nil {
				t.Fatal(err)
			}
			f := takenApart(t, bundle)
			text := strings.ToLower(string(bundle) + f.unzipped())
			statement, _ := json.Marshal(f.statement)
			for secret, value := range canaries() {
				for _, needle := range []string{spell(value), value} {
					if strings.Contains(text+strings.ToLower(string(statement)), strings.ToLower(needle)) {
						t.Errorf("the bundle has the secret %q", secret)
					}
				}
			}
			if code, said := rollcall("report", "verify", file("bundle"), "--key", file("key.pub")); code != 0 {
				t.Error(code, said)
			}
		})
	}
}
