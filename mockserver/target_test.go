package mockserver_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// TestTargetIsWhatTheControlAPITells holds of every contract that a suite in this process
// and one elsewhere are told the same.
func TestTargetIsWhatTheControlAPITells(t *testing.T) {
	names := contract.Names(specs.FS)
	for _, token := range []string{"", "open sesame"} {
		s, h := mock(t, mockserver.Config{AdminToken: token}, names...)
		for _, name := range names {
			res, body := call(t, s, "GET", h.URL+"/__admin/targets/"+name, "", "", "Authorization", "Bearer "+token)
			var told target.Target
			if err := json.Unmarshal([]byte(body), &told); err != nil {
				t.Fatalf("%s is answered %d: %v", name, res.StatusCode, err)
			}
			given, err := s.Target(name, h.URL+"/")
			if err != nil || !reflect.DeepEqual(told, given) {
				t.Errorf("%s: the control API tells\n%+v\nTarget gives\n%+v, %v", name, told, given, err)
			}
			if (given.WorldHeaders["Authorization"] == "Bearer "+token) != (token != "") {
				t.Errorf("%s with token %q: worlds are made with %v", name, token, given.WorldHeaders)
			}
		}
		if _, err := s.Target("parks", h.URL); err == nil || !strings.Contains(err.Error(), "council") {
			t.Errorf("a contract that is not served: %v", err)
		}
	}
}

// TestTargetIsACopy holds that whoever changes a target changes no mock.
func TestTargetIsACopy(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "council")
	first, err := s.Target("council", h.URL)
	if err != nil {
		t.Fatal(err)
	}
	clear(first.Given)
	for _, p := range first.Personas {
		clear(p.Headers)
		clear(p.Info)
	}
	again, err := s.Target("council", h.URL)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Given) == 0 || len(again.Personas["default"].Headers) == 0 || len(again.Personas["default"].Info) == 0 {
		t.Errorf("what was done to a target shows in the next one: %+v", again)
	}
}
