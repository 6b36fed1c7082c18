package main_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// controls numbers what of a page can be worked with by a mouse, and gives how many that are.
// What looks as if it could be clicked, and holds no control and is in none, is one, too.
const controls = `(() => {
	const real = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
	const seen = (e) => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0 && !e.disabled &&
		!e.closest('#swagger-ui');
	const looks = (e) => getComputedStyle(e).cursor === 'pointer' && !e.closest(real) && !e.closest('label') &&
		!e.querySelector(real);
	window.walked = [...document.body.querySelectorAll('*')].filter((e) => seen(e) && (e.matches(real) || looks(e)));
	window.reached = new Set(); window.unseen = new Set();
	document.activeElement.blur(); getSelection().removeAllRanges();
	return window.walked.length; })()`

// step notes where the focus is, and whether it can be seen there.
const step = `(() => { const e = document.activeElement, look = getComputedStyle(e);
	window.reached.add(e);
	const shown = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0 || look.boxShadow !== 'none';
	if (e !== document.body && !shown && !e.closest('#swagger-ui')) window.unseen.add(e);
	return true; })()`

// missed are the controls that the focus never came to, and those where it can't be seen.
const missed = `[
	...window.walked.filter((e) => !window.reached.has(e)).map((e) => 'no way by Tab to ' + e.outerHTML.slice(0, 120)),
	...[...window.unseen].map((e) => 'the focus is not seen at ' + e.outerHTML.slice(0, 120))].join('\n')`

// TestPagesCanBeWorkedByKeyboard walks through every page by Tab: it comes to every control,
// and the focus is seen at each.
func TestPagesCanBeWorkedByKeyboard(t *testing.T) {
	tab := browserOf(t)
	s, base := mockOf(t, "", "council", "tenants")
	sent(t, s, base, "default", "council", "POST", "/api/wards", `{"name":"A"}`)
	for _, page := range []struct {
		path, ready string
		then        chromedp.Action
	}{
		{"/", `true`, nil},
		{"/__admin/ui#worlds", has("#now", "goes at 1"), nil},
		{"/__admin/ui#data", has("#records caption", "records of"), click("#records tbody button")},
		{"/__admin/ui#journal", has("#requests tbody", "createWard"), click("#requests tbody button")},
		{"/__admin/ui#coverage", has("#covered", "council"), click("#covered summary")},
		{"/__admin/docs", `!!document.querySelector("#personas [aria-pressed=true]")`, nil},
	} {
		t.Run(page.path, func(t *testing.T) {
			visit(t, tab, views()[0].apply(), chromedp.Navigate("about:blank"), chromedp.Navigate(base+page.path))
			until(t, tab, page.ready)
			if page.then != nil {
				visit(t, tab, page.then)
			}
			var all int
			visit(t, tab, chromedp.Evaluate(controls, &all))
			if all == 0 {
				t.Fatal("the page has no controls: nothing was looked at")
			}
			var done bool
			var keys []chromedp.Action
			for range all + 20 { // the walk may begin behind the first, and goes round
				keys = append(keys, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(step, &done))
			}
			visit(t, tab, keys...)
			var faults string
			visit(t, tab, chromedp.Evaluate(missed, &faults))
			for fault := range strings.SplitSeq(faults, "\n") {
				if fault != "" {
					t.Error(fault)
				}
			}
		})
	}
}
