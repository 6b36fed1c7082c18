package suite

import (
	"slices"

	"rollcall/conformance/client"
	"rollcall/reports"
)

// shownSteps is how many exchanges before the decisive one a failure shows. The
// others bound, in bytes, the bodies in it, in the steps before and in the evidence of
// a pass, and the reason of a verdict.
const (
	shownSteps  = 60
	failedBody  = 64 << 10
	stepBody    = 16 << 10
	passedBody  = 2 << 10
	shownReason = 16 << 10
)

// evidence returns the exchanges that the verdict rests on: the decisive one,
// and unless the case passed, also the steps that led to it.
func (c *caseRun) evidence() []reports.Evidence {
	decisive := c.decisive()
	if decisive < 0 {
		return nil
	}
	if c.verdict == reports.Pass {
		return []reports.Evidence{render(c.item.Title, c.exchanges[decisive], decided, passedBody)}
	}
	return c.upTo(c.exchanges[decisive], c.item.Title, decided, failedBody)
}

const decided = "decided the case"

// upTo shows an exchange of the case with its note, and the steps that led to it.
func (c *caseRun) upTo(exchange *client.Exchange, title, note string, most int) (shown []reports.Evidence) {
	last := slices.Index(c.exchanges, exchange)
	for i := max(0, last-shownSteps); i < last; i++ {
		shown = append(shown, render(title, c.exchanges[i], reports.StepBefore, stepBody))
	}
	return append(shown, render(title, exchange, note, most))
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
	shown := exchange.Shown(most)
	if exchange.Persona != DefaultPersona {
		note += ", as persona " + exchange.Persona
	}
	if exchange.Err != nil {
		note += ": " + exchange.String()
	}
	operation, persona := "", exchange.Persona
	if exchange.Operation != nil {
		operation = exchange.Operation.ID
	}
	if persona == DefaultPersona {
		persona = ""
	}
	return reports.Evidence{
		Operation: operation, Persona: persona, Credential: exchange.Spoilt, MovedMS: exchange.Moved.Milliseconds(),
		Case: title, Method: shown.Method, URL: shown.URL,
		RequestHeaders: shown.RequestHeaders, RequestBody: shown.RequestBody,
		Status:          shown.Status,
		ResponseHeaders: shown.ResponseHeaders, ResponseBody: shown.ResponseBody,
		Curl: shown.Curl(), Note: note,
	}
}
