package independent_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/conformance/internal/independent"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/target"
)

// condition is something that stands between the suite and a service, and that the
// service's target file speaks of.
type condition struct {
	name string
	tls  bool
	base string                                                            // path before those of the service
	wrap func(service http.Handler) http.Handler                           // nil = nothing
	tell func(t *testing.T, target *suite.Target, server *httptest.Server) // puts it into the target's file
	// contract -> the group that is decided, for what takes long; nil = all
	only   map[string]string
	open   bool // a verdict may be undetermined instead
	shared bool // all cases work on one state
}

func conditions() []condition {
	return []condition{
		{name: "TLS, a base path, and tokens that expire", tls: true, base: "/directory/v2",
			wrap: newGateway().wrap, tell: trustAndTokens},
		{name: "slow", wrap: slow(2 * time.Millisecond)},
		{name: "reads that lag", wrap: lagging(50 * time.Millisecond), only: groupOf(),
			tell: func(_ *testing.T, to *suite.Target, _ *httptest.Server) {
				to.Settle = map[string]target.Duration{"*": target.Duration(60 * time.Millisecond)}
			}},
		{name: "flaky", wrap: flaky(97), open: true, tell: func(_ *testing.T, to *suite.Target, _ *httptest.Server) {
			to.Retries, to.Tolerate = 3, []int{http.StatusServiceUnavailable}
		}},
		{name: "a rate limit", wrap: limited(20)},
		{name: "all of it at once", tls: true, base: "/directory/v2", only: groupOf(), open: true,
			wrap: func(service http.Handler) http.Handler {
				for _, one := range []func(http.Handler) http.Handler{lagging(50 * time.Millisecond), newGateway().wrap,
					slow(2 * time.Millisecond), flaky(97), limited(20)} {
					service = one(service)
				}
				return service
			},
			tell: func(t *testing.T, to *suite.Target, server *httptest.Server) {
				trustAndTokens(t, to, server)
				to.Settle = map[string]target.Duration{"*": target.Duration(60 * time.Millisecond)}
				to.Retries, to.Tolerate = 3, []int{http.StatusServiceUnavailable}
			}},
	}
}

// groupOf is a group of each contract that has reads and writes, for what takes long.
func groupOf() map[string]string {
	return map[string]string{"council": "WARD", "identity": "PWD", "probation": "ROLE", "tenants": "UPD", "volunteers": "PHONE"}
}

// TestConditions judges each independent server as a vendor's service is reached: the
// verdicts are those of a calm run.
func TestConditions(t *testing.T) {
	for _, of := range implementations() {
		calm := map[string]*reports.Run{}
		for _, c := range conditions() {
			t.Run(of.Contract+"/"+c.name, func(t *testing.T) {
				if of.Contract == "volunteers" && c.only == nil && !*all { // a minute each
					c.only = map[string]string{"volunteers": "PHONE"}
				}
				only := c.only[of.Contract]
				if calm[only] == nil {
					calm[only] = reached(t, of, condition{only: c.only})
				}
				run := reached(t, of, c)
				if c.only == nil && !c.open && run.Exit() != 0 {
					t.Errorf("it is %s", run.Outcome())
				}
				same(t, calm[only], run, c.open)
			})
		}
	}
}

// same wants the verdicts of a run to be those of a calm one, or open where that is fine.
func same(t *testing.T, calm, run *reports.Run, open bool) {
	t.Helper()
	was := map[string]reports.Verdict{}
	for _, r := range calm.Results {
		was[r.Requirement] = r.Verdict
	}
	for _, r := range run.Results {
		if r.Verdict != was[r.Requirement] && !(open && r.Verdict == reports.Undetermined) {
			t.Errorf("%s is %s, and was %s: %.500s", r.Requirement, r.Verdict, was[r.Requirement], r.Reason)
		}
	}
}

// reached is the run of the suite over a server under a condition.
func reached(t *testing.T, of independent.Implementation, under condition) *reports.Run {
	t.Helper()
	c, api := suiteOf(t, of)
	service := http.Handler(newWorlds(of, nil))
	if under.shared {
		service = of.New()
	}
	if under.wrap != nil {
		service = under.wrap(service)
	}
	service = http.StripPrefix(under.base, service)
	server := httptest.NewUnstartedServer(service)
	server.Config.ErrorLog = nil
	if under.tls {
		server.StartTLS()
	} else {
		server.Start()
	}
	defer server.Close()
	target := suite.Target{URL: server.URL + under.base, Given: of.Given, Personas: map[string]suite.Persona{}}
	if !under.shared {
		target.Worlds = target.URL + "/worlds"
	}
	for name, p := range of.Personas {
		headers, info := p.At(target.URL)
		target.Personas[name] = suite.Persona{Headers: headers, Info: info}
	}
	if under.tell != nil {
		under.tell(t, &target, server)
	}
	config := suite.Config{Contract: c, API: api, Target: target, Seed: 1}
	if group := under.only[of.Contract]; group != "" {
		config.Only = []string{group}
	}
	run, err := suite.RunPlain(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// gateway lets in who has a token of its own that has not expired, and leaves who has none
// to the service.
type gateway struct {
	mutex  sync.Mutex
	tokens map[string]time.Time
}

func newGateway() *gateway { return &gateway{tokens: map[string]time.Time{}} }

const life = 4 * time.Second

func (g *gateway) wrap(service http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mutex.Lock()
		defer g.mutex.Unlock()
		if r.URL.Path == "/oauth2/token" {
			id, secret, _ := r.BasicAuth()
			if id != "rollcall" || secret != "not-told-to-anybody" || r.FormValue("grant_type") != "client_credentials" {
				http.Error(w, `{"error":"invalid_client"}`, http.StatusUnauthorized)
				return
			}
			token := fmt.Sprint("gateway-token-", len(g.tokens))
			g.tokens[token] = time.Now().Add(life)
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(map[string]any{"access_token": token, "token_type": "bearer",
				"expires_in": int(life.Seconds())})
			return
		}
		if token := r.Header.Get("X-Gateway-Token"); token != "" && time.Now().After(g.tokens[token]) {
			w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`) // RFC 6750, 3
			http.Error(w, `{"error":"the token has expired"}`, http.StatusUnauthorized)
			return
		}
		service.ServeHTTP(w, r)
	})
}

func trustAndTokens(t *testing.T, to *suite.Target, server *httptest.Server) {
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}),
		0o600); err != nil {
		t.Fatal(err)
	}
	to.TLS = &target.TLS{CA: file}
	plain := ""
	for name, p := range to.Personas {
		p.Token = &target.Token{Header: "X-Gateway-Token", Prefix: &plain, Early: target.Duration(2 * time.Second),
			OAuth2: &target.OAuth2{
				Grant: target.ClientCredentials, TokenURL: to.URL + "/oauth2/token", ClientID: "rollcall",
				ClientSecret: "not-told-to-anybody"}}
		to.Personas[name] = p
	}
}

func slow(wait time.Duration) func(http.Handler) http.Handler {
	return func(service http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(wait)
			service.ServeHTTP(w, r)
		})
	}
}

// lagging shows in reads what was there before the last write, for a while: a cache, or a
// replica that is behind.
func lagging(behind time.Duration) func(http.Handler) http.Handler {
	type kept struct {
		answer *httptest.ResponseRecorder
		until  time.Time
	}
	return func(service http.Handler) http.Handler {
		var mutex sync.Mutex
		cache := map[string]kept{}
		// old is what a path showed before a write, or shows now.
		old := func(path string, header http.Header) *httptest.ResponseRecorder {
			header = header.Clone()
			for _, name := range []string{"Content-Type", "Content-Length", "User-Agent", "Accept-Encoding"} {
				header.Del(name)
			}
			about, _ := json.Marshal(header)
			key := path + string(about)
			one, ok := cache[key]
			if !ok || time.Now().After(one.until) {
				one = kept{httptest.NewRecorder(), time.Now().Add(behind)}
				read := httptest.NewRequest(http.MethodGet, path, nil)
				read.Header = header
				service.ServeHTTP(one.answer, read)
				cache[key] = one
			}
			return one.answer
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case strings.HasPrefix(r.URL.Path, "/worlds"):
				service.ServeHTTP(w, r)
			case r.Method == http.MethodGet:
				answer := old(r.URL.RequestURI(), r.Header)
				maps.Copy(w.Header(), answer.Header())
				w.WriteHeader(answer.Code)
				_, _ = bytes.NewReader(answer.Body.Bytes()).WriteTo(w)
			default:
				old(r.URL.RequestURI(), r.Header)
				if over := path.Dir(r.URL.EscapedPath()); over != "/" {
					old(over, r.Header)
				}
				service.ServeHTTP(w, r)
			}
		})
	}
}

// flaky drops one request in so many, and answers another with 503.
func flaky(every int64) func(http.Handler) http.Handler {
	return func(service http.Handler) http.Handler {
		var number atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch n := number.Add(1); {
			case strings.HasPrefix(r.URL.Path, "/worlds"):
			case n%every == 0:
				panic(http.ErrAbortHandler)
			case n%every == every/2:
				http.Error(w, "try again", http.StatusServiceUnavailable)
				return
			}
			service.ServeHTTP(w, r)
		})
	}
}

// limited answers 429 to one request in so many.
func limited(every int64) func(http.Handler) http.Handler {
	return func(service http.Handler) http.Handler {
		var number atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/worlds") && number.Add(1)%every == 0 {
				w.Header().Set("Retry-After", "0")
				http.Error(w, `{"error":"slow down"}`, http.StatusTooManyRequests)
				return
			}
			service.ServeHTTP(w, r)
		})
	}
}

// Without what the target's file says of a lag, the lag is seen: the condition is one.
func TestALagIsSeenWithoutSettle(t *testing.T) {
	i := slices.IndexFunc(implementations(), func(of independent.Implementation) bool { return of.Contract == "council" })
	run := reached(t, implementations()[i], condition{wrap: lagging(time.Second), only: map[string]string{"council": "WARD"}})
	if run.Exit() == 0 {
		t.Error("a target whose reads lag by a second is conformant without settle")
	}
}
