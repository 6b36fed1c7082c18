//go:build unix

package mockserver_test

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/mockserver"
)

// list writes n items, with commas between.
func list(n int, item func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = item(i)
	}
	return strings.Join(all, ",")
}

// newUser is the body that makes a user of volunteers, with one list in it.
func newUser(member, items string) string {
	return newPerson + `"roleProfiles":[` + newRole + `],"` + member + `":[` + items + `]}`
}

const (
	newPerson = `{"first_name":"Mary","last_name":"Mann","confirm_age":true,`
	newRole   = `{"id":301,"team":{"id":100},"start":"2023-05-09"}`
)

// cased writes one address in the i-th way of letter case.
func cased(i int) string {
	name := []byte("abcdefghijklmnopqrst")
	for bit := range name {
		if i>>bit&1 == 1 {
			name[bit] -= 'a' - 'A'
		}
	}
	return fmt.Sprintf(`{"email":"%s@example.org"}`, name)
}

// costs lists the places where the items of one request meet each other, or what is
// there already: bodies and queries of n items.
func costs() map[string]struct {
	contract, method, path string
	body                   func(n int) string
} {
	type cost = struct {
		contract, method, path string
		body                   func(n int) string
	}
	const users = "/volunteers/users"
	flagged := func(format string) func(int) string { return func(i int) string { return fmt.Sprintf(format, i) } }
	return map[string]cost{
		"wrong items": {"volunteers", "POST", users, func(n int) string {
			return `{"emailAddresses":[` + list(8*n, func(int) string { return "1" }) + `]}`
		}},
		"undocumented members": {"council", "POST", "/council/api/wards", func(n int) string {
			return `{` + list(8*n, flagged(`"m%d":1`)) + `}`
		}},
		"first addresses, all primary": {"volunteers", "POST", users, func(n int) string {
			return newUser("emailAddresses", list(n, flagged(`{"email":"a%d@example.org","primary":true}`)))
		}},
		"first numbers, all primary": {"volunteers", "POST", users, func(n int) string {
			return newUser("phoneNumbers", list(n, flagged(`{"phone_number":"0%d","type":"Home","primary":true}`)))
		}},
		"addresses that differ in case": {"volunteers", "POST", users, func(n int) string {
			return newUser("emailAddresses", list(n, cased))
		}},
		"first roles": {"volunteers", "POST", users, func(n int) string {
			return newPerson + `"roleProfiles":[` + list(n, func(int) string { return newRole }) + `]}`
		}},
		"one skill again and again": {"volunteers", "PUT", users + "/1005/skills", func(n int) string {
			return `{"skills":[` + list(n, func(i int) string { return fmt.Sprint(501 + i%3) }) + `]}`
		}},
	}
}

// TestRequestsCostWhatTheyWeigh holds that a request of eight times as many items
// takes about eight times as long. By the square it would be 64 times.
func TestRequestsCostWhatTheyWeigh(t *testing.T) {
	const few, times, most = 500, 8, 26
	for name, c := range costs() {
		t.Run(name, func(t *testing.T) {
			small, large := time.Hour, time.Hour
			for range 3 {
				s, _ := mock(t, mockserver.Config{}, c.contract)
				c.path = strings.TrimPrefix(c.path, "/"+c.contract)
				took(t, s, c.contract, c.method, c.path, c.body(few)) // the first of all warms up
				s, _ = mock(t, mockserver.Config{}, c.contract)
				small = min(small, took(t, s, c.contract, c.method, c.path, c.body(few)))
				s, _ = mock(t, mockserver.Config{}, c.contract)
				large = min(large, took(t, s, c.contract, c.method, c.path, c.body(times*few)))
			}
			if large > most*small {
				t.Errorf("%d items take %s, %d take %s", few, small, times*few, large)
			}
		})
	}
}

// took sends a request as the default persona, without a network between.
func took(t *testing.T, s *mockserver.Server, contract, method, path, body string) time.Duration {
	t.Helper()
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Content-Type", "application/json")
	p, _ := s.Persona(contract, "default")
	for name, value := range p.Headers {
		q.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	began := spent()
	s.ServeHTTP(w, q)
	d := spent() - began
	if !slices.Contains([]int{200, 201, 400, 422}, w.Code) {
		t.Fatalf("status %d: %.300s", w.Code, w.Body)
	}
	return d
}

// TestFiltersReadTheirValueOnce holds that a value of a megabyte costs a list of many
// records no more than a list of few: it is read once, not once a record.
func TestFiltersReadTheirValueOnce(t *testing.T) {
	s, h := mock(t, mockserver.Config{}, "volunteers")
	p, _ := s.Persona("volunteers", "default")
	add := func() {
		q := httptest.NewRequest("POST", "/users/1005/notes", strings.NewReader(`{"subject":"a","body":"b"}`))
		q.Header.Set("Content-Type", "application/json")
		for name, value := range p.Headers {
			q.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, q); w.Code != 201 {
			t.Fatalf("%d: %s", w.Code, w.Body)
		}
	}
	_ = h
	path := "/users/1005/notes?q=" + strings.Repeat("X", 500_000)
	best := func() time.Duration {
		d := time.Hour
		for range 5 {
			d = min(d, took(t, s, "volunteers", "GET", path, ""))
		}
		return d
	}
	add()
	few := best()
	for range 300 {
		add()
	}
	if many := best(); many > 20*few {
		t.Errorf("a long text takes %s with few notes, %s with 300 more", few, many)
	}
}

// spent is the processor time of this process: unlike the time on the wall it does
// not depend on who else is busy.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // there is no reason to fail
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
