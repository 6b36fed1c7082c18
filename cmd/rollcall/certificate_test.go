package main_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rollcall/conformance/certificate"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// certified is the bundle of a run against a mock of one contract, and the keys.
func certified(t *testing.T, name string, defects ...string) (bundle, private, public []byte) {
	t.Helper()
	return certifiedOf(t, name, func(*suite.Target) {}, defects...)
}

func certifiedOf(
	t *testing.T, name string, change func(*suite.Target), defects ...string,
) (bundle, private, public []byte) {
	t.Helper()
	private, public, err := certificate.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	key, err := certificate.PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	c, err := contract.Find(specs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	server, err := mockserver.New(mockserver.Config{
		Contracts: []*contract.Contract{c}, Seed: 1, Size: fixtures.Small, Defects: defects, Strict: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	its, err := server.Target(name, "http://in-process.example")
	if err != nil {
		t.Fatal(err)
	}
	its.Transport = through(server.ServeHTTP)
	change(&its)
	_, bundle, err = certificate.Issue(t.Context(), certificate.Order{
		Config: suite.Config{Contract: c, Target: its, Seed: 1, Version: "test"}, Key: key, ValidFor: time.Hour,
	})
	if err != nil {
		t.Fatal(err)
	}
	return bundle, private, public
}

// TestCertificates holds that a bundle of a run verifies, and that its verdicts come out again.
func TestCertificates(t *testing.T) {
	without := func(its *suite.Target) { its.Worlds, its.WorldHeaders = "", nil } // every case takes back what it made
	as := func(*suite.Target) {}
	for _, row := range []struct {
		name, contract string
		change         func(*suite.Target)
	}{{"council", "council", as}, {"identity", "identity", as}, {"council without worlds", "council", without}} {
		t.Run(row.name, func(t *testing.T) {
			bundle, _, public := certifiedOf(t, row.contract, row.change)
			key, err := certificate.PublicKey(public)
			if err != nil {
				t.Fatal(err)
			}
			v, err := certificate.Verify(t.Context(), bundle, certificate.Trust{Key: key}, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range v.Findings {
				t.Error(f)
			}
			t.Logf("%d bytes, %d exchanges: %d of %d verdicts recomputed, not %v", len(bundle), v.Exchanges, v.Recomputed, v.All,
				v.Not)
			if v.All == 0 || v.Recomputed != v.All {
				t.Error("all verdicts ought to come out again")
			}
		})
	}
}

// through is a handler as the way to a target.
type through http.HandlerFunc

// RoundTrip answers as the handler does.
func (h through) RoundTrip(q *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	in := q.Clone(q.Context())
	in.RequestURI, in.Host = q.URL.RequestURI(), q.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	h(w, in)
	return w.Result(), nil
}
