package main_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

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
			until(t, tab, `window.ui.specSelectors.specResolvedSubtree(["paths",
				document.querySelector('`+at+` .opblock-summary-path').dataset.path, "get"])?.get("operationId")`)
			execute(t, tab, at, given.Given)
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

// execute fills the fields of an operation and sends it, until the answer is a success: what
// is typed while Swagger UI draws itself anew it may take for nothing, and say so in red.
func execute(t *testing.T, tab context.Context, at string, given map[string]string) {
	t.Helper()
	const tries = 5
	for range tries {
		for _, parameter := range slices.Sorted(maps.Keys(given)) {
			typed(t, tab, at+` [data-param-name="`+parameter+`"] input`, given[parameter])
		}
		visit(t, tab, chromedp.Evaluate(`document.querySelector('`+at+` .execute').click()`, nil))
		var well bool
		err := chromedp.Run(tab, chromedp.Poll(`document.querySelector('`+at+` .live-responses-table tbody .response-col_status')
			?.innerText.startsWith("200")`, &well, chromedp.WithPollingTimeout(3*time.Second)))
		if err == nil {
			return
		}
	}
	var shown string
	visit(t, tab, chromedp.Evaluate(`document.querySelector('`+at+`').innerText`, &shown))
	t.Fatalf("in %d tries it is no success: %.1000s", tries, shown)
}

// typed types a text into a field in place of what is there, where there is such a field.
func typed(t *testing.T, tab context.Context, field, text string) {
	t.Helper()
	var there bool
	visit(t, tab, chromedp.Evaluate(`(() => { const field = document.querySelector('`+field+`');
		field?.focus(); field?.select(); return !!field; })()`, &there))
	if there {
		visit(t, tab, chromedp.SendKeys(field, text+kb.Tab, chromedp.ByQuery))
		until(t, tab, `document.querySelector('`+field+`').value === `+"`"+text+"`")
	}
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
