package probation

import (
	_ "embed"
	"strings"

	"rollcall/mockserver/behavior"
)

//go:embed asyncapi.json
var asyncapi string

// asyncAPI answers the description of the message interface. It needs no token
// and never changes.
func asyncAPI(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	doc := []byte(strings.TrimSpace(asyncapi))
	if !c.Holds("PRO-ASYNC-05") {
		doc = c.Extend(doc, "", "generated", behavior.Text(c.Now.Format("2006-01-02T15:04:05.000000000Z07:00")))
	}
	return c.OK(doc), nil
}
