package mockserver_test

import (
	"net/http"
	"testing"
)

// TestPagesAskedAgain holds that a page that was asked for before is the one that somebody gets
// who asks for the first time, also after a write and as somebody else.
func TestPagesAskedAgain(t *testing.T) {
	asks := []string{"/users?limit=20", "/users?limit=5&page=2&include=roles,emailAddresses", "/users?is_minor=0&limit=3",
		"/users?view=on-call", "/users?logins=recent&limit=50", "/users?limit=5&page=999"}
	writes := []string{"", `{"first_name":"Ottoline"}`, `{"first_name":"Perpetua"}`}
	often, once := newOrg(t, "default"), newOrg(t, "default")
	for _, persona := range []string{"default", "low-rights", "default"} {
		for _, body := range writes {
			if body != "" {
				write(t, often, body)
				write(t, once, body)
			}
			for _, ask := range asks {
				ofPersona(t, &often, persona)
				ofPersona(t, &once, persona)
				var last string
				for range 4 {
					_, page := often.do(http.MethodGet, ask, "")
					last = page.Raw
				}
				if _, want := once.do(http.MethodGet, ask, ""); last != want.Raw {
					t.Errorf("%s as %s after %q:\n%s\nwhere somebody who asks once gets\n%s", ask, persona, body, last, want.Raw)
				}
			}
		}
	}
}

func ofPersona(t *testing.T, o *org, persona string) {
	t.Helper()
	p, ok := o.Persona("volunteers", persona)
	if !ok {
		t.Fatalf("there is no persona %s", persona)
	}
	o.token = p.Headers["Authorization"]
}

// write changes the first user of the list.
func write(t *testing.T, o org, body string) {
	t.Helper()
	ofPersona(t, &o, "default")
	_, page := o.do(http.MethodGet, "/users?limit=1", "")
	if code, answer := o.do(http.MethodPut, "/users/"+page.Get("data.0.id").String(), body); code != http.StatusOK {
		t.Fatalf("%d %s", code, answer.Raw)
	}
}
