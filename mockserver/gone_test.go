package mockserver_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver"
	"rollcall/mockserver/admin"
)

// samples are calls that the default persona may make, by contract.
func samples(t *testing.T, s *mockserver.Server, names []string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		path, ok := s.Sample(name)
		if !ok {
			t.Fatalf("%s has no call that the default persona may make", name)
		}
		all[name] = "/" + name + path
	}
	return all
}

func everyContract() []string {
	return []string{"council", "identity", "probation", "tenants", "volunteers"}
}

// TestCredentialOfAWorld holds for every contract that a minted credential chooses the world
// and is who it stands for, and that what is sent anyway goes first.
func TestCredentialOfAWorld(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, everyContract()...)
	for name, path := range samples(t, s, everyContract()) {
		t.Run(name, func(t *testing.T) {
			_, made := call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
			world := gjson.Get(made, "id").Str
			res, text := call(t, s, "POST", h.URL+"/__admin/worlds/"+world+"/credentials", "", `{"contract":"`+name+`"}`)
			var minted admin.Credential
			if err := json.Unmarshal([]byte(text), &minted); err != nil || res.StatusCode != 201 || len(minted.Headers) == 0 {
				t.Fatalf("it is answered %d %s", res.StatusCode, text)
			}
			if _, again := call(t, s, "POST", h.URL+"/__admin/worlds/"+world+"/credentials", "",
				`{"contract":"`+name+`","persona":"default"}`); again != text {
				t.Errorf("asked again it is %s, it was %s", again, text)
			}
			var headers []string
			for header, value := range minted.Headers {
				headers = append(headers, header, value)
			}
			if res, body := call(t, s, "GET", h.URL+path, "", "", headers...); res.StatusCode != 200 {
				t.Fatalf("with it %s is %d %s", path, res.StatusCode, body)
			}
			journalled := func(of string) gjson.Result {
				_, text := call(t, s, "GET", h.URL+"/__admin/worlds/"+of+"/requests", "", "")
				return gjson.Get(text, "requests")
			}
			if in := journalled(world); len(in.Array()) != 1 || in.Get("0.persona").Str != "default" {
				t.Errorf("the journal of its world has %s", in)
			}
			call(t, s, "GET", h.URL+path, "", "", append(headers, mockserver.WorldHeader, "default")...)
			if len(journalled(world).Array()) != 1 {
				t.Error("a header that names a world does not go first")
			}
			call(t, s, "DELETE", h.URL+"/__admin/worlds/"+world, "", "")
			res, body := call(t, s, "GET", h.URL+path, "", "", headers...)
			if res.StatusCode != http.StatusGone || !strings.Contains(body+res.Header.Get("Rollcall-Refusal"), "was deleted at") {
				t.Errorf("when its world is gone it is %d %s", res.StatusCode, body)
			}
		})
	}
}

func TestNoCredential(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council", "identity")
	for body, want := range map[string]string{
		`{"contract":"kennel"}`:                     `contract "kennel" is not served here`,
		`{"contract":"council","persona":"nobody"}`: `council has no persona "nobody"; it has ["default"`,
		`{"contact":"council"}`:                     `/contact: there is no such member`,
	} {
		res, text := call(t, s, "POST", h.URL+"/__admin/worlds/default/credentials", "", body)
		if res.StatusCode != 400 || !strings.Contains(gjson.Get(text, "error").Str, want) {
			t.Errorf("%s is %d %s, want %s", body, res.StatusCode, text, want)
		}
	}
}

// TestWorldsThatAreGone holds that a caller of a world that expired, or was deleted, reads so in
// the shape of the contract, and that of a world which never was it is another answer.
func TestWorldsThatAreGone(t *testing.T) {
	var past atomic.Int64
	began := time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)
	s, h := mock(t, mockserver.Config{Now: func() time.Time { return began.Add(time.Duration(past.Load())) },
		WorldIdle: 30 * time.Minute}, everyContract()...)
	fork := func() string {
		_, made := call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
		return gjson.Get(made, "id").Str
	}
	idle, deleted := fork(), fork()
	call(t, s, "DELETE", h.URL+"/__admin/worlds/"+deleted, "", "")
	past.Store(int64(time.Hour))
	call(t, s, "GET", h.URL+"/__admin/worlds", "", "")
	for _, row := range []struct {
		world  string
		status int
		says   string
	}{
		{idle, 410, `expired at 2026-11-25T09:30:00Z, after nobody had used it for 30m0s`},
		{deleted, 410, `was deleted at 2026-11-25T09:00:00Z`},
		{"w9", 404, `there is no world`},
	} {
		for name, path := range samples(t, s, everyContract()) {
			res, body := call(t, s, "GET", h.URL+path, "", "", mockserver.WorldHeader, row.world)
			said := body + res.Header.Get("Rollcall-Refusal")
			if res.StatusCode != row.status || !strings.Contains(said, row.says) || !json.Valid([]byte(body)) {
				t.Errorf("%s in %s is %d %s, want %d and %s", name, row.world, res.StatusCode, body, row.status, row.says)
			}
		}
		res, body := call(t, s, "GET", h.URL+"/__admin/worlds/"+row.world+"/clock", "", "")
		if res.StatusCode != row.status || !strings.Contains(gjson.Get(body, "error").Str, row.says) {
			t.Errorf("the control API says of %s %d %s", row.world, res.StatusCode, body)
		}
	}
}

// TestGoneWorldsAreFew holds that no more than a bound of them is remembered, and that one
// which is forgotten is still no world that never was.
func TestGoneWorldsAreFew(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	for range 1001 {
		_, made := call(t, s, "POST", h.URL+"/__admin/worlds", "", "")
		call(t, s, "DELETE", h.URL+"/__admin/worlds/"+gjson.Get(made, "id").Str, "", "")
	}
	for id, says := range map[string]string{"w1": "too long ago to say", "w2": "was deleted", "w1001": "was deleted"} {
		if got := s.Gone(id); !strings.Contains(got, says) {
			t.Errorf("of %s it says %q", id, got)
		}
	}
	if got := fmt.Sprint(s.Gone("w1002"), s.Gone("w0"), s.Gone(""), s.Gone("default"), s.Gone("other")); got != "    " &&
		strings.TrimSpace(got) != "" {
		t.Errorf("of worlds that never were, or are, it says %q", got)
	}
}
