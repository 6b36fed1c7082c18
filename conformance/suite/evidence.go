package suite

import (
	"fmt"
	"maps"
	"slices"
	"strings"

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
		return []reports.Evidence{c.render(c.item.Title, c.exchanges[decisive], decided, passedBody)}
	}
	shown := c.upTo(c.exchanges[decisive], c.item.Title, decided, failedBody)
	if c.after != nil {
		return append(shown, c.afterwards(decisive)...)
	}
	if c.exchanges[decisive] == c.subject { // and not a part of it, such as an item of a list, which the case took for an answer
		shown[len(shown)-1].Shows = c.sight
	}
	return shown
}

// afterwards are the exchanges behind the decisive one, up to the read that showed what it did.
func (c *caseRun) afterwards(decisive int) (shown []reports.Evidence) {
	before, after := slices.Index(c.exchanges, c.before), slices.Index(c.exchanges, c.after)
	if before < 0 || after < decisive {
		return nil
	}
	for i := decisive + 1; i <= after; i++ {
		shown = append(shown, c.render(c.item.Title, c.exchanges[i], reports.StepAfter, stepBody))
	}
	if sight := *c.sight; len(shown) > 0 && after-before <= shownSteps {
		sight.Unlike = after - before
		shown[len(shown)-1].Shows = &sight
	}
	return shown
}

const decided = "decided the case"

// upTo shows an exchange of the case with its note, and the steps that led to it.
func (c *caseRun) upTo(exchange *client.Exchange, title, note string, most int) (shown []reports.Evidence) {
	last := slices.Index(c.exchanges, exchange)
	for i := max(0, last-shownSteps); i < last; i++ {
		shown = append(shown, c.render(title, c.exchanges[i], reports.StepBefore, stepBody))
	}
	return append(shown, c.render(title, exchange, note, most))
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

// standsFor says what the marks in a request body that is shown stand for: a secret that the target gives, by its name, or one
// that the case made up, with the letters that are made anew as reports.MadeAnew; "" for all else. It is nil where nothing is
// known, and holds nothing that is a secret of the target.
func (c *caseRun) standsFor(sent, shown string) (all []string) {
	parts := strings.Split(shown, reports.SecretMark)
	rest, ok := strings.CutPrefix(sent, parts[0])
	known := false
	for _, part := range parts[1:] {
		at := strings.Index(rest, part)
		if part == "" {
			at = len(rest)
		}
		if !ok || at < 0 {
			return nil
		}
		origin := c.origin(rest[:at])
		all, known = append(all, origin), known || origin != ""
		rest = rest[at+len(part):]
	}
	if !known || rest != "" {
		return nil
	}
	return all
}

// origin is where a secret of a request is from.
func (c *caseRun) origin(value string) string {
	for _, name := range slices.Sorted(maps.Keys(c.session.target.Given)) {
		if value != "" && c.session.target.Given[name] == value {
			return reports.SecretGiven + name
		}
	}
	if i := slices.Index(c.passwords, value); i >= 0 {
		return reports.SecretMade + fmt.Sprintf("Mo6ku-%s-Za%d", reports.MadeAnew, i+2)
	}
	for word := range c.madeUpIn(value) {
		const anew = uniqueLetters - 3
		text := strings.Replace(value, word, reports.MadeAnew+word[anew:], 1)
		if text != value && c.session.secrets.Cut(text) == text {
			return reports.SecretMade + text
		}
	}
	return ""
}

// render turns an exchange into evidence, its secrets redacted and its bodies cut
// at most bytes.
func (c *caseRun) render(title string, exchange *client.Exchange, note string, most int) reports.Evidence {
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
		Curl: shown.Curl(), Note: note, Secrets: c.standsFor(string(exchange.RequestBody), shown.RequestBody),
	}
}
