package main_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// placed are secrets that stand where a run has to look for them, and nowhere else.
func placed() map[string]string {
	return map[string]string{
		"bearer": "placedBearer01", "cookie of 5": "Zq7Wx", "cookie of 4": "k9Vw", "forwarded Basic": "placedForwarded02",
		"Basic of URLs": "urls~~>>??Placed03", "Basic without padding": "placedPadding04", "list": "placedList05",
		"info in the URL of the implementation": "placedOwner06", "key": "s3c7x",
	}
}

// handed are secrets that the target hands out, each in its own way.
func handed() map[string]string {
	return map[string]string{
		"session": "handedSession01", "key": "handedKey02", "nested": "handedNested03", "cookie": "Sk9zQ", "jwt": "handedJwt04",
		"value": "handedValue05", "number": "918273645546", "location": "handedLocation06", "authorization": "handedBearer07",
		"probe": "handedProbe08",
	}
}

// placedTarget is a target file that has all that are placed.
func placedTarget(at string) map[string]any {
	p := placed()
	pair := func(encoding *base64.Encoding, password string) string {
		return "Basic " + encoding.EncodeToString([]byte("bob:"+password))
	}
	owner := "https://me:" + p["info in the URL of the implementation"] + "@host.example/"
	return map[string]any{
		"url": at, "reading": "strict", "given": map[string]string{"disabledPassword": "Pw7"},
		"implementation": map[string]string{"name": "x", "url": owner},
		"personas": map[string]any{
			"default": map[string]any{"headers": map[string]string{"Authorization": "Bearer " + p["bearer"],
				"Cookie": "sid=" + p["cookie of 5"] + "; t=" + p["cookie of 4"], "X-Short": p["key"],
				"X-Forwarded-Authorization": pair(
					base64.StdEncoding,
					p["forwarded Basic"],
				), "X-List": "first|" + p["list"] + "|last"}},
			"low-rights": map[string]any{"headers": map[string]string{
				"Authorization": pair(base64.URLEncoding, p["Basic of URLs"])}},
			"councillor-role": map[string]any{"headers": map[string]string{
				"Authorization": pair(base64.RawStdEncoding, p["Basic without padding"])}},
		},
	}
}

// telling hands secrets out and tells them all everywhere, also behind the end of an answer.
func telling(t *testing.T) *httptest.Server {
	all := append(slices.Sorted(maps.Values(placed())), slices.Sorted(maps.Values(handed()))...)
	asked, probed := atomic.Int64{}, atomic.Bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !probed.Swap(true) { // the run asks before it has any worker
			w.Header().Set("Set-Cookie", "p="+handed()["probe"])
		}
		if strings.Contains(r.URL.Path, "no-such-path") {
			http.NotFound(w, r)
			return
		}
		if r.Method == http.MethodGet && asked.Add(1)%3 == 0 {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				return
			}
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", strings.Join(all, " "))
			_, _ = conn.Read(make([]byte, 1)) // until the client has seen it and gone
			conn.Close()
			return
		}
		h, answer := handed(), map[string]any{"data": all, "id": strings.Join(all, " "), "error": all}
		if r.Method == http.MethodPost {
			answer["session_id"], answer["apiKey"] = h["session"], h["key"]
			answer["jwt"], answer["tokenValue"] = h["jwt"], h["value"]
			answer["token"], answer["tokens"] = json.Number(h["number"]), map[string]any{"a": []string{h["nested"]}}
			w.Header().Set("Set-Cookie", "a="+h["cookie"]+"; Path=/")
			w.Header().Set("Location", "https://host.example/x?access_token="+h["location"])
			w.Header().Set("Authorization", "Bearer "+h["authorization"])
		}
		w.Header().Set("X-Echo", strings.Join(all, " "))
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(server.Close)
	return server
}

// TestNoSecretLeavesTheProcess holds for what a process says by itself, too, such as what
// net/http logs, and for several processes, of which each learns secrets of its own.
func TestNoSecretLeavesTheProcess(t *testing.T) {
	for _, procs := range []string{"1", "3"} {
		t.Run(procs, func(t *testing.T) {
			server := telling(t)
			dir := t.TempDir()
			raw, err := json.Marshal(placedTarget(server.URL))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "target"), raw, 0o600); err != nil {
				t.Fatal(err)
			}
			run := exec.CommandContext(t.Context(), "rollcall", "test", "council", "--config", "target", "--ledger", "ledger",
				"--procs", procs, "--only", "COU-WARD-0*", "--json", "run", "--reports", "reports", "--verbose")
			run.Dir, run.Env = dir, append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
			var out, said bytes.Buffer
			run.Stdout, run.Stderr = &out, &said
			if err := run.Run(); run.ProcessState.ExitCode() != 1 {
				t.Fatalf("%v\n%s", err, said.String())
			}
			if text := said.String(); strings.Contains(text, "Unsolicited") {
				t.Errorf("a library says by itself: %s", text)
			}
			left := map[string]string{"console": out.String(), "stderr": said.String()}
			for _, file := range []string{"run", "reports/council.junit.xml", "reports/council.html", "reports/council.md"} {
				text, err := os.ReadFile(filepath.Join(dir, file))
				if err != nil {
					t.Fatal(err)
				}
				left[file] = string(text)
			}
			leaks(t, left, placed())
			leaks(t, left, handed())
		})
	}
}

func leaks(t *testing.T, left, secrets map[string]string) {
	t.Helper()
	for name, value := range secrets {
		for out, text := range left {
			if at := strings.Index(text, value); at >= 0 {
				t.Errorf("%s has the secret %q: …%q", out, name, text[max(0, at-80):min(len(text), at+80)])
			}
		}
	}
}
