package admin

import "testing"

// What the scripted requests have in common, as they are told.
const (
	rest = `,"body_size":0,"status":0,"micros":0,"answer":{"status":0,"body_size":0},"trace":{"steps":null}`
	bare = `,"method":"","path":""` + rest
	pat  = `,"method":"GET","path":"/pat"` + rest
)

// TestRecords holds how records are put into a table, and what is told of a world.
func TestRecords(t *testing.T) {
	const pet = "/worlds/here/data/shelter/pet"
	for _, row := range []row{
		{"an export", "GET", "/worlds/here/data", "", 200, `{"shelter":{"pet":[{"id":1}]}}`, ""},
		{"one", "GET", pet + "/p1", "", 200, `{"id":"p1"}`, ""},
		{"none", "GET", pet + "/p9", "", 404, `{"error":"there is no such record"}`, ""},
		{"put", "PUT", pet + "/p1", `{"a":1}`, 200, `{"id":"p1"}`, `row p1 {"a":1} , change here shelter pet false`},
		{"removed", "DELETE", pet + "/p1", "", 204, "", "row p1  , change here shelter pet false"},
		{"all", "PUT", pet, `{"records":[{"a":1},{}]}`, 200, `{"ids":["x","x"]}`,
			`row  {"a":1} /records/0, row  {} /records/1, change here shelter pet true`},
		{"more", "PATCH", pet, `{"records":[]}`, 200, `{"ids":[]}`, "change here shelter pet false"},
		{"no JSON", "PATCH", pet, `{"records":`, 400,
			`{"error":"the body must be a JSON object with records, a list: /records: it ends before it is whole"}`, ""},
		{"emptied", "DELETE", pet, "", 204, "", "change here shelter pet true"},
		{"of no table", "DELETE", "/worlds/here/data/shelter/dog", "", 404,
			`{"error":"there is no such contract or table"}`, "change here shelter dog true"},
		{"compared", "GET", "/worlds/here/diff?from=before", "", 200, `{"diff":{"shelter":{"pet":{"removed":[{"id":1}]}}}}`, ""},
		{"compared by no parameter", "GET", "/worlds/here/diff?form=before", "", 400,
			`{"error":"the query is not understood: there is no parameter \"form\"; the parameters of this call are [\"from\"]"}`,
			""},
		{"a named snapshot", "POST", "/worlds/here/snapshot", `{"name":"before"}`, 201, `{"id":"before"}`,
			"snapshot here before"},
		{"one of a taken name", "POST", "/worlds/here/snapshot", `{"name":"taken"}`, 409,
			`{"error":"there is a world of this name already"}`, "snapshot here taken"},
		{"the snapshots", "GET", "/snapshots", "", 200,
			`{"snapshots":[{"name":"before","of":"here","at":"0001-01-01T00:00:00Z"}]}`, ""},
	} {
		t.Run(row.name, row.holds)
	}
}

// TestFaults holds how the faults of a world are listed, made and lifted.
func TestFaults(t *testing.T) {
	for _, row := range []row{
		{"listed", "GET", "/worlds/here/faults", "", 200, `{"faults":[{"id":"f1","status":503,"used":0}]}`, ""},
		{"made", "POST", "/worlds/here/faults", `{"operation":"getPet","status":503,"times":2}`, 201,
			`{"id":"f2","operation":"getPet","times":2,"status":503,"used":0}`, "fault here getPet"},
		{"of an unknown member", "POST", "/worlds/here/faults", `{"delay":{"mss":1}}`, 400,
			`{"error":"the body must be a JSON object with what calls it is for (contract, operation, method, path, times, ` +
				`probability, seed) and what happens (delay, status, retry_after, headers, break, chunks, chunk_ms): ` +
				`/delay/mss: there is no such member"}`, ""},
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
				`path, body, since, until, after: /operatoin: there is no such member"}`, ""},
		{"found ones", "POST", "/requests/find?world=here", `{"operation":"getPet"}`, 200, `{"requests":[` + one + `}]}`, ""},
		{"forgotten", "DELETE", "/requests?world=here", "", 204, "", "forget here"},
		{"forgotten of none", "DELETE", "/requests?world=w9", "", 404,
			`{"error":"there is no world \"w9\"` + unknown, "forget w9"},
		{"the journal of none", "GET", "/worlds/w9/requests", "", 404, `{"error":"there is no world \"w9\"` + unknown, ""},
	} {
		t.Run(row.name, row.holds)
	}
}
