package main_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"rollcall/mockserver/adminclient"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// tried are a reading operation of each contract that can be tried as it stands, or with the
// values that are set.
func tried() map[string]string {
	return map[string]string{"council": "listWards", "identity": "getUsersByEmail", "probation": "getManagedOffendersByTeam",
		"tenants": "searchUser", "volunteers": "listUsers"}
}

// TestDocuments tries an operation of every contract in Swagger UI, as its default persona,
// in a world that was forked there: it has to be a success, and in the journal of the world.
func TestDocuments(t *testing.T) {
	tab := browserOf(t)
	s, base := mockOf(t, "")
	mock := adminclient.New(base, "")
	visit(t, tab, views()[0].apply(), chromedp.Navigate(base+"/__admin/docs"))
	until(t, tab, `document.querySelector("#personas [aria-pressed=true]")?.textContent === "default"`)
	visit(t, tab, click("#fork"))
	until(t, tab, `document.querySelector("#world").value === "w1"`)
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			given, err := s.Target(name, base)
			if err != nil {
				t.Fatal(err)
			}
			visit(t, tab, chromedp.Evaluate(`(() => { const c = document.querySelector("#contract");
				c.value = [...c.options].find((o) => o.dataset.name === "`+name+`").value;
				c.dispatchEvent(new Event("change")); })()`, nil))
			at := `.opblock[id$="-` + tried()[name] + `"]`
			until(t, tab, `document.querySelector("#personas [aria-pressed=true]")?.textContent === "default"`)
			until(t, tab, `document.querySelector('`+at+`')`)
			visit(t, tab, click(at+` .opblock-summary-control`))
			until(t, tab, `!!document.querySelector('`+at+` .execute')`)
			for parameter, text := range given.Given {
				if strings.HasPrefix(parameter, "lat") || strings.HasPrefix(parameter, "long") { // go together with a distance
					continue
				}
				visit(t, tab, chromedp.Evaluate(fill(at, parameter, text), nil))
			}
			until(t, tab, `(() => { const status = document.querySelector('`+at+` .live-responses-table .response-col_status');
				if (status?.innerText.startsWith("200")) return true;
				if (Date.now() - (window.tried || 0) < 1500) return false; // the answer is on its way
				window.tried = Date.now(); // once more: Swagger UI takes what is typed when it likes
				document.querySelector('`+at+` .execute').click(); })()`)
			kept, err := mock.Requests(context.Background(), "w1", nil)
			if err != nil || len(kept) == 0 {
				t.Fatalf("the world was asked %v, %v", kept, err)
			}
			if last := kept[len(kept)-1]; last.Contract != name || last.Operation != tried()[name] || last.Persona != "default" ||
				last.Status != 200 {
				t.Errorf("it was asked %s %s as %s: %d %s", last.Contract, last.URL, last.Persona, last.Status, last.Answer.Body)
			}
			picture(t, tab, "docs-"+name)
		})
	}
}

// fill types a text into the field of a parameter, so that React hears of it.
func fill(at, parameter, text string) string {
	return `(() => { const row = document.querySelector('` + at + ` [data-param-name="` + parameter + `"] input'); if (!row) return;
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(row, ` + "`" + text + "`" + `);
		row.dispatchEvent(new Event("input", {bubbles: true})); row.dispatchEvent(new Event("focusout", {bubbles: true})); })()`
}

// TestPagesAreAccessible holds every page of the mock to axe, in light and dark and on a phone;
// of the documents what is ours, which is all but Swagger UI.
func TestPagesAreAccessible(t *testing.T) {
	tab := browserOf(t)
	axe := fromNpm(t, axePackage, "axe.min.js")
	s, base := mockOf(t, "")
	for _, body := range []string{`{"name":"A"}`, `{"name":"A"}`, `{"name":3}`} {
		sent(t, s, base, "default", "council", "POST", "/api/wards", body)
	}
	for _, v := range views() {
		for _, page := range []struct {
			name, path, ready string
			then              chromedp.Action
			except            string
		}{
			{"callers", "/", `true`, nil, `[]`},
			{"worlds", "/__admin/ui#worlds", has("#now", "goes at 1"), click("#fault button"), `[]`},
			{"data", "/__admin/ui#data", has("#records caption", "records of"), click("#records tbody button"), `[]`},
			{"journal", "/__admin/ui#journal", has("#requests tbody", "createWard"), click("#requests tbody button"), `[]`},
			{"coverage", "/__admin/ui#coverage", has("#covered", "council"), click("#covered summary"), `[]`},
			{"docs", "/__admin/docs", `!!document.querySelector("#personas [aria-pressed=true]")`, nil, `["#swagger-ui"]`},
		} {
			visit(t, tab, v.apply(), chromedp.Navigate("about:blank"), chromedp.Navigate(base+page.path))
			until(t, tab, page.ready)
			if page.then != nil {
				visit(t, tab, page.then)
			}
			accessible(t, tab, axe, page.name+", "+v.name, page.except)
			var wide bool
			visit(t, tab, chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth + 1`, &wide))
			if wide {
				t.Errorf("%s, %s: the page is wider than its window", page.name, v.name)
			}
			picture(t, tab, "look-"+page.name+"-"+v.name)
		}
	}
}

// TestPagesAskForTheToken holds that where the control API has a token the console asks for it.
func TestPagesAskForTheToken(t *testing.T) {
	tab := browserOf(t)
	_, base := mockOf(t, "s3cret", "council")
	for _, page := range []struct{ path, ready string }{
		{"/__admin/ui", has("#now", "goes at 1")},
		{"/__admin/docs", `!!document.querySelector("#personas [aria-pressed=true]")`},
	} {
		visit(t, tab, chromedp.Navigate(base+page.path), chromedp.Evaluate("sessionStorage.clear()", nil),
			chromedp.Navigate(base+page.path))
		until(t, tab, `!document.querySelector("#token").hidden`)
		visit(t, tab, value("#token input", "wrong"), click("#token button"))
		until(t, tab, has("#said", "not the token"))
		visit(t, tab, value("#token input", "s3cret"), click("#token button"))
		until(t, tab, page.ready)
	}
}
