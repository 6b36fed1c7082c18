package judge

import (
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/specs/contract"
)

func TestLookFindsNothingInGoodAnswers(t *testing.T) {
	j := newJudge(t)
	for _, row := range []struct {
		name   string
		answer Answer
	}{
		{"plain", found(`{"name":"Ada"}`)},
		{"undocumented member of an open object", found(member(`"shoe":44`))},
		{"largest int64", found(member(`"big":9223372036854775807`))},
		{"smallest int64", found(member(`"big":-9223372036854775808`))},
		{"int32", found(member(`"small":2147483647`))},
		{"null in an enum that lists it", found(member(`"kindOrNull":null`))},
		{"nullable reference, null", found(member(`"ward":null`))},
		{"nullable reference, object", found(member(`"ward":{"message":"x"}`))},
		{"leap day", found(member(`"born":"2024-02-29"`))},
		{"leap second", found(member(`"seen":"2016-12-31T23:59:60Z"`))},
		{"instant in small letters", found(member(`"seen":"2024-02-29t09:30:00z"`))},
		{"instant with fraction and offset", found(member(`"seen":"2024-02-29T09:30:00.123456+01:00"`))},
		{"uuid of version 4", found(member(`"key":"0b54cf2a-6d1e-4b9f-8d3a-5f0e7c1b2a94"`))},
		{"uuid of version 7", found(member(`"key":"018F3C1E-6d1e-7b9f-8d3a-5f0e7c1b2a94"`))},
		{"nil uuid", found(member(`"key":"00000000-0000-0000-0000-000000000000"`))},
		{"email", found(member(`"mail":"ada.o'hara+x@mail.example.org"`))},
		{"uri", found(member(`"site":"https://example.org/a%20b?c=d#e"`))},
		{"look-ahead", found(member(`"code":"a1"`))},
		{"second branch of anyOf", found(member(`"either":{"name":"Bob"}`))},
		{"content type with charset", headed(found(`{"name":"Ada"}`), "Application/JSON; charset=UTF-8")},
		{"documented refusal", with(found(`{"message":"no"}`), 404)},
		{"no body", Answer{Operation: "deleteMember", Method: "DELETE", Status: 204}},
		{"range of statuses", Answer{Operation: "deleteMember", Method: "DELETE", Status: 409,
			Header: headed(Answer{}, "application/problem+json").Header, Body: []byte(`{"message":"no"}`)}},
		{"HEAD has no body", Answer{Operation: "getMember", Method: "HEAD", Status: 200}},
		{"405 to another method", Answer{Operation: "getMember", Method: "PATCH", Status: 405, Body: []byte("no")}},
		{"404 to another method", Answer{Operation: "getMember", Method: "TRACE", Status: 404, Body: []byte("no")}},
		{"come back later", Answer{Operation: "getMember", Method: "GET", Status: 429, Body: []byte("slow down")}},
		{"outside the contract", Answer{Method: "GET", Status: 500}},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := j.Look(row.answer); got != nil {
				t.Error(text(got))
			}
		})
	}
}

func TestLookSaysWhatIsWrong(t *testing.T) {
	j := newJudge(t)
	for _, row := range []struct {
		name   string
		answer Answer
		want   []string // in this order, and no more
	}{
		{"type", found(member(`"age":"7"`)), []string{`/age expected an integer, got "7" (lending/openapi.yaml:37)`}},
		{"bound", found(member(`"age":-1`)), []string{"/age expected a number that keeps its bound"}},
		{"missing member", found(`{}`), []string{"/name expected the required member, got nothing"}},
		{"null", found(`{"name":null}`), []string{"/name expected a string that is not null, got null"}},
		{"wrong kind of document, said once for each schema", found(`[]`),
			[]string{" expected an object, got an array of 0 items", " expected an object, got an array of 0 items"}},
		{"all at once, by pointer", found(`{"name":"","small":2147483648,"age":1.5,"big":true}`),
			[]string{"/age ", "/big ", "/name expected at least 1 characters", "/small "}},
		{"escaped pointer and index", found(member(`"a/b~c":[true,1]`)), []string{"/a~1b~0c/1 expected a boolean, got 1"}},
		{"too many items", found(member(`"a/b~c":[true,true,true]`)),
			[]string{"/a~1b~0c expected at most 2 items, got an array of 3 items"}},
		{"anyOf names the nearest", found(member(`"either":{}`)),
			[]string{`/either expected a value that matches at least one of 2 schemas`}},
		{"oneOf matched twice", found(member(`"one":"a"`)), []string{"exactly one of 2 schemas (it matches more)"}},
		{"closed object", found(member(`"closed":{"y":1}`)),
			[]string{`/closed expected no member beyond the documented ones, got property "y"`}},
		{"written only", found(member(`"password":"hunter2"`)),
			[]string{"/password expected a member that is only ever written to be absent, got a value that is not shown"}},
		{"secret", found(member(`"token":"abcdef"`)),
			[]string{"/token expected at most 3 characters, got a value that is not shown"}},
		{"not JSON", headed(found(`<html>`), "text/html"),
			[]string{"content_type_conformance  expected Content-Type application/json, got text/html", `got "<html>"`}},
		{"no content type", headed(found(`{"name":"Ada"}`)), []string{"expected Content-Type application/json, got none"}},
		{"broken content type", headed(found(`{"name":"Ada"}`), "json;;="), []string{"which is not a media type"}},
		{"empty body", found(``), []string{"response_schema_conformance  expected a body of application/json, got none"}},
		{"huge number", found(member(`"big":1e400`)), []string{"/big "}},
		{"content type of HEAD is not judged without body", Answer{Operation: "getMember", Method: "HEAD", Status: 403},
			[]string{"got 403 Forbidden"}},
		{"unknown operation", Answer{Operation: "getMembre", Status: 200},
			[]string{`operation "getMembre" is not in lending/openapi.yaml`}},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := j.Look(row.answer)
			if len(got) != len(row.want) {
				t.Fatalf("got %d findings, want %d:\n%s", len(got), len(row.want), text(got))
			}
			for i, want := range row.want {
				if line := text(got[i : i+1]); !strings.Contains(line, want) {
					t.Errorf("got  %s\nwant %s", line, want)
				}
			}
		})
	}
}

func TestNoSecretInMessages(t *testing.T) {
	got := text(newJudge(t).Look(found(member(`"password":"hunter2","token":"hunter2"`))))
	if strings.Contains(got, "hunter2") {
		t.Error(got)
	}
}

func TestNewRefusesDocumentsItCannotUse(t *testing.T) {
	for _, row := range []struct{ name, document, want string }{
		{"not YAML", "\t", "lending/openapi.yaml: the judge cannot use this document"},
		{"unresolved reference", strings.ReplaceAll(document, "schemas/Person", "schemas/Persona"), "Person"},
		{"pattern of no engine", strings.ReplaceAll(document, `^(?=.*[a-z])(?=.*\d).+$`, `(?=`), "missing closing )"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := New(&contract.Contract{Name: "lending", Document: []byte(row.document)})
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want an error with %q", err, row.want)
			}
		})
	}
}

func TestBacktrackingIsBounded(t *testing.T) {
	re, err := backtracking(`^(?=a)(a+)+$`, 20*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if !re.MatchString("aaaa") || re.MatchString(strings.Repeat("a", 60)+"b") {
		t.Error("want a match of aaaa, and none that runs out of time")
	}
}

func TestLookFromManyGoroutines(t *testing.T) {
	j := newJudge(t)
	answer := found(`{"name":"","either":1,"code":"a","kind":null}`)
	want := text(j.Look(answer))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if got := text(j.Look(answer)); got != want {
					t.Errorf("got %s\nwant %s", got, want)
				}
			}
		})
	}
	group.Wait()
}

func TestAnswersOfOtherShapes(t *testing.T) {
	const source = `openapi: 3.0.3
info: {title: Odd, version: "1"}
paths:
  /report:
    get:
      operationId: getReport
      responses:
        "200": {description: text, content: {text/*: {schema: {type: string}}}}
        "202": {description: no schema, content: {application/json: {}}}
        default:
          description: any
          content: {application/json: {schema: {type: object, maxProperties: 1, properties: {ip: {type: string, format: ipv4}}}}}
`
	j, err := New(&contract.Contract{Name: "odd", Document: []byte(source)})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name        string
		status      int
		contentType string
		body        string
		want        string
	}{
		{"media range", 200, "text/csv", "a,b", ""},
		{"outside the range", 200, "image/png", "a,b", "content_type_conformance  expected Content-Type text/*, got image/png"},
		{"no schema", 202, "application/json", "[1]", ""},
		{"default", 418, "application/json", `{"ip":"127.0.0.1"}`, ""},
		{"default, wrong", 418, "application/json", `{"ip":"::1"}`, "/ip expected format ipv4"},
		{"keyword without words of its own", 418, "application/json", `{"a":1,"b":2}`, `keeps "maxProperties"`},
		{"long text is cut", 418, "application/json", strings.Repeat("x", 100), "…"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := headed(Answer{Operation: "getReport", Method: "GET", Status: row.status, Body: []byte(row.body)},
				row.contentType)
			got := text(j.Look(a))
			if !strings.Contains(got, row.want) || row.want == "" && got != "" {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
