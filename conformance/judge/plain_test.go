package judge

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"rollcall/specs/contract"
)

// plain is what kin-openapi says of an answer when nobody tunes it.
func plain(t *testing.T, a Answer) error {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	item := doc.Paths.Value("/members/{id}")
	op := item.GetOperation(a.Method)
	if op == nil {
		op = item.Get
	}
	request, err := http.NewRequest(a.Method, "http://example.org/members/1", nil)
	if err != nil {
		t.Fatal(err)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: request,
			Route:   &routers.Route{Spec: doc, Path: "/members/{id}", PathItem: item, Method: a.Method, Operation: op},
		},
		Status: a.Status,
		Header: a.Header,
	}
	return openapi3filter.ValidateResponse(context.Background(), input.SetBodyBytes(a.Body))
}

// TestPlainAcceptsWhatTheJudgeDoesNot holds one row for each gap of the library.
func TestPlainAcceptsWhatTheJudgeDoesNot(t *testing.T) {
	j := newJudge(t)
	for _, row := range []struct {
		name   string
		answer Answer
		want   string
	}{
		{"trailing bytes", found(`{"name":"Ada"} trailing`), "expected one well-formed JSON value"},
		{"a second value", found(`{"name":"Ada"} {}`), "something follows the value"},
		{"duplicate member", found(`{"name":"Ada","name":"Bob"}`), "/name expected one well-formed JSON value"},
		{"duplicate member, deep", found(member(`"x":{"y":1,"y":2}`)), "/x/y expected one well-formed"},
		{"bad UTF-8", found("{\"name\":\"\xff\"}"), "from byte 9 on it is no text in UTF-8"},
		{"2^63 as int64", found(member(`"big":9223372036854775808`)), "/big expected format int64"},
		{"-2^63-1 as int64", found(member(`"big":-9223372036854775809`)), "/big expected format int64"},
		{"2^63 with an exponent", found(member(`"big":9223372036854775808.0e0`)), "/big expected format int64"},
		{"a leap second in the morning", found(member(`"seen":"2016-12-31T09:59:60Z"`)), "/seen expected format date-time"},
		{"uri with an escape that is none", found(member(`"site":"https://example.org/%zz"`)), "/site expected format uri"},
		{"null in an enum without it", found(member(`"kind":null`)), `/kind expected "adult" or "child", got null`},
		{"a day that is not", found(member(`"born":"2023-02-30"`)), "/born expected format date"},
		{"an instant that is not", found(member(`"seen":"2023-02-30T10:00:00Z"`)), "/seen expected format date-time"},
		{"an offset that is not", found(member(`"seen":"2023-02-03T10:00:00+99:99"`)), "/seen expected format date-time"},
		{"uuid", found(member(`"key":"17"`)), "/key expected format uuid"},
		{"uuid without hyphens", found(member(`"key":"0b54cf2a6d1e4b9f8d3a5f0e7c1b2a94"`)), "/key expected format uuid"},
		{"email", found(member(`"mail":"nobody"`)), "/mail expected format email"},
		{"email with a name", found(member(`"mail":"Ada <ada@example.org>"`)), "/mail expected format email"},
		{"uri", found(member(`"site":"example.org/a"`)), "/site expected format uri"},
		{"uri with a blank", found(member(`"site":"https://example.org/a b"`)), "/site expected format uri"},
		{"undocumented status", Answer{Operation: "getMember", Method: "GET", Status: 418},
			"status_code_conformance  expected one of 200, 301, 404, 503 as documented for getMember, got 418"},
		{"undocumented success", Answer{Operation: "deleteMember", Method: "DELETE", Status: 200}, "got 200 OK"},
		{"405 to the operation's own method", Answer{Operation: "getMember", Method: "GET", Status: 405},
			"got 405 Method Not Allowed"},
		{"server error", Answer{Operation: "getMember", Method: "GET", Status: 500}, "a server error is never"},
		{"server error, documented", with(found(`{"message":"busy"}`), 503), "a server error is never"},
		{"body where none is documented", Answer{Operation: "deleteMember", Method: "DELETE", Status: 204, Body: []byte(`{}`)},
			"expected no body, got 2 bytes"},
		{"body of a redirect", with(found(`{}`), 301), "/message expected the required member, got nothing"},
		{"undocumented redirect", with(found(`{}`), 308), "got 308 Permanent Redirect"},
		{"undocumented 304", with(found(``), 304), "got 304 Not Modified"},
		{"undocumented status to HEAD", Answer{Operation: "getMember", Method: "HEAD", Status: 418}, "got 418"},
		{"two content types", headed(found(`{"name":"Ada"}`), "application/json", "text/html"),
			"content_type_conformance  expected one Content-Type"},
		{"charset that is not JSON's", headed(found(`{"name":"Ada"}`), "application/json; charset=latin1"),
			"expected JSON in UTF-8, got charset latin1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if err := plain(t, row.answer); err != nil {
				t.Errorf("plain kin-openapi refuses this too, so the row shows nothing: %v", err)
			}
			if got := text(j.Look(row.answer)); !strings.Contains(got, row.want) {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

// TestPlainRefusesWhatTheJudgeAccepts: the library's false alarms.
func TestPlainRefusesWhatTheJudgeAccepts(t *testing.T) {
	j := newJudge(t)
	for _, row := range []struct{ name, body string }{
		{"null under a schema without a type", member(`"anything":null`)},
		{"null listed in an enum without a type", member(`"choice":null`)},
	} {
		t.Run(row.name, func(t *testing.T) {
			if plain(t, found(row.body)) == nil {
				t.Error("plain kin-openapi accepts this too, so the row shows nothing")
			}
			if got := j.Look(found(row.body)); got != nil {
				t.Error(text(got))
			}
		})
	}
}

func TestLookAheadIsJudged(t *testing.T) {
	// Compiled patterns are kept for the whole process: this text has not been used before.
	own := fmt.Sprintf(`^(?=.*[q])(?=.*\d)(.+|%d)$`, rand.Uint64())
	source := strings.ReplaceAll(document, `^(?=.*[a-z])(?=.*\d).+$`, own)
	doc, err := openapi3.NewLoader().LoadFromData([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Validate(context.Background()) == nil {
		t.Error("plain kin-openapi reads look-ahead, so this test shows nothing")
	}
	j, err := New(&contract.Contract{Name: "lending", Document: []byte(source)})
	if err != nil {
		t.Fatal(err)
	}
	if got := j.Look(found(member(`"code":"q1"`))); got != nil {
		t.Error(text(got))
	}
	if got := text(j.Look(found(member(`"code":"q"`)))); !strings.Contains(got, "/code expected text that matches") {
		t.Errorf("got %q", got)
	}
}

func with(a Answer, status int) Answer {
	a.Status = status
	return a
}

func headed(a Answer, contentTypes ...string) Answer {
	a.Header = http.Header{"Content-Type": contentTypes}
	return a
}
