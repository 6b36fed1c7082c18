//go:build unix

package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The keys of the default personas, which every mock with seed 1 has.
const (
	councilKey    = "Bearer sk_live_94c3edd1bf134fe17396fa4b"
	volunteersKey = "Bearer at_a73b32ac064265e2c550b7cb2d94f2f4"
)

// replica is a mock in a process of its own, which can be killed and begun again.
type replica struct {
	t       testing.TB
	dir     string
	args    []string
	process *exec.Cmd
	url     string
	at      atomic.Value // url, for who calls while it is begun again
}

func newReplica(t testing.TB, name string, args ...string) *replica {
	t.Helper()
	r := &replica{t: t, dir: filepath.Join(t.TempDir(), name), args: args}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r.start()
	t.Cleanup(r.kill)
	return r
}

// start begins the mock and waits until it listens.
func (r *replica) start() {
	r.t.Helper()
	port := filepath.Join(r.dir, "port")
	os.Remove(port) //nolint:errcheck // it may not be there
	r.process = exec.Command("rollcall", append([]string{"mock", "--port", "0", "--port-file", port}, r.args...)...)
	r.process.Env = append(os.Environ(), "XDG_CACHE_HOME="+filepath.Join(r.dir, "cache"))
	log, err := os.OpenFile(filepath.Join(r.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		r.t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // the process has its own
	r.process.Stdout, r.process.Stderr = log, log
	if err := r.process.Start(); err != nil {
		r.t.Fatal(err)
	}
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(port); err == nil && len(text) > 0 {
			r.url = "http://127.0.0.1:" + strings.TrimSpace(string(text))
			r.at.Store(r.url)
			return
		}
	}
	text, _ := os.ReadFile(filepath.Join(r.dir, "log"))
	r.t.Fatalf("the mock does not listen:\n%s", text)
}

// kill ends the mock at once.
func (r *replica) kill() {
	if r.process == nil {
		return
	}
	_ = r.process.Process.Kill()
	_ = r.process.Wait()
	r.process = nil
}

// pause stops the process, or lets it go on.
func (r *replica) pause(on bool) {
	signal := syscall.SIGCONT
	if on {
		signal = syscall.SIGSTOP
	}
	_ = r.process.Process.Signal(signal)
}

// caller calls contracts and control API.
type caller struct{ client *http.Client }

func newCaller() caller {
	return caller{&http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 100}}}
}

func (c caller) call(method, address, body string) (int, []byte, error) {
	q, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	q.Header.Set("Authorization", map[bool]string{true: volunteersKey, false: councilKey}[strings.Contains(address,
		"/volunteers/")])
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	w, err := c.client.Do(q)
	if err != nil {
		return 0, nil, err
	}
	defer w.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(w.Body)
	return w.StatusCode, text, err
}

// wards gives the names of all wards that a mock has, by id.
func (c caller) wards(t testing.TB, base string) map[string]string {
	t.Helper()
	status, text, err := c.call("GET", base+"/__admin/worlds/default/data", "")
	if err != nil || status != http.StatusOK {
		t.Fatalf("%d %v %s", status, err, text)
	}
	var all struct {
		Council struct{ Ward []struct{ ID, Name string } }
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, w := range all.Council.Ward {
		names[w.ID] = w.Name
	}
	return names
}

// balanced hands requests to mocks in turn, whoever sends them.
func balanced(t testing.TB, to ...*replica) string {
	t.Helper()
	var turn atomic.Uint64
	transport := &http.Transport{MaxIdleConnsPerHost: 100}
	var proxies []http.Handler
	for _, r := range to {
		u, err := url.Parse(r.url)
		if err != nil {
			t.Fatal(err)
		}
		proxies = append(proxies, &httputil.ReverseProxy{Transport: transport, Rewrite: func(q *httputil.ProxyRequest) {
			q.SetURL(u)
			q.Out.Host = q.In.Host
		}})
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		proxies[turn.Add(1)%uint64(len(proxies))].ServeHTTP(w, q)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// wardNamed is the body of a create.
func wardNamed(name string) string { return fmt.Sprintf(`{"name":%q}`, name) }
