package suite

import (
	"fmt"
	"strings"

	"rollcall/conformance/client"
	"rollcall/reports"
)

// shownSteps is how many exchanges before the decisive one a failure shows. The
// other two bound the bodies in it, and in the evidence of a pass.
const (
	shownSteps = 4
	failedBody = 64 << 10
	passedBody = 2 << 10
)

// evidence returns the exchanges that the verdict rests on: the decisive one,
// and unless the case passed, also the steps that led to it.
func (c *caseRun) evidence() []reports.Evidence {
	decisive := c.decisive()
	if decisive < 0 {
		return nil
	}
	first, most := decisive, passedBody
	if c.verdict != reports.Pass {
		first, most = max(0, decisive-shownSteps), failedBody
	}
	var shown []reports.Evidence
	for i := first; i <= decisive; i++ {
		note := "a step before"
		if i == decisive {
			note = "decided the case"
		}
		shown = append(shown, render(c.item.Title, c.exchanges[i], note, most))
	}
	return shown
}

// decisive returns the index of the exchange that the last expectation was
// about, else of the last one; -1 when there was none.
func (c *caseRun) decisive() int {
	for i, exchange := range c.exchanges {
		if exchange == c.subject {
			return i
		}
	}
	return len(c.exchanges) - 1
}

// render turns an exchange into evidence, its secrets redacted and its bodies cut
// at most bytes.
func render(title string, exchange *client.Exchange, note string, most int) reports.Evidence {
	shown := exchange.Shown()
	if exchange.Persona != DefaultPersona {
		note += ", as persona " + exchange.Persona
	}
	if exchange.Err != nil {
		note += ": " + exchange.String()
	}
	return reports.Evidence{
		Case: title, Method: shown.Method, URL: shown.URL,
		RequestHeaders: shown.RequestHeaders, RequestBody: cut(shown.RequestBody, most),
		Status:          shown.Status,
		ResponseHeaders: shown.ResponseHeaders, ResponseBody: cut(shown.ResponseBody, most),
		Curl: exchange.Curl(), Note: note,
	}
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return fmt.Sprintf("%s… (%d bytes)", strings.ToValidUTF8(text[:most], ""), len(text))
}
