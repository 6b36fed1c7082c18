package mockserver_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
)

// TestVersions reads a record by its version, and writes it only as it was seen.
func TestVersions(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	ward := h.URL + "/api/wards/" + givenWard(t)
	first, _ := call(t, s, "GET", ward, "default", "")
	tag := first.Header.Get("ETag")
	if !strings.HasPrefix(tag, `"`) || len(tag) < 10 {
		t.Fatalf("a record has the version %s", tag)
	}
	if list, _ := call(t, s, "GET", h.URL+"/api/wards", "default", ""); list.Header.Get("ETag") != "" {
		t.Error("a list has a version")
	}
	for _, row := range []struct {
		method, header, value, body string
		status                      int
	}{
		{"GET", "If-None-Match", tag, "", 304}, {"HEAD", "If-None-Match", tag, "", 304}, {"GET", "If-None-Match", `"x", W/` +
			tag, "", 304},
		{"GET", "If-None-Match", "*", "", 304}, {"GET", "If-None-Match", `"x"`, "", 200},
		{"GET", "If-None-Match", strings.TrimSuffix(tag, `"`) + `-gzip"`, "", 304},
		{"PATCH", "If-Match", `"x"`, `{"name":"Renamed"}`, 412}, {"PATCH", "If-Match", "W/" + tag, `{"name":"Renamed"}`, 412},
		{"PATCH", "If-Match", tag, `{"latitude":"north"}`, 400}, {"PATCH", "If-Match", tag, `{"name":"Renamed"}`, 200},
		{"PATCH", "If-Match", tag, `{"name":"Again"}`, 412}, {"PATCH", "If-Match", "*", `{"name":"Again"}`, 200},
		{"GET", "If-None-Match", tag, "", 200},
	} {
		res, body := call(t, s, row.method, ward, "default", row.body, row.header, row.value)
		if res.StatusCode != row.status || row.status == 304 && (body != "" || res.Header.Get("ETag") != tag) ||
			row.status == 412 && gjson.Get(body, "error").Str == "" {
			t.Errorf("%s with %s %s: %d %q %v, want %d", row.method, row.header, row.value, res.StatusCode, body, res.Header,
				row.status)
		}
	}
}

// TestOneOfManyWritesWhatItSaw lets many write the same version at once.
func TestOneOfManyWritesWhatItSaw(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	ward := h.URL + "/api/wards/" + givenWard(t)
	first, _ := call(t, s, "GET", ward, "default", "")
	var all sync.WaitGroup
	statuses := make([]int, 16)
	for i := range statuses {
		all.Go(func() {
			res, _ := call(t, s, "PATCH", ward, "default", `{"name":"By `+string(rune('A'+i))+`"}`, "If-Match",
				first.Header.Get("ETag"))
			statuses[i] = res.StatusCode
		})
	}
	all.Wait()
	written := 0
	for _, status := range statuses {
		if status == 200 {
			written++
		} else if status != 412 {
			t.Errorf("one is answered %d", status)
		}
	}
	if written != 1 {
		t.Errorf("%d have written, want 1", written)
	}
}

// TestRepeatedRequests sends requests again under their keys.
func TestRepeatedRequests(t *testing.T) {
	s, h := mock(t, mockserver.Config{Idempotency: true}, "council")
	wards := h.URL + "/api/wards"
	for _, row := range []struct {
		key, body string
		status    int
		replayed  string
	}{
		{"a", `{"name":"One"}`, 201, ""}, {"a", `{"name":"One"}`, 201, "true"}, {"a", `{"name":"Two"}`, 422, ""},
		{"b", `{"name":"One"}`, 409, ""}, {"b", `{"name":"One"}`, 409, "true"}, {"", `{"name":"One"}`, 409, ""},
	} {
		res, body := call(t, s, "POST", wards, "default", row.body, mockserver.IdempotencyKey, row.key)
		if got := res.Header.Get("Idempotency-Replayed"); res.StatusCode != row.status || got != row.replayed || body == "" {
			t.Errorf("%s %s: %d, replayed %q, want %d, %q: %s", row.key, row.body, res.StatusCode, got, row.status,
				row.replayed, body)
		}
	}
	s, h = mock(t, mockserver.Config{}, "council")
	for _, want := range []int{201, 409} {
		if res, _ := call(t, s, "POST", h.URL+"/api/wards", "default", `{"name":"One"}`, mockserver.IdempotencyKey,
			"a"); res.StatusCode !=
			want {
			t.Errorf("unasked it is answered %d, want %d", res.StatusCode, want)
		}
	}
}

// TestCompressed asks for gzip, and for none.
func TestCompressed(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	_, plain := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Accept-Encoding", "identity")
	res, packed := call(t, s, "GET", h.URL+"/api/wards", "default", "", "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil || res.Header.Get("Content-Encoding") != "gzip" || len(packed) >= len(plain) {
		t.Fatalf("%v %v: %d bytes", err, res.Header, len(packed))
	}
	if text, err := io.ReadAll(r); err != nil || string(text) != plain {
		t.Errorf("unpacked it is %.100s, %v", text, err)
	}
	if small, _ := call(t, s, "GET", h.URL+"/api/wards/x", "default", "", "Accept-Encoding", "gzip"); small.Header.Get(
		"Content-Encoding") != "" {
		t.Error("a small answer is compressed")
	}
}

// TestBehindAProxy holds that links are those of the proxy where it is trusted, and only there.
func TestBehindAProxy(t *testing.T) {
	for trusted, want := range map[bool]string{true: "https://api.example.org", false: "http://127.0.0.1"} {
		s, h := mock(t, mockserver.Config{TrustProxy: trusted, AdminToken: "s3cret"}, "council")
		_, target := call(t, s, "GET", h.URL+"/__admin/targets/council", "", "", "X-Forwarded-Host", "api.example.org, inner",
			"X-Forwarded-Proto", "https", "Authorization", "Bearer s3cret")
		if got := gjson.Get(target, "url").Str; !strings.HasPrefix(got, want) {
			t.Errorf("trusted %v: the mock is at %s, want %s", trusted, got, want)
		}
	}
}

// TestReady: apart from health, open to all, by GET and HEAD.
func TestReady(t *testing.T) {
	s, h := mock(t, mockserver.Config{AdminToken: "s3cret"}, "council")
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		if res, _ := call(t, s, method, h.URL+"/__admin/ready", "", ""); res.StatusCode != 200 {
			t.Errorf("%s is answered %d", method, res.StatusCode)
		}
	}
}
