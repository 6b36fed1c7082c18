package probation

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

func headsAsk() []behavior.By {
	return slices.Concat(listAsks(), []behavior.By{"PRO-PDU-05", "PRO-PDU-06", "PRO-PDU-07", "PRO-PDU-08", "PRO-PDU-09",
		"PRO-PDU-10"})
}

// findPDUHead lists the heads of a delivery unit whose provider is still open.
func findPDUHead(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	code := c.Path.Get("boroughCode")
	if !c.Holds("PRO-PDU-10") {
		code = strings.ToUpper(code)
	}
	b, ok := c.Reader().Get("borough", code)
	if !ok {
		return list(c, nil, "PRO-PDU-06")
	}
	if !open(c, b) {
		return list(c, nil, "")
	}
	var items [][]byte
	b.Get("heads").ForEach(func(_, id gjson.Result) bool {
		r, ok := c.Reader().Get("staff", id.String())
		if !ok {
			return true
		}
		e := entryOf(c, r)
		if e.ID != "" || c.Holds("PRO-PDU-05") {
			items = append(items, c.Extend([]byte(`{"name":`+r.Get("name").Raw+`}`), absent, "email", e.Get("email").Raw))
		}
		return true
	})
	return list(c, items, "PRO-PDU-07")
}

// open tells whether the provider of a borough ends after today, if at all.
func open(c *behavior.Call, borough *store.Record) bool {
	p, ok := c.Reader().Get("provider", borough.String("provider"))
	if !ok {
		return false
	}
	switch ends := c.Day(p.String("ends")); {
	case ends == "", ends > c.Today():
		return true
	case ends == c.Today():
		return !c.Holds("PRO-PDU-09")
	}
	return !c.Holds("PRO-PDU-08")
}
