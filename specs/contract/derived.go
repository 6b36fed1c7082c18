package contract

import (
	"fmt"
	"net/http"
	"slices"
)

// The checks by which a document imposes requirements on each of its operations.
const (
	CheckResponseSchema = "response_schema_conformance"
	CheckStatusCode     = "status_code_conformance"
	CheckContentType    = "content_type_conformance"
	CheckPositive       = "positive_data_acceptance"
	CheckAuth           = "ignored_auth"
	CheckNegative       = "negative_data_rejection"
	CheckMethod         = "unsupported_method"
	CheckGone           = "use_after_free"
	CheckNeighbours     = "untouched_neighbours"
	CheckDistinct       = "distinct_records"
)

// derive appends to c what its document itself demands of each operation, in the
// operations' order: what is stated as one requirement, what is inferred as another.
func derive(c *Contract) {
	for _, op := range c.Operations {
		for _, d := range demands(op, c.enough()) {
			c.Requirements = append(c.Requirements, d.requirements(c.Prefix, op)...)
		}
	}
}

// demand is one check of one operation and who asks for what it looks at.
type demand struct {
	check, text string
	expect      Expect
	who         []Authority // of each thing that the check looks at
	reports     bool        // decides nothing unless it is stated
}

// requirements are those of what is stated and of what is inferred. Where there are
// both, the second has a name that says so.
func (d demand) requirements(prefix string, op *Operation) (all []*Requirement) {
	id := fmt.Sprintf("%s-DOC-%s-%s", prefix, op.ID, d.check)
	for _, level := range []Level{Must, Should} {
		i := slices.IndexFunc(d.who, func(who Authority) bool { return who.Level() == level })
		if i < 0 {
			continue
		}
		q := &Requirement{ID: id, Level: level, Operations: []string{op.ID}, Text: d.text, Expect: d.expect,
			Source: fmt.Sprintf("%s (openapi.yaml, line %d)", d.who[i], op.Line), Decides: DecidesVerdict,
			Check: d.check, Line: op.Line}
		if d.reports && level == Should {
			q.Decides = DecidesReport
		}
		if len(all) > 0 {
			q.ID += inferredSuffix
			q.Text += " Here: what was inferred for it."
		}
		all = append(all, q)
	}
	return all
}

const inferredSuffix = "-inferred"

// Derived returns the requirement that the document imposes on an operation under
// that check: on what is stated of it, or on what is inferred. An operation that owes
// only one of them answers with that one; one that owes none with nil.
func (c *Contract) Derived(operation, check string, stated bool) *Requirement {
	id := fmt.Sprintf("%s-DOC-%s-%s", c.Prefix, operation, check)
	if q, ok := c.requirements[id+inferredSuffix]; ok && !stated {
		return q
	}
	return c.requirements[id]
}

// demands lists what the document asks of one operation, named by the check that
// owes it; so many constraints of each kind are enough to know who asks.
func demands(op *Operation, enough int) []demand {
	id, by := op.ID, op.By.Default
	refused := Expect{Status: http.StatusBadRequest, Accept: []int{4}, Open: true}
	all := []demand{
		{check: CheckResponseSchema, who: authoritiesOf(op.answers(enough)),
			text: "Every answer of " + id + " has the body that is documented for its status, or none where none is documented."},
		{check: CheckStatusCode, who: op.statusAuthorities(), text: "Every answer of " + id +
			" has a status that is documented for it."},
		{check: CheckContentType, who: op.contentAuthorities(), text: "Every answer of " + id +
			" has the media type that is documented for its status."},
		{check: CheckPositive, who: op.successAuthorities(),
			text: "A request to " + id + " that keeps the document is answered with a documented success."},
	}
	if op.Secured {
		all = append(all, demand{check: CheckAuth, who: []Authority{op.By.Who(BySecurity)},
			expect: Expect{Status: http.StatusUnauthorized, Accept: []int{4}, Open: true},
			text:   "A request to " + id + " without a credential is refused."})
	}
	if who := authoritiesOf(op.requests(enough)); len(who) > 0 {
		all = append(all, demand{check: CheckNegative, who: who, expect: refused,
			text: "A request to " + id + " that breaks the document is refused."})
	}
	all = append(all, demand{check: CheckMethod, who: []Authority{op.methods()}, reports: true,
		expect: Expect{Status: http.StatusMethodNotAllowed, Accept: []int{4}, Open: true},
		text:   "A method that the path of " + id + " does not have is refused."})
	if op.Method != http.MethodGet && !op.Reads() {
		all = append(all, demand{check: CheckNeighbours, who: []Authority{op.By.Who(ByNeighbours)},
			text: id + " touches no other record than the one that the request names."})
	}
	if op.tellsApart() {
		all = append(all, demand{check: CheckDistinct, who: []Authority{by},
			text: id + " answers each request with what it names, not with one answer for all."})
	}
	if op.Method == http.MethodDelete {
		all = append(all, demand{check: CheckGone, who: []Authority{op.By.Who(ByGone)},
			text: "What " + id + " has deleted is gone for every later request."})
	}
	return all
}

// Reads says whether the operation only reads, whatever its method: x-reads marks those
// that are no GET.
func (o *Operation) Reads() bool { return o.Method == http.MethodGet || o.reads }

// tellsApart says whether the operation reads what its request names: the record or the
// list that its path leads to, or the records that its body lists.
func (o *Operation) tellsApart() bool {
	s := o.Success()
	if !o.Reads() || s == nil || s.Schema == nil {
		return false
	}
	inPath := slices.ContainsFunc(o.Parameters, func(p *Parameter) bool { return p.In == "path" })
	return inPath || o.Body != nil && s.Schema.Type == "array"
}

func (o *Operation) methods() Authority {
	if who := o.By.Who(ByMethods); who != "" {
		return who
	}
	return "inferred: what is not documented does not exist"
}

func (o *Operation) statusAuthorities() []Authority {
	var who []Authority
	if len(o.Responses) > 1 {
		who = append(who, "inferred: an answer that is not documented helps nobody")
	}
	if s := o.Success(); s != nil {
		who = append(who, s.By.Who(ByStatus))
	}
	return who
}

func (o *Operation) contentAuthorities() (who []Authority) {
	for _, r := range o.Responses {
		if r.MediaType != "" && !r.Open {
			who = append(who, r.By.Of[ByContent])
		}
	}
	return who
}
