package main_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/adminclient"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// mockOf serves contracts with their documents, all of them without names.
func mockOf(t *testing.T, token string, names ...string) (*mockserver.Server, string) {
	t.Helper()
	if len(names) == 0 {
		names = contract.Names(specs.FS)
	}
	cfg := mockserver.Config{Seed: 1, Size: fixtures.Small, Documents: specs.FS, AdminToken: token}
	for _, name := range names {
		c, err := contract.Find(specs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Contracts = append(cfg.Contracts, c)
	}
	s, err := mockserver.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	return s, h.URL
}

// sent calls as a persona in a world, and gives the status.
func sent(t *testing.T, s *mockserver.Server, base, world, name, method, path, body string) int {
	t.Helper()
	q := httptest.NewRequest(method, base+"/"+name+path, strings.NewReader(body))
	who, _ := s.Persona(name, "default")
	for header, value := range who.Headers {
		q.Header.Set(header, value)
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set(mockserver.WorldHeader, world)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, q)
	return w.Code
}

func value(selector, text string) chromedp.Action {
	return chromedp.SetValue(selector, text, chromedp.ByQuery)
}

func click(selector string) chromedp.Action { return chromedp.Click(selector, chromedp.ByQuery) }

func has(selector, text string) string {
	return `[...document.querySelectorAll("` + selector + `")].some((e) => e.innerText.includes("` + text + `"))`
}

// TestConsole walks the console as a person does, and checks with the control API that what
// was pressed was done.
func TestConsole(t *testing.T) {
	tab := browserOf(t)
	s, base := mockOf(t, "")
	mock := adminclient.New(base, "")
	visit(t, tab, views()[0].apply(), chromedp.Navigate(base+"/__admin/ui"))
	until(t, tab, `document.querySelector("#now").textContent.includes("goes at 1")`)

	visit(t, tab, click("#fork"))
	until(t, tab, `document.querySelector("#world").value === "w1"`)
	visit(t, tab, value("#clock [name=now]", "2026-11-01T09:00:00Z"), click("#clock [name=frozen]"), click("#clock button"))
	until(t, tab, has("#now", "2026-11-01T09:00:00Z stands"))
	visit(t, tab, value("#fault [name=operation]", "council/createWard"), value("#fault [name=status]", "503"),
		value("#fault [name=times]", "1"), click("#fault button"))
	until(t, tab, has("#faults", "createWard"))
	picture(t, tab, "console-worlds")
	if status := sent(t, s, base, "w1", "council", "POST", "/api/wards", `{"name":"A"}`); status != 503 {
		t.Errorf("with the fault it is answered %d", status)
	}
	visit(t, tab, value("#snapshot [name=name]", "before"), click("#snapshot button"))
	until(t, tab, has("#said", "kept as before"))
	sent(t, s, base, "w1", "council", "POST", "/api/wards", `{"name":"Seen in the console"}`)
	visit(t, tab, value("#diff [name=from]", "before"), click("#diff button"))
	until(t, tab, has("#differences", "Seen in the console"))

	visit(t, tab, click(`a[href="#data"]`))
	until(t, tab, has("#records caption", "records of"))
	visit(t, tab, value("#search [name=table]", "council/ward"), value("#search [name=search]", "seen IN the"),
		click("#search button"))
	until(t, tab, has("#records caption", "1 records of ward in w1"))
	visit(t, tab, click("#records tbody button"))
	until(t, tab, has("#record pre", `\"name\": \"Seen in the console\"`))
	picture(t, tab, "console-data")

	visit(t, tab, click(`a[href="#journal"]`))
	until(t, tab, has("#requests tbody", "createWard"))
	visit(t, tab, value("#filter [name=status]", "409"), click("#filter button"))
	until(t, tab, `document.querySelectorAll("#requests tbody tr").length === 0`)
	heard(t, s, base)
	until(t, tab, has("#requests tbody", "409"))
	visit(t, tab, click("#requests tbody button"))
	until(t, tab, has("#request", "COU-WARD-06"))
	picture(t, tab, "console-journal")

	visit(t, tab, click(`a[href="#coverage"]`))
	until(t, tab, has("#covered", "council"))
	visit(t, tab, click("#covered details summary"))
	picture(t, tab, "console-coverage")

	visit(t, tab, click(`a[href="#worlds"]`))
	until(t, tab, `document.querySelector("#restore option[value=before]")`)
	visit(t, tab, value("#restore [name=from]", "before"), click("#restore button"))
	until(t, tab, has("#said", "w1 has the state of before"))
	if d, err := mock.Diff(context.Background(), "w1", "before"); err != nil || len(d) > 0 {
		t.Errorf("restored, it differs by %v, %v", d, err)
	}
	visit(t, tab, click("#reset"))
	until(t, tab, has("#said", "as the mock began"))
	visit(t, tab, click("#delete"))
	until(t, tab, has("#said", "w1 is deleted"))
	if all, err := mock.Worlds(context.Background()); err != nil || strings.Join(all, " ") != "before default" {
		t.Errorf("then there are %v, %v", all, err)
	}
}

// heard sends what is refused until the console has had time to listen: it is told of it live.
func heard(t *testing.T, s *mockserver.Server, base string) {
	t.Helper()
	for range 3 {
		if status := sent(t, s, base, "w1", "council", "POST", "/api/wards", `{"name":"Seen in the console"}`); status != 409 {
			t.Fatalf("a second ward of a name is answered %d", status)
		}
	}
}
