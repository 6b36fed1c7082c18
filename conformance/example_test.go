package conformance_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"rollcall/conformance"
	"rollcall/specs/target"
)

// book is somebody's own service: wards that are listed as they were made, where the
// contract wants them in the order of their names.
type book struct {
	mutex sync.Mutex
	wards []map[string]any
}

// ServeHTTP creates and lists wards.
func (b *book) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.Header.Get("Authorization") != "Bearer let-me-in":
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprint(w, `{"error": "who are you?"}`)
	case r.Method == http.MethodPost && r.URL.Path == "/api/wards":
		ward := map[string]any{"id": fmt.Sprint(len(b.wards)), "tenantId": "t1", "boundaryDescription": nil, "councilTier": nil,
			"latitude": nil, "longitude": nil, "enabled": true, "createdAt": "2030-01-01T00:00:00Z",
			"updatedAt": "2030-01-01T00:00:00Z"}
		var sent map[string]any
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			http.Error(w, `{"error": "no JSON"}`, http.StatusBadRequest)
			return
		}
		maps.Copy(ward, sent)
		b.wards = append(b.wards, ward)
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(ward) // a caller that went away needs no answer
	case r.Method == http.MethodGet && r.URL.Path == "/api/wards":
		_ = json.NewEncoder(w).Encode(b.wards)
	default:
		http.NotFound(w, r)
	}
}

// own is what the suite has to know of a service: where it is, and who may call.
func own(url string) target.Target {
	return target.Target{Contract: "council", URL: url, Personas: map[string]target.Persona{
		target.DefaultPersona: {
			Headers: map[string]string{"Authorization": "Bearer let-me-in"},
			Info:    map[string]string{"tenantId": "t1"},
		},
	}}
}

// Judge a handler of one's own in a test: each requirement is a subtest.
func ExampleTest() {
	testBook := func(t *testing.T) { // func TestBook(t *testing.T) in a file of tests
		server := httptest.NewServer(new(book))
		t.Cleanup(server.Close)
		conformance.Test(t, own(server.URL), conformance.Only("COU-WARD-01"))
	}
	fmt.Println(passes(testBook)) // as go test runs it
	// Output: true
}

// Read verdicts without a test: the run is a value, and package reports writes it in
// every format.
func ExampleDecide() {
	server := httptest.NewServer(new(book))
	defer server.Close()

	run, err := conformance.Decide(context.Background(), own(server.URL), conformance.Only("COU-WARD-01", "COU-WARD-02"))
	if err != nil {
		log.Fatal(err)
	}
	for _, result := range run.Results {
		fmt.Printf("%s %s %s: %s\n", result.Requirement, result.Level, result.Verdict, result.Text)
	}
	fmt.Println(run.Outcome())
	// Output:
	// COU-WARD-01 MUST pass: The list holds every ward of the tenant, new ones too.
	// COU-WARD-02 MUST fail: Wards are listed in alphabetical order of their names.
	// not conformant
}
