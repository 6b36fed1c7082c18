package main_test

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance/judge"
	"rollcall/specs/contract"
)

// controlCall is one call of the control API. What stands in {braces} is what an earlier call
// has made.
type controlCall struct {
	operation, method, path, body string
	status                        int
}

// controlCalls drive every operation of the control API, well and badly.
func controlCalls() []controlCall {
	const w, ward = "/worlds/w1", "/worlds/w1/data/council/ward"
	return []controlCall{
		{"health", "GET", "/health", "", 200}, {"ready", "GET", "/ready", "", 200}, {"document", "GET", "/openapi.json", "", 200},
		{"settings", "GET", "/settings", "", 200}, {"plan", "GET", "/plan", "", 200}, {"state", "GET", "/state", "", 200},
		{"target", "GET", "/targets/council", "", 200},
		{"target", "GET", "/targets/kennel", "", 404},
		{"createWorld", "POST", "/worlds", "", 201}, {"createWorld", "POST", "/worlds", `{"from":"w9"}`, 404},
		{"createWorld", "POST", "/worlds", `{"form":"w1"}`, 400}, {"createWorld", "POST", "/worlds", `[]`, 400},
		{"worlds", "GET", "/worlds", "", 200},
		{"forkWorld", "POST", w + "/fork", "", 201}, {"deleteWorld", "DELETE", "/worlds/w2", "", 204},
		{"deleteWorld", "DELETE", "/worlds/default", "", 404}, {"forkWorld", "POST", "/worlds/w2/fork", "", 410},
		{"mintCredential", "POST", w + "/credentials", `{"contract":"council"}`, 201},
		{"mintCredential", "POST", w + "/credentials", `{"contract":"kennel"}`, 400},
		{"snapshotWorld", "POST", w + "/snapshot", `{"name":"before"}`, 201},
		{"snapshotWorld", "POST", w + "/snapshot", `{"name":"before"}`, 409},
		{"snapshotWorld", "POST", w + "/snapshot", `{"name":"no name"}`, 400}, {"snapshots", "GET", "/snapshots", "", 200},
		{"clock", "GET", w + "/clock", "", 200},
		{"setClock", "PUT", w + "/clock", `{"now":"2026-11-01T09:00:00Z","frozen":true}`, 200},
		{"setClock", "PUT", w + "/clock", `{"now":"noon"}`, 400}, {"resetClock", "DELETE", w + "/clock", "", 200},
		{"addFault", "POST", w + "/faults", `{"operation":"createWard","status":503,"times":2,"delay":{"ms":1}}`, 201},
		{"addFault", "POST", w + "/faults", `{"operation":"nothing","status":503}`, 400},
		{"faults", "GET", w + "/faults", "", 200},
		{"removeFault", "DELETE", w + "/faults/f9", "", 404}, {"removeFault", "DELETE", w + "/faults/f1", "", 204},
		{"removeFaults", "DELETE", w + "/faults", "", 204},
		{"", "POST", "{mock}/api/wards", `{"name":"Sent"}`, 201}, {"", "POST", "{mock}/api/wards", `{"name":"Sent"}`, 409},
		{"", "GET", "{mock}/api/nothing", "", 404},
		{"requests", "GET", "/requests?world=w1", "", 200}, {"requests", "GET", "/requests?status=none", "", 400},
		{"worldRequests", "GET", w + "/requests?status=4xx&limit=1", "", 200},
		{"worldRequests", "GET", "/worlds/w9/requests", "", 404},
		{"findRequests", "POST", "/requests/find?world=w1", `{"method":"POST","bodyPatterns":[{"contains":"Sent"}]}`, 200},
		{"findRequests", "POST", "/requests/find", `{"urlPattern":"("}`, 400},
		{"countRequests", "POST", "/requests/count?world=w1", `{"operation":"createWard"}`, 200},
		{"unmatchedRequests", "GET", "/requests/unmatched?world=w1", "", 200},
		{"requestsAsHAR", "GET", "/requests.har?world=w1", "", 200}, {"forgetRequests", "DELETE", "/requests?world=w1", "", 204},
		{"coverage", "GET", "/coverage", "", 200}, {"coverage", "GET", "/coverage?world=w1", "", 200},
		{"coverage", "GET", "/coverage?world=w9", "", 404},
		{"data", "GET", ward + "?search=sent&limit=2&offset=0", "", 200}, {"data", "GET", ward + "?limit=-1", "", 400},
		{"data", "GET", "/worlds/w1/data/council/kennel", "", 404},
		{"addRecords", "PATCH", ward, `{"records":[{"id":"ward-1","tenantId":"tenant-001","name":"Own"}]}`, 200},
		{"addRecords", "PATCH", ward, `{"records":[{"id":"ward-2","name":7}]}`, 400},
		{"record", "GET", ward + "/ward-1", "", 200}, {"record", "GET", ward + "/ward-9", "", 404},
		{"putRecord", "PUT", ward + "/ward-1", `{"tenantId":"tenant-001","name":"Other"}`, 200},
		{"putRecord", "PUT", ward + "/ward-1", `{"name":7}`, 400},
		{"patchRecord", "PATCH", ward + "/ward-1", `{"name":"Third"}`, 200},
		{"diffWorld", "GET", w + "/diff?from=before", "", 200},
		{"diffWorld", "GET", w + "/diff?from=w9", "", 404}, {"exportData", "GET", w + "/data", "", 200},
		{"deleteRecord", "DELETE", ward + "/ward-1", "", 204}, {"deleteRecord", "DELETE", ward + "/ward-9", "", 404},
		{"putRecords", "PUT", ward, `{"records":[]}`, 200}, {"deleteRecords", "DELETE", ward, "", 204},
		{"restoreWorld", "POST", w + "/restore", `{"from":"before"}`, 204}, {"resetWorld", "POST", w + "/reset", "", 204},
		{"restoreWorld", "POST", w + "/restore", `{"from":"w9"}`, 404}, {"reset", "POST", "/reset?world=w1", "", 204},
		{"reset", "POST", "/reset?world=w9", "", 404}, {"events", "HEAD", "/events?world=w1", "", 200},
		{"events", "GET", "/events?world=w9", "", 404},
	}
}

// TestControlAPIKeepsItsDocument drives every operation of the control API, and holds each
// answer to what its own document says, by the judge of the suite.
func TestControlAPIKeepsItsDocument(t *testing.T) {
	s, base := mockOf(t, "", "council")
	who, _ := s.Persona("council", "default")
	_, document := controlled(t, base, "GET", "/openapi.json", "", nil)
	oracle, err := judge.New(&contract.Contract{Name: "control", Document: document})
	if err != nil {
		t.Fatal(err)
	}
	driven := map[string]bool{}
	for _, c := range controlCalls() {
		headers := map[string]string{}
		if c.operation == "" {
			headers = who.Headers
			headers["Rollcall-World"] = "w1"
		}
		res, body := controlled(t, base, c.method, c.path, c.body, headers)
		if res.StatusCode != c.status {
			t.Errorf("%s %s %s is answered %d %s, want %d", c.method, c.path, c.body, res.StatusCode, body, c.status)
		}
		if c.operation == "" {
			continue
		}
		driven[c.operation] = true
		for _, f := range oracle.Look(judge.Answer{Operation: c.operation, Method: c.method, Status: res.StatusCode,
			Header: res.Header, Body: body}) {
			t.Errorf("%s %s (%s): %s %s: %s", c.method, c.path, c.operation, f.Check, f.Pointer, f.Message)
		}
	}
	var described struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(document, &described); err != nil {
		t.Fatal(err)
	}
	all := 0
	for path, item := range described.Paths {
		for method, text := range item {
			var op struct{ OperationID string }
			if json.Unmarshal(text, &op) != nil || op.OperationID == "" {
				continue
			}
			if all++; !driven[op.OperationID] {
				t.Errorf("%s %s (%s) is described and was not called here", method, path, op.OperationID)
			}
		}
	}
	if all != len(driven) {
		t.Errorf("%d operations were called, %d are described", len(driven), all)
	}
}

// TestControlAPIGuardsItself holds that with a token every operation but the two open ones is
// a 401 in the shape of the document without it.
func TestControlAPIGuardsItself(t *testing.T) {
	_, base := mockOf(t, "s3cret", "council")
	res, document := controlled(t, base, "GET", "/openapi.json", "", map[string]string{"Authorization": "Bearer s3cret"})
	if res.StatusCode != 200 {
		t.Fatal(res.Status)
	}
	oracle, err := judge.New(&contract.Contract{Name: "control", Document: document})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range controlCalls() {
		if slices.Contains([]string{"", "health", "ready"}, c.operation) || c.method == "HEAD" {
			continue
		}
		res, body := controlled(t, base, c.method, c.path, c.body, nil)
		if res.StatusCode != 401 || !strings.Contains(res.Header.Get("WWW-Authenticate"), "Bearer") {
			t.Errorf("%s without a token is %d %s", c.operation, res.StatusCode, body)
		}
		for _, f := range oracle.Look(judge.Answer{Operation: c.operation, Method: c.method, Status: res.StatusCode,
			Header: res.Header, Body: body}) {
			t.Errorf("%s: %s", c.operation, f.Message)
		}
	}
}

func controlled(t *testing.T, base, method, path, body string, headers map[string]string) (*http.Response, []byte) {
	t.Helper()
	url, ofMock := strings.CutPrefix(path, "{mock}")
	if !ofMock {
		url = "/__admin" + url
	}
	q, err := http.NewRequestWithContext(t.Context(), method, base+url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	for name, value := range headers {
		q.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, text
}
