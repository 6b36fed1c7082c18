package suite

import (
	"fmt"
	"strings"
	"sync"

	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/reports"
)

// kept is how many different findings of one requirement are shown in full.
const kept = 3

// ledger collects what the judge finds in any answer, under the requirement that
// the document imposes. It is safe for concurrent use.
type ledger struct {
	mutex   sync.Mutex
	credits map[string]*credit
}

// credit is what was found against one requirement.
type credit struct {
	count    int
	seen     map[string]bool
	reasons  []string
	evidence []reports.Evidence
}

func newLedger() *ledger { return &ledger{credits: map[string]*credit{}} }

// judged lets the judge look at an answer and credits what it finds.
func (s *session) judged(item Case, exchange *client.Exchange) {
	answer := judge.Answer{
		Operation: exchange.Operation.ID,
		Method:    exchange.Operation.Method,
		Status:    exchange.Status,
		Header:    exchange.Header,
		Body:      exchange.Body,
	}
	for _, finding := range s.judge.Look(answer) {
		id := strings.Join([]string{s.contract.Prefix, "DOC", exchange.Operation.ID, finding.Check}, "-")
		s.findings.add(id, item, finding, exchange)
	}
}

func (l *ledger) add(id string, item Case, finding judge.Finding, exchange *client.Exchange) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	found := l.credits[id]
	if found == nil {
		found = &credit{seen: map[string]bool{}}
		l.credits[id] = found
	}
	found.count++
	text := finding.Message
	if finding.Pointer != "" {
		text = finding.Pointer + ": " + text
	}
	if len(found.reasons) == kept || found.seen[text] {
		return
	}
	found.seen[text] = true
	found.reasons = append(found.reasons, text)
	found.evidence = append(found.evidence, render(item.Title, exchange, item.Requirement+": "+text, failedBody))
}

// against returns the failing case that the findings amount to, if any.
func (l *ledger) against(id string) (outcome, bool) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	found := l.credits[id]
	if found == nil {
		return outcome{}, false
	}
	reason := strings.Join(found.reasons, "\n")
	if more := found.count - len(found.reasons); more > 0 {
		reason += fmt.Sprintf("\n%d more answers like these", more)
	}
	return outcome{
		requirement: id,
		result:      reports.CaseResult{Title: "the answers that the run saw keep the document", Verdict: reports.Fail, Reason: reason},
		evidence:    found.evidence,
	}, true
}

// anyOf says whether there is a finding against one of the plan's requirements.
func (l *ledger) anyOf(p *plan) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.credits) == 0 { // the usual case, asked after every case
		return false
	}
	for _, requirement := range p.requirements {
		if l.credits[requirement.ID] != nil && p.excuses[requirement.ID] == "" {
			return true
		}
	}
	return false
}
