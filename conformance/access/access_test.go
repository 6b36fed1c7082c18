package access_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/conformance/access"
	"rollcall/specs/secret"
	"rollcall/specs/target"
)

// issuer answers token requests as the grant and the credential say, each with a new token.
func issuer(t *testing.T, expires int) (*httptest.Server, *[]string) {
	var grants []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		grants = append(grants, r.FormValue("grant_type")+" "+r.FormValue("refresh_token"))
		if r.FormValue("audience") != "us" {
			t.Errorf("the form is %v", r.Form)
		}
		if _, secret, _ := r.BasicAuth(); secret != "right" {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"error":"invalid_client","error_description":"who is that?"}`)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		answer := map[string]any{"access_token": fmt.Sprint("token-", len(grants)), "token_type": "bearer"}
		if expires > 0 {
			answer["expires_in"] = expires
		}
		if r.FormValue("grant_type") != "client_credentials" {
			answer["refresh_token"] = fmt.Sprint("again-", len(grants))
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	return server, &grants
}

func TestTokensAreFetchedAndFetchedAnew(t *testing.T) {
	for _, row := range []struct {
		grant   string
		expires int
		early   target.Duration
		wait    time.Duration
		want    []string // grants
	}{
		{target.ClientCredentials, 0, 0, 0, []string{"client_credentials "}},
		{target.ClientCredentials, 3600, 0, 0, []string{"client_credentials "}},
		{target.ClientCredentials, 1, 0, 900 * time.Millisecond, []string{"client_credentials ", "client_credentials "}},
		{target.Password, 1, 0, 900 * time.Millisecond, []string{"password ", "refresh_token again-1"}},
		{target.RefreshToken, 1, 0, 900 * time.Millisecond, []string{"refresh_token first", "refresh_token again-1"}},
	} {
		t.Run(fmt.Sprint(row.grant, row.expires), func(t *testing.T) {
			server, grants := issuer(t, row.expires)
			secrets := &secret.Keeper{}
			tokens := access.NewTokens(map[string]target.Persona{"default": {Token: &target.Token{Early: row.early,
				OAuth2: &target.OAuth2{
					Grant: row.grant, TokenURL: server.URL, ClientID: "id", ClientSecret: "right", Username: "u", Password: "p",
					RefreshToken: "first", Parameters: map[string]string{"audience": "us"}}}}},
				http.DefaultTransport, secrets)
			for range 2 {
				name, value, err := tokens.Header(t.Context(), "default")
				if want := fmt.Sprint("Bearer token-", len(*grants)); err != nil || name != "Authorization" || value != want {
					t.Errorf("the header is %s: %s (%v), want %s", name, value, err, want)
				}
				if secrets.Cut(value) == value {
					t.Errorf("%s is not told to be a secret", value)
				}
				time.Sleep(row.wait)
			}
			if !slices.Equal(*grants, row.want) {
				t.Errorf("asked for %q, want %q", *grants, row.want)
			}
		})
	}
}

func TestTokensThatCannotBeHad(t *testing.T) {
	server, _ := issuer(t, 0)
	for name, row := range map[string]struct {
		token target.Token
		want  string
	}{
		"refused": {target.Token{OAuth2: &target.OAuth2{Grant: target.ClientCredentials, TokenURL: server.URL, ClientID: "id",
			ClientSecret: "wrong", Parameters: map[string]string{"audience": "us"}}},
			"401 Unauthorized (invalid_client: who is that?)"},
		"unreachable": {target.Token{OAuth2: &target.OAuth2{Grant: target.ClientCredentials, TokenURL: "http://127.0.0.1:1"}},
			"connect"},
		"no program": {target.Token{Command: []string{"/no/such/program"}}, "/no/such/program"},
	} {
		t.Run(name, func(t *testing.T) {
			tokens := access.NewTokens(map[string]target.Persona{"p": {Token: &row.token}},
				http.DefaultTransport, &secret.Keeper{})
			_, _, err := tokens.Header(t.Context(), "p")
			if err == nil || !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), "the persona p") {
				t.Errorf("the error is %v", err)
			}
		})
	}
	if name, _, err := access.NewTokens(nil, nil, nil).Header(t.Context(), "p"); name != "" || err != nil {
		t.Errorf("a persona without a token has the header %q (%v)", name, err)
	}
}

func script(t *testing.T, text string) string {
	if runtime.GOOS == "windows" {
		t.Skip("NOT RUN on Windows: it runs shell scripts")
	}
	file := filepath.Join(t.TempDir(), "script.sh")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestTokensOfACommand(t *testing.T) {
	soon := base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf(`{"exp":%d}`, time.Now().Add(-time.Hour).Unix())))
	jwt := "eyJhbGciOiJub25lIn0." + soon + ".eA"
	for name, row := range map[string]struct {
		prints, want, wrong string
		runs                int
	}{
		"alone":        {prints: "echo abc", want: "abc", runs: 1},
		"JSON":         {prints: `echo '{"access_token":"abc","expires_in":3600}'`, want: "abc", runs: 1},
		"expired":      {prints: `echo '{"access_token":"abc","expires_in":0.001}'`, want: "abc", runs: 2},
		"expired JWT":  {prints: "echo " + jwt, want: jwt, runs: 2},
		"two lines":    {prints: "echo a; echo b", wrong: "has to print the token alone"},
		"no member":    {prints: `echo '{"token":"abc"}'`, wrong: "printed JSON without access_token"},
		"says nothing": {prints: "true", wrong: "has to print the token alone"},
		"fails":        {prints: "echo no key >&2; exit 3", wrong: "exit status 3, having printed 7 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			count := filepath.Join(t.TempDir(), "count")
			file := script(t, "echo x >> "+count+"\n"+row.prints+"\n")
			prefix := "Token "
			tokens := access.NewTokens(map[string]target.Persona{"p": {Token: &target.Token{Header: "X-Key", Prefix: &prefix,
				Command: []string{file}}}}, nil, &secret.Keeper{})
			for range 2 {
				header, value, err := tokens.Header(t.Context(), "p")
				if row.wrong != "" {
					if err == nil || !strings.Contains(err.Error(), row.wrong) {
						t.Errorf("the error is %v", err)
					}
					return
				}
				if err != nil || header != "X-Key" || value != "Token "+row.want {
					t.Errorf("the header is %s: %s (%v)", header, value, err)
				}
				time.Sleep(5 * time.Millisecond)
			}
			runs, _ := os.ReadFile(count)
			if got := strings.Count(string(runs), "x"); got != row.runs {
				t.Errorf("it ran %d times, want %d", got, row.runs)
			}
		})
	}
}

func TestHooksMakeAndRemove(t *testing.T) {
	out := filepath.Join(t.TempDir(), "removed")
	made := script(t, `echo '{"given":{"userId":"7"},"personas":{"low-rights":{"headers":{"X-A":"b"}}}}'`)
	remove := script(t, "cat > "+out+"\n")
	to := &target.Target{Given: map[string]string{"a": "b"},
		Hooks: []target.Hook{{Make: []string{made}, Remove: []string{remove}}}}
	undo, err := access.Prepare(t.Context(), to)
	if err != nil || to.Given["userId"] != "7" || to.Given["a"] != "b" || to.Personas["low-rights"].Headers["X-A"] != "b" {
		t.Fatalf("the target is %+v (%v)", to, err)
	}
	if err := undo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(out); !strings.Contains(string(got), `"userId":"7"`) {
		t.Errorf("remove read %q", got)
	}
	for text, want := range map[string]string{
		"echo '{\"givn\":{}}'": "and no others", "echo no": "has to print JSON", "exit 4": "exit status 4",
	} {
		undo, err := access.Prepare(t.Context(),
			&target.Target{Hooks: []target.Hook{{Make: []string{script(t, text)}, Remove: []string{remove}}}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v", text, err)
		}
		_ = undo(context.Background())
	}
	undo, _ = access.Prepare(t.Context(),
		&target.Target{Hooks: []target.Hook{{Make: []string{made}, Remove: []string{script(t, "exit 1")}}}})
	if err := undo(context.Background()); err == nil || !strings.Contains(err.Error(), "may be left") {
		t.Errorf("what could not be removed is told as %v", err)
	}
}

func TestTransport(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}),
		0o600); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		target target.Target
		wrong  string
	}{
		"nothing said":   {target.Target{}, "certificate signed by unknown authority"},
		"its authority":  {target.Target{TLS: &target.TLS{CA: ca}}, ""},
		"anybody":        {target.Target{TLS: &target.TLS{Insecure: true}}, ""},
		"another name":   {target.Target{TLS: &target.TLS{CA: ca, ServerName: "nowhere.invalid"}}, "not nowhere.invalid"},
		"no file":        {target.Target{TLS: &target.TLS{CA: "/no/such.pem"}}, "tls.ca: open /no/such.pem"},
		"no PEM":         {target.Target{TLS: &target.TLS{CA: "access_test.go"}}, "holds no certificate in PEM"},
		"half a client":  {target.Target{TLS: &target.TLS{Certificate: ca}}, "certificate and key belong together"},
		"no key in it":   {target.Target{TLS: &target.TLS{Certificate: ca, Key: ca}}, "tls.certificate"},
		"no proxy":       {target.Target{TLS: &target.TLS{CA: ca}, Proxy: "none"}, ""},
		"a proxy":        {target.Target{TLS: &target.TLS{CA: ca}, Proxy: "http://127.0.0.1:1"}, "proxyconnect"},
		"no URL of one":  {target.Target{Proxy: "nowhere"}, "proxy is no URL"},
		"no time at all": {target.Target{TLS: &target.TLS{CA: ca}, Timeouts: target.Timeouts{Connect: 1}}, "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			way, err := access.Transport(&row.target)
			if err == nil {
				request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
				var answer *http.Response
				if answer, err = way.RoundTrip(request); err == nil {
					_ = answer.Body.Close()
				}
			}
			if row.wrong == "" && err != nil || row.wrong != "" && (err == nil || !strings.Contains(err.Error(), row.wrong)) {
				t.Errorf("the error is %v, want %q", err, row.wrong)
			}
		})
	}
}
