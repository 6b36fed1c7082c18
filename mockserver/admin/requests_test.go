package admin

import "testing"

// What the scripted requests have in common, as they are told.
const (
	rest = `,"body_size":0,"status":0,"micros":0,"answer":{"status":0,"body_size":0},"trace":{"steps":null}`
	bare = `,"method":"","path":""` + rest
	pat  = `,"method":"GET","path":"/pat"` + rest
)

// TestFaults holds how the faults of a world are listed, made and lifted.
func TestFaults(t *testing.T) {
	for _, row := range []row{
		{"listed", "GET", "/worlds/here/faults", "", 200, `{"faults":[{"id":"f1","status":503,"used":0}]}`, ""},
		{"made", "POST", "/worlds/here/faults", `{"operation":"getPet","status":503,"times":2}`, 201,
			`{"id":"f2","operation":"getPet","times":2,"status":503,"used":0}`, "fault here getPet"},
		{"of an unknown member", "POST", "/worlds/here/faults", `{"delay":{"mss":1}}`, 400,
			`{"error":"the body must be a JSON object with what calls it is for (contract, operation, method, path, times, ` +
				`probability, seed) and what happens (delay, status, retry_after, headers, break, chunks, chunk_ms): ` +
				`/delay/mss: unknown object member name"}`, ""},
		{"all lifted", "DELETE", "/worlds/here/faults", "", 204, "", "lift here "},
		{"lifted", "DELETE", "/worlds/here/faults/f1", "", 204, "", "lift here f1"},
		{"one that is not there", "DELETE", "/worlds/here/faults/f9", "", 404, `{"error":"there is no fault"}`, "lift here f9"},
	} {
		t.Run(row.name, row.holds)
	}
}

// TestRequests holds how the journal is asked for, and what of it is told.
func TestRequests(t *testing.T) {
	const unknown = `; GET /__admin/worlds lists them"}`
	const (
		one   = `{"id":1,"at":"0001-01-01T00:00:00Z","world":"","contract":"","operation":"getPet"` + bare
		two   = `{"id":2,"at":"0001-01-01T00:00:00Z","world":"","contract":""` + pat
		three = `{"id":3,"at":"0001-01-01T00:00:00Z","world":"","contract":""` + bare
		last  = `{"requests":[` + two + `},` + three + `}]}`
		every = `{"requests":[` + one + `},` + two + `},` + three + `}]}`
	)
	for _, row := range []row{
		{"the journal", "GET", "/worlds/here/requests", "", 200, every, ""},
		{"the last of the journal", "GET", "/requests?world=here&limit=2", "", 200, last, ""},
		{"more than the journal", "GET", "/requests?world=here&limit=9", "", 200, every, ""},
		{"those of an operation", "GET", "/requests?world=here&operation=getPet", "", 200,
			`{"requests":[` + one + `}]}`, ""},
		{"those of an unreadable status", "GET", "/requests?world=here&status=no", "", 400,
			`{"error":"status is \"no\"; give statuses as 404 or 4xx, several with commas"}`, ""},
		{"those that were not matched", "GET", "/requests/unmatched?world=here&limit=1&id=2", "", 200,
			`{"requests":[` + two + `,"nearest":{"contract":"shelter","operation":"listPets","method":"GET",` +
				`"path":"/pets",` +
				`"why":["segment 1 of the path is \"pat\", the operation has \"pets\""]}}]}`, ""},
		{"a count", "POST", "/requests/count?world=here", `{"operation":"getPet"}`, 200, `{"count":1}`, ""},
		{"a count by no member", "POST", "/requests/count?world=here", `{"operatoin":"getPet"}`, 400,
			`{"error":"the body must be a JSON object with what requests are looked for by: method, url, urlPath, urlPattern, ` +
				`urlPathPattern, urlPathTemplate, headers, queryParameters, bodyPatterns, contract, operation, persona, ` +
				`status, ` +
				`path, body, since, until, after: /operatoin: unknown object member name"}`, ""},
		{"found ones", "POST", "/requests/find?world=here", `{"operation":"getPet"}`, 200, `{"requests":[` + one + `}]}`, ""},
		{"forgotten", "DELETE", "/requests?world=here", "", 204, "", "forget here"},
		{"forgotten of none", "DELETE", "/requests?world=w9", "", 404,
			`{"error":"there is no world \"w9\"` + unknown, "forget w9"},
		{"the journal of none", "GET", "/worlds/w9/requests", "", 404, `{"error":"there is no world \"w9\"` + unknown, ""},
	} {
		t.Run(row.name, row.holds)
	}
}
