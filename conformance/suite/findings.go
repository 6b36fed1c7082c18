package suite

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/conformance/match"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// kept is how many different findings of one requirement are shown in full, and
// shownFinding how many bytes of each.
const (
	kept         = 3
	shownFinding = 4 << 10
)

// findings is what the judge found in answers, by the requirement that the
// document imposes.
type findings map[string]*attributed

// attributed is what was found against one requirement.
type attributed struct {
	Count    int
	Texts    []string
	Evidence [][]reports.Evidence // for each text the answer, and before it the steps of its case
}

// judged lets the judge look at an answer, credits what it finds, and notes
// whether the answer was one that only a working target gives.
func (c *caseRun) judged(exchange *client.Exchange) {
	answer := judge.Answer{
		Operation: exchange.Operation.ID,
		Method:    exchange.Operation.Method,
		Status:    exchange.Status,
		Header:    exchange.Header,
		Body:      exchange.Body,
		Accepting: !c.session.strict(),
		Untyped:   exchange.Sent && exchange.RequestHeader.Get("Content-Type") == "",
	}
	found, stated := c.session.judge.Look(answer), false
	for _, finding := range found {
		stated = stated || finding.Stated
		if echoed(finding, exchange) || refusesMore(finding, exchange) {
			continue
		}
		q := c.session.contract.Derived(exchange.Operation.ID, finding.Check, finding.Stated)
		if q != nil && (finding.Stated || q.Level != contract.Must) { // what was inferred fails no demand
			c.findings.note(q.ID, c, finding, exchange)
		}
	}
	if said, tells := c.substanceOf(exchange); tells && !stated {
		c.substance = addDistinct(c.substance, said)
	}
}

// echoed says whether what is wrong with an answer is a value that the request itself
// held in that place, and the suite put there on purpose: whether it ought to have been
// refused is another requirement's business. A null that was sent may be left out of the
// answer, and stand below the member that wraps the record.
func echoed(finding judge.Finding, exchange *client.Exchange) bool {
	if finding.Check != judge.ResponseSchema || finding.Pointer == "" {
		return false
	}
	sent, told := valueAt(exchange.RequestBody, finding.Pointer), valueAt(exchange.Body, finding.Pointer)
	if sent.Exists() && told.Exists() {
		return len(match.Differences([]byte(sent.Raw), []byte(told.Raw))) == 0
	}
	if _, wrapped, below := strings.Cut(finding.Pointer[1:], "/"); below && !sent.Exists() {
		sent = valueAt(exchange.RequestBody, "/"+wrapped)
	}
	return sent.Exists() && sent.Type == gjson.Null && told.Type == gjson.Null && gjson.ValidBytes(exchange.Body)
}

// refusesMore says whether an answer with a status that is not documented refuses a request with a parameter that
// is not documented either, which the suite put there: no document says what becomes of that.
func refusesMore(finding judge.Finding, exchange *client.Exchange) bool {
	refusals := []int{http.StatusBadRequest, http.StatusUnprocessableEntity}
	if finding.Check != judge.StatusCode || !slices.Contains(refusals, exchange.Status) {
		return false
	}
	sent, err := url.Parse(exchange.URL)
	if err != nil {
		return false
	}
	for name := range sent.Query() {
		if !slices.ContainsFunc(exchange.Operation.Parameters, func(p *contract.Parameter) bool {
			return p.In == "query" && p.Name == name
		}) {
			return true
		}
	}
	return false
}

// valueAt finds what a JSON pointer names.
func valueAt(body []byte, pointer string) gjson.Result {
	if !gjson.ValidBytes(body) {
		return gjson.Result{}
	}
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	value := gjson.ParseBytes(body)
	for _, key := range strings.Split(pointer, "/")[1:] {
		value = value.Get(gjson.Escape(unescape.Replace(key)))
	}
	return value
}

func (f findings) note(id string, c *caseRun, finding judge.Finding, exchange *client.Exchange) {
	text := finding.Message
	if finding.Pointer != "" {
		text = finding.Pointer + ": " + text
	}
	text = exchange.Fit(text, shownFinding)
	found := f.of(id)
	found.Count++
	if found.wants(text) {
		found.Texts = append(found.Texts, text)
		note := fmt.Sprintf("seen in a case of %s, “%s”: %s", c.item.Requirement, c.item.Title, text)
		shown := c.upTo(exchange, reports.FoundTitle, note, failedBody)
		shown[len(shown)-1].Shows = sightOf(finding, exchange)
		found.Evidence = append(found.Evidence, shown)
	}
}

// sightOf is where in the answer a finding is.
func sightOf(finding judge.Finding, exchange *client.Exchange) *reports.Sight {
	switch {
	case finding.Check == judge.StatusCode, exchange.Status == 0:
		return &reports.Sight{Part: string(match.StatusPart)}
	case finding.Check == judge.ContentType:
		return &reports.Sight{Part: string(match.HeaderPart), Name: "Content-Type"}
	case finding.Check == judge.ResponseSchema && exchange.AsItCame(finding.Pointer):
		return &reports.Sight{Part: string(match.BodyPart), Name: finding.Pointer}
	}
	return nil
}

// add takes over what another case found.
func (f findings) add(more findings) {
	for id, other := range more {
		found := f.of(id)
		found.Count += other.Count
		for i, text := range other.Texts {
			if found.wants(text) {
				found.Texts = append(found.Texts, text)
				found.Evidence = append(found.Evidence, other.Evidence[i])
			}
		}
	}
}

func (f findings) of(id string) *attributed {
	if f[id] == nil {
		f[id] = &attributed{}
	}
	return f[id]
}

func (c *attributed) wants(text string) bool {
	return len(c.Texts) < kept && !slices.Contains(c.Texts, text)
}

// against returns the failing case that the findings amount to, if any.
func (f findings) against(id string) (outcome, bool) {
	found := f[id]
	if found == nil {
		return outcome{}, false
	}
	reason := strings.Join(found.Texts, "\n")
	switch more := found.Count - len(found.Texts); {
	case more == 1:
		reason += "\n1 more answer like these"
	case more > 1:
		reason += fmt.Sprintf("\n%d more answers like these", more)
	}
	evidence := slices.Clone(found.Evidence[0])
	for _, more := range found.Evidence[1:] { // the first can be seen again step by step: that is enough to begin with
		evidence = append(evidence, more[len(more)-1])
	}
	return outcome{
		Requirement: id,
		Result:      reports.CaseResult{Title: reports.FoundTitle, Verdict: reports.Fail, Reason: reason},
		Evidence:    evidence,
	}, true
}
