package contract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// catalogue reads one requirements.yaml.
type catalogue struct {
	*complaints
	contract   *Contract
	operations []string
	id         *regexp.Regexp
	lines      map[string]int // by id
}

// readCatalogue appends the rows of requirements.yaml to c, whose operations are
// known already, and sets its prefix. What is wrong is added to found.
func readCatalogue(raw []byte, c *Contract, found *complaints) {
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		found.add(lineIn(err.Error()), "Make it a YAML list of requirements", "the catalogue can't be read: %v", err)
		return
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.SequenceNode || len(doc.Content[0].Content) == 0 {
		found.add(1, "Make it a YAML list of requirements", "the catalogue lists nothing")
		return
	}
	r := &catalogue{
		complaints: found, contract: c, lines: map[string]int{},
		id: regexp.MustCompile(`^([A-Z]{2,})-([A-Z][A-Z0-9]*)-\d{2,}$`),
	}
	for _, op := range c.Operations {
		r.operations = append(r.operations, op.ID)
	}
	for _, item := range doc.Content[0].Content {
		r.row(unalias(item))
	}
}

func (r *catalogue) row(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		r.add(n.Line, "Give it an id, a level, operations, a text and a source", "the row is not a mapping")
		return
	}
	f := r.fields(n, "a requirement", "id", "level", "operations", "text", "source", "expect", "needs", "decides")
	q := &Requirement{
		ID: f.text("id"), Level: Level(f.text("level")), Operations: f.list("operations"), Text: f.text("text"),
		Source: f.text("source"), Needs: f.list("needs"), Decides: Decides(f.text("decides")), Line: n.Line,
	}
	if q.Decides == "" {
		q.Decides = DecidesVerdict
	}
	r.checkID(q)
	r.checkWords(q, f)
	r.checkOperations(q, f)
	q.Expect = r.expect(f.node("expect"), q)
	r.contract.Requirements = append(r.contract.Requirements, q)
}

func (r *catalogue) checkID(q *Requirement) {
	parts := r.id.FindStringSubmatch(q.ID)
	if parts == nil {
		r.add(q.Line, "Write it as PREFIX-GROUP-NN, e.g. COU-WARD-06", "id %q has another shape", q.ID)
		return
	}
	if parts[2] == "DOC" {
		r.add(q.Line, "Choose another group", "group DOC of %s is kept for what the document itself demands", q.ID)
	}
	switch {
	case r.contract.Prefix == "":
		r.contract.Prefix = parts[1]
	case r.contract.Prefix != parts[1]:
		r.add(q.Line, "Start every id with "+r.contract.Prefix, "id %s has another prefix than the rows before it", q.ID)
	}
	if first, ok := r.lines[q.ID]; ok {
		r.add(q.Line, "Give each requirement an id of its own", "id %s is used twice, first on line %d", q.ID, first)
		return
	}
	r.lines[q.ID] = q.Line
}

func (r *catalogue) checkWords(q *Requirement, f fields) {
	if q.Level != Must && q.Level != Should {
		r.add(f.line("level"), "Use MUST or SHOULD", "%s has level %q", q.ID, q.Level)
	}
	if q.Decides != DecidesVerdict && q.Decides != DecidesReport {
		r.add(f.line("decides"), "Use verdict or report", "%s decides %q", q.ID, q.Decides)
	}
	if strings.TrimSpace(q.Text) == "" {
		r.add(f.line("text"), "Say in one sentence what must hold", "%s has no text", q.ID)
	}
	r.checkAuthority(q.ID, q.Authority(), f.line("source"))
	if want := q.Authority().Level(); want != q.Level && (q.Level == Must || q.Level == Should) {
		r.add(f.line("level"), "Make it "+string(want)+", or name another source", "%s is %s, and its source makes it %s", q.ID,
			q.Level, want)
	}
}

func (r *catalogue) checkAuthority(id string, who Authority, line int) {
	if !who.Stated() && !who.Inferred() {
		r.add(line, `Write "seed NNN, line N" or "inferred: from what"`, "%s has source %q, which is no authority", id, who)
	}
}

// statuses reads a list of statuses, in which 4XX stands for every one of its class.
func (r *catalogue) statuses(n *yaml.Node) (all []int) {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		r.add(n.Line, "Write a list such as [400, 422] or [4XX]", "accept can't be read")
		return nil
	}
	for _, item := range n.Content {
		status, err := strconv.Atoi(strings.TrimSuffix(item.Value, "XX"))
		if err != nil {
			r.add(item.Line, "Write a number such as 400, or 4XX", "%q is not a status", item.Value)
		}
		all = append(all, status)
	}
	return all
}

func (r *catalogue) checkOperations(q *Requirement, f fields) {
	if len(q.Operations) == 0 {
		r.add(f.line("operations"), "List the operationIds it speaks of", "%s names no operation", q.ID)
	}
	if len(r.operations) == 0 {
		return // the document could not be read; its own complaints come first
	}
	for _, id := range q.Operations {
		if slices.Contains(r.operations, id) {
			continue
		}
		fix := "Use an operationId of " + documentFile
		if near := Nearest(id, r.operations); near != "" {
			fix = "Did you mean " + near + "?"
		}
		r.add(f.line("operations"), fix, "%s names operation %q, which is unknown", q.ID, id)
	}
}

// expect reads the status that a row asks for. Who states it is the row's own source
// unless it has one: a sentence may demand a refusal and leave its status open.
func (r *catalogue) expect(n *yaml.Node, q *Requirement) Expect {
	if n == nil {
		return Expect{}
	}
	f := r.fields(n, "an expectation", "status", "accept", "source", "either")
	e := Expect{Status: f.number("status"), Accept: r.statuses(f.node("accept"))}
	who := q.Authority()
	if own := f.text("source"); own != "" {
		who = Authority(own)
	}
	r.checkAuthority(q.ID, who, f.line("source"))
	e.Open = !who.Stated()
	if either := f.node("either"); either != nil {
		e.Either = either.Value == "true"
	}
	if e.Status == 0 {
		r.add(n.Line, "Say which status the strict reading asks for", "expect has no status")
		return e
	}
	if len(e.Accept) == 0 {
		e.Accept = []int{e.Status}
	}
	if !slices.Contains(e.Accept, e.Status) && !slices.Contains(e.Accept, e.Status/100) {
		r.add(n.Line, fmt.Sprintf("Add %d to accept", e.Status), "accept lacks the strict status %d", e.Status)
	}
	for _, s := range append([]int{e.Status}, e.Accept...) {
		if s < 100 && s != 4 || s > 599 {
			r.add(n.Line, "Use a status between 100 and 599", "%d is not a status", s)
		}
	}
	return e
}
