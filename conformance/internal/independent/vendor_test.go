package independent_test

import (
	"crypto/rand"
	"encoding/json"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/conformance/internal/independent"
)

const secretOfAll = "known-to-the-vendor-alone"

// bouncer lets in who has a token that it has issued and that has not expired, and tells the
// service whose it is. Who has none of its tokens is the service's business.
type bouncer struct {
	mutex    sync.Mutex
	life     time.Duration
	personas map[string]independent.Persona
	issued   map[string]issued
	refused  int
}

type issued struct {
	to    string
	until time.Time
}

func (b *bouncer) wrap(service http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mutex.Lock()
		defer b.mutex.Unlock()
		if r.URL.Path == "/oauth2/token" {
			b.issue(w, r)
			return
		}
		if token, ok := b.issued[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]; ok {
			if time.Now().After(token.until) {
				b.refused++
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			for name, value := range b.personas[token.to].Headers {
				r.Header.Set(name, value)
			}
		}
		service.ServeHTTP(w, r)
	})
}

func (b *bouncer) issue(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if _, known := b.personas[id]; !known || secret != secretOfAll {
		http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
		return
	}
	token := rand.Text() // one that nobody guesses: a number's last sign, changed, is the token before
	b.issued[token] = issued{id, time.Now().Add(b.life)}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": token, "token_type": "bearer", "expires_in": b.life.Seconds()})
}

// TestTheVendorsPath goes the way that the README tells vendors, from init to the verdict, to a
// server over TLS, behind a base path, whose tokens expire in the middle of the run.
func TestTheVendorsPath(t *testing.T) {
	of := implementations()[0]
	suiteOf(t, of)
	door := &bouncer{life: 6 * time.Second, personas: of.Personas, issued: map[string]issued{}}
	server := httptest.NewTLSServer(http.StripPrefix("/directory/v2", door.wrap(of.New())))
	defer server.Close()
	rate := "250"
	if *all {
		door.life, rate = time.Minute, "25"
	}
	dir := t.TempDir()
	rollcall := built(t, dir)
	rollcall("init", "target", of.Contract)
	rewrite(t, filepath.Join(dir, "target.yaml"), server.URL+"/directory/v2")
	pemFile := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(filepath.Join(dir, "ca.pem"), pemFile, 0o600); err != nil {
		t.Fatal(err)
	}
	said := rollcall("doctor", of.Contract, "--config", "target.yaml")
	if !strings.Contains(said, "203 of 203 requirements can be decided") {
		t.Errorf("doctor says:\n%s", said)
	}
	said = rollcall("test", of.Contract, "--config", "target.yaml", "--json", "run.json", "--html", "report.html",
		"--rate", rate)
	if !strings.Contains(said, "CONFORMANT: 101 of 101 MUST") || door.refused > 0 {
		t.Errorf("%d tokens had expired, and test says:\n%s", door.refused, said)
	}
	if callers := len(of.Personas); len(door.issued) <= 2*callers { // doctor fetches one for each, and so does test
		t.Errorf("%d tokens were fetched for %d callers, so that none expired during the run", len(door.issued), callers)
	}
	if _, err := os.Stat(filepath.Join(dir, "report.html")); err != nil {
		t.Error(err)
	}
}

// built is the command, run in a folder. It ends the test when the command does not exit with 0.
func built(t *testing.T, dir string) func(args ...string) string {
	t.Helper()
	run := func(name, dir string, args ...string) string {
		t.Helper()
		c := exec.CommandContext(t.Context(), name, args...)
		c.Dir, c.Env = dir, append(os.Environ(), "CLIENT_SECRET="+secretOfAll, "XDG_CACHE_HOME="+dir)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%.6000s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	binary := filepath.Join(dir, "rollcall")
	run("go", "", "build", "-o", binary, "rollcall/cmd/rollcall")
	return func(args ...string) string { t.Helper(); return run(binary, dir, args...) }
}

// rewrite fills in a target file as its comments say: where the service is, whom to trust, and a
// token for each caller.
func rewrite(t *testing.T, file, at string) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	token := `token: {oauth2: {grant: client_credentials, token_url: "` + at + `/oauth2/token", ` +
		`client_id: $1, client_secret: "$$CLIENT_SECRET"}, early: 2s}`
	text := string(raw)
	for _, edit := range []struct{ pattern, with string }{
		{`(?m)^url: .*$`, `url: "` + at + `"`},
		{`(?m)^  (default):\n    headers: .*$`, "  $1:\n    " + token},
		{`(?m)^  # ([a-z-]+): \{headers: .*\}$`, `  $1: {` + token + `}`},
		{`(?m)^# tls:\n#   ca: (.*?) +#`, "tls:\n  ca: $1 #"},
	} {
		found := regexp.MustCompile(edit.pattern)
		if !found.MatchString(text) {
			t.Fatalf("the file of init has no %s:\n%s", edit.pattern, text)
		}
		text = found.ReplaceAllString(text, edit.with)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
