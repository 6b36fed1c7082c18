package main_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/cmd/rollcall/internal/command"
)

// canaries are secrets in every place where a run may get one from. Each has what a
// spelling may trip over.
func canaries() map[string]string {
	return map[string]string{
		"bearer": "bear+er/Canary==01", "basic": "basic:Canary 02", "cookie one": "cookieCanary03",
		"cookie two": "cookieCanary04",
		"digest":     `digest"Canary\05`, "key": `key<&>'"Canary%4106`, "words": "wordsCanary07 more",
		"later words": "laterCanary08",
		"token":       "tokenCanary.PayloadCanary09PayloadCanary.SignatureCanary", "second persona": "secondCanary10",
		"given": "given Canaré 11", "info": "infoCanary12",
		"fetched": "fetchedCanary13", "handed cookie": "handedCanary14", "fetched deep": "deepCanary15",
	}
}

// canaryTarget is a target file that holds them all.
func canaryTarget(at string) map[string]any {
	c := canaries()
	headers := map[string]string{
		"Authorization": "Bearer " + c["bearer"], "Cookie": "sid=" + c["cookie one"] + "; csrf=" + c["cookie two"],
		"X-API-Key": c["key"],
		"X-Custom":  c["words"], "X-Other": "some " + c["later words"], "X-Jwt": c["token"],
	}
	second := map[string]string{"Authorization": "Digest username=\"u\", response=\"" + c["digest"] + "\"",
		"X-Second": c["second persona"]}
	third := map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+c["basic"]))}
	return map[string]any{
		"url": at, "reading": "strict", "given": map[string]string{"disabledPassword": c["given"]},
		"personas": map[string]any{"default": map[string]any{"headers": headers,
			"info": map[string]string{"apiToken": c["info"]}},
			"low-rights": map[string]any{"headers": second}, "councillor-role": map[string]any{"headers": third}},
	}
}

// escapes are the spellings in which a target may send back what it got.
func escapes() map[string]func(string) string {
	quoted := func(s string) string { raw, _ := json.Marshal(s); return strings.Trim(string(raw), `"`) }
	each := func(format string) func(string) string {
		return func(s string) string {
			var out strings.Builder
			for _, b := range []byte(s) {
				fmt.Fprintf(&out, format, b)
			}
			return out.String()
		}
	}
	return map[string]func(string) string{
		"raw": func(s string) string { return s }, "JSON": quoted,
		"JSON twice": func(s string) string { return quoted(quoted(s)) },
		"query":      url.QueryEscape, "path": url.PathEscape,
		"path twice": func(s string) string { return url.PathEscape(url.PathEscape(s)) },
		"every byte": each("%%%02x"), "HTML": html.EscapeString, "HTML numbers": func(s string) string {
			var out strings.Builder
			for _, r := range s {
				fmt.Fprintf(&out, "&#x%X;", r)
			}
			return out.String()
		},
		"HTML in JSON": func(s string) string { return quoted(html.EscapeString(s)) },
		"JSON in URL":  func(s string) string { return url.QueryEscape(quoted(s)) },
		"base64":       func(s string) string { return base64.RawStdEncoding.EncodeToString([]byte(s)) },
		"base64 of a pair": func(s string) string {
			return strings.TrimRight(base64.StdEncoding.EncodeToString([]byte("user:"+s)), "=")
		},
		"shouted": strings.ToUpper, "hexadecimal": each("%02x"), "bytes": each("%02X "), "bytes with colons": each("%02x:"),
		"octal": each(`\%03o`), "quoted-printable": each("=%02X"),
		"old scripts":       units("%%u%04x"),
		"HTML without ends": units("&#%d"),
		"base64 in lines": func(s string) string {
			const line = 11 // bytes, to have more than one
			var out []string
			for part := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString([]byte(s))), line) {
				out = append(out, string(part))
			}
			return strings.Join(out, "\n")
		},
	}
}

// units writes each character by itself.
func units(format string) func(string) string {
	return func(s string) string {
		var out strings.Builder
		for _, r := range s {
			fmt.Fprintf(&out, format, r)
		}
		return out.String()
	}
}

// echoing answers everything with all canaries in one spelling: in a member, where a
// number belongs, in a header, and in what is no JSON.
func echoing(t *testing.T, spell func(string) string) *httptest.Server {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "no-such-path") { // or it would be taken for a page before the service
			http.NotFound(w, r)
			return
		}
		c := canaries()
		names := make([]string, 0, len(c))
		for name := range c {
			names = append(names, name)
		}
		slices.Sort(names)
		answer := map[string]any{"accessToken": c["fetched"], "tokens": []string{c["fetched deep"]}}
		var all []string
		for _, name := range names {
			all = append(all, spell(c[name]))
		}
		answer["data"], answer["id"], answer["echo"] = all, strings.Join(all, " "), all
		w.Header().Set("Set-Cookie", "s="+c["handed cookie"]+"; Path=/")
		w.Header().Set("X-Echo", strings.ReplaceAll(strings.Join(all, " "), "\n", " "))
		w.Header().Set("Content-Type", "application/json")
		if r.Method == http.MethodDelete || r.URL.Query().Has("limit") {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprint(w, "<p>", strings.Join(all, " "))
			return
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	return server
}

func TestNoSecretLeavesTheRun(t *testing.T) {
	placements := 0
	for name, spell := range escapes() {
		t.Run(name, func(t *testing.T) {
			left := runWithCanaries(t, echoing(t, spell).URL)
			for secret, value := range canaries() {
				placements++
				for out, text := range left {
					for _, needle := range []string{spell(value), strings.ReplaceAll(spell(value), "\n", `\n`), value} {
						if strings.Contains(strings.ToLower(text), strings.ToLower(needle)) {
							at := strings.Index(strings.ToLower(text), strings.ToLower(needle))
							t.Errorf("%s has the secret %q: …%q", out, secret, text[max(0, at-80):min(len(text), at+80)])
							break
						}
					}
				}
			}
		})
	}
	if placements < 40 {
		t.Errorf("only %d placements", placements)
	}
}

// runWithCanaries tests the target and returns all that leaves the run.
func runWithCanaries(t *testing.T, at string) map[string]string {
	dir := t.TempDir()
	raw, err := json.Marshal(canaryTarget(at))
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(file("target"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	code := command.Main([]string{"test", "council", "--config", file("target"), "--ledger", file("ledger"), "--only",
		"COU-WARD-0[1-5]", "--only", "COU-GEN-0*",
		"--json", file("run"), "--junit", file("junit"), "--html", file("html"), "--markdown", file("markdown"),
		"--sarif", file("sarif"), "--ctrf", file("ctrf"), "--badge", file("badge"), "--reports", file("all"), "--verbose"},
		command.Streams{Out: &out, Err: &said, Env: func(name string) (string, bool) {
			value, set := map[string]string{"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": file("summary")}[name]
			return value, set
		}})
	if code != 1 {
		t.Fatalf("exit code %d\n%s", code, said.String())
	}
	left := map[string]string{"console": out.String(), "stderr": said.String()}
	for _, name := range []string{"run", "junit", "html", "markdown", "sarif", "ctrf", "badge", "summary",
		"all/council.junit.xml", "ledger"} {
		text, err := os.ReadFile(file(name))
		if err != nil && name != "ledger" {
			t.Fatal(err)
		}
		left[name] = string(text)
	}
	return left
}
