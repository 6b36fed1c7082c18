package suite

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/conformance/match"
	"rollcall/reports"
)

// kept is how many different findings of one requirement are shown in full, and
// shownFinding how many bytes of each.
const (
	kept         = 3
	shownFinding = 4 << 10
)

// findings is what the judge found in answers, by the requirement that the
// document imposes.
type findings map[string]*credit

// credit is what was found against one requirement.
type credit struct {
	Count    int
	Texts    []string
	Evidence []reports.Evidence // one for each text
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
		Accepting: !c.session.target.strict(),
	}
	found, stated := c.session.judge.Look(answer), false
	for _, finding := range found {
		stated = stated || finding.Stated
		if planted(finding, exchange) {
			continue
		}
		if q := c.session.contract.Derived(exchange.Operation.ID, finding.Check, finding.Stated); q != nil {
			c.findings.note(q.ID, c.item, finding, exchange)
		}
	}
	if !stated && c.telling(exchange) {
		c.told = told(c.told, exchange.Known())
	}
}

// told adds what an answer says, by a sum over it. Two are enough: a target that says two
// different things of substance is no page that is shown for everything.
func told(so []uint64, body []byte) []uint64 {
	hash := fnv.New64a()
	hash.Write(body) // a hash never fails to write
	if sum := hash.Sum64(); len(so) < enough && !slices.Contains(so, sum) {
		return append(so, sum)
	}
	return so
}

// enough is how many different answers of substance make a target one that works.
const enough = 2

// telling says whether an answer is a success that tells something: one with members or
// items where the document promises them, and not what was sent.
func (c *caseRun) telling(exchange *client.Exchange) bool {
	response, documented := c.session.contract.Judged(exchange.Operation, exchange.Status, c.session.target.strict())
	body := gjson.ParseBytes(exchange.Body)
	says := gjson.ValidBytes(exchange.Body) && (len(body.Map()) > 0 || len(body.Array()) > 0) && (body.IsObject() || body.IsArray())
	return documented && response.Schema != nil && !response.Open && exchange.Success() && says && !bytes.Equal(exchange.Body, exchange.RequestBody)
}

// planted says whether what is wrong with an answer is a value that the request itself
// held in that place, and the suite put there on purpose: whether it ought to have been
// refused is another requirement's business.
func planted(finding judge.Finding, exchange *client.Exchange) bool {
	if finding.Check != judge.ResponseSchema || finding.Pointer == "" {
		return false
	}
	sent, told := valueAt(exchange.RequestBody, finding.Pointer), valueAt(exchange.Body, finding.Pointer)
	return sent.Exists() && told.Exists() && len(match.Differences([]byte(sent.Raw), []byte(told.Raw))) == 0
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

func (f findings) note(id string, item Case, finding judge.Finding, exchange *client.Exchange) {
	text := finding.Message
	if finding.Pointer != "" {
		text = finding.Pointer + ": " + text
	}
	text = exchange.Fit(text, shownFinding)
	found := f.of(id)
	found.Count++
	if found.wants(text) {
		found.Texts = append(found.Texts, text)
		found.Evidence = append(found.Evidence, render(item.Title, exchange, item.Requirement+": "+text, failedBody))
	}
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

func (f findings) of(id string) *credit {
	if f[id] == nil {
		f[id] = &credit{}
	}
	return f[id]
}

func (c *credit) wants(text string) bool {
	return len(c.Texts) < kept && !slices.Contains(c.Texts, text)
}

// against returns the failing case that the findings amount to, if any.
func (f findings) against(id string) (outcome, bool) {
	found := f[id]
	if found == nil {
		return outcome{}, false
	}
	reason := strings.Join(found.Texts, "\n")
	if more := found.Count - len(found.Texts); more > 0 {
		reason += fmt.Sprintf("\n%d more answers like these", more)
	}
	return outcome{
		Requirement: id,
		Result:      reports.CaseResult{Title: "the answers that the run saw keep the document", Verdict: reports.Fail, Reason: reason},
		Evidence:    found.Evidence,
	}, true
}
