package suite

import (
	"net/http"
	"path"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/reports"
	"rollcall/specs/secret"
)

func (c *caseRun) title() string { return strings.TrimSpace(c.item.Requirement + " " + c.item.Title) }

// made finds the write that made what a path names by the placeholder: its answer
// has that value, in the body or at the end of Location.
func (c *caseRun) made(placeholder string, values map[string]string) *sent {
	value := values[placeholder]
	for _, sent := range c.writes {
		if value != "" &&
			(path.Base(sent.exchange.Header.Get("Location")) == value || holds(sent.exchange.Get("@this"), value)) {
			return sent
		}
	}
	return nil
}

// holds says whether a JSON value reads as that text, or has one that does.
func holds(value gjson.Result, text string) bool {
	found := value.String() == text
	if found || !value.IsObject() && !value.IsArray() {
		return found
	}
	value.ForEach(func(_, inner gjson.Result) bool {
		found = holds(inner, text)
		return !found
	})
	return found
}

// lastPlaceholder is the name of what an operation on the path is about, "" when
// it is about none in particular.
func lastPlaceholder(template string) string {
	open, shut := strings.LastIndex(template, "{"), strings.LastIndex(template, "}")
	if open < 0 || shut < open {
		return ""
	}
	return template[open+1 : shut]
}

// sent is a write of the case that was answered with success.
type sent struct {
	id       string // in the ledger file
	exchange *client.Exchange
	stays    bool // it made something, and nothing has taken that back
}

// gone notes that a case has deleted what it made.
func (c *caseRun) gone(request client.Request, exchange *client.Exchange) {
	if exchange.Method != http.MethodDelete || !c.knows(request) {
		return
	}
	made := c.made(lastPlaceholder(request.Operation.Path), request.PathValues)
	if made.stays = false; made.id != "" {
		c.note(entry{Event: "gone", ID: made.id})
	}
}

// write notes a write before it is sent, and returns what notes its answer. What
// is about things already tracked makes nothing new.
func (c *caseRun) write(persona string, request client.Request, method string) func(*client.Exchange) {
	switch {
	case method == http.MethodGet, method == http.MethodHead:
		return func(*client.Exchange) {}
	case c.cleaning:
		return func(exchange *client.Exchange) {
			if exchange.Success() {
				c.gone(request, exchange)
			}
		}
	}
	id := ""
	if c.session.ledger != nil && !c.knows(request) { // else nobody reads what it says
		id = c.note(entry{Event: "send", Case: c.id, Title: c.title(), Call: described(persona, request, method)})
	}
	return func(exchange *client.Exchange) {
		switch {
		case id == "":
		case exchange.Err == nil:
			answer := entry{Event: "answer", ID: id, Status: exchange.Status, Made: c.makes(exchange)}
			if answer.Made {
				answer.Record = c.session.idIn(exchange)
			}
			c.note(answer)
		case !exchange.Sent, client.Unsent(exchange.Err):
			c.note(entry{Event: "unsent", ID: id})
		}
		if exchange.Success() {
			c.gone(request, exchange)
			c.writes = append(c.writes, &sent{id: id, exchange: exchange, stays: c.makes(exchange)})
			c.takenBack(persona, request, exchange)
		}
	}
}

// takenBack has what a write made taken back after the case, if the room says how.
func (c *caseRun) takenBack(persona string, request client.Request, exchange *client.Exchange) {
	op := exchange.Operation
	if op == nil || !c.makes(exchange) || c.session.idIn(exchange) == noID {
		return
	}
	if undo := c.session.api.Undo[op.ID]; undo != nil {
		undo(&Env{run: c, persona: persona}, request, exchange)
	}
}

// knows says whether a request is about one thing that the case has made.
func (c *caseRun) knows(request client.Request) bool {
	if request.Operation == nil || !strings.HasSuffix(request.Operation.Path, "}") {
		return false
	}
	return c.made(lastPlaceholder(request.Operation.Path), request.PathValues) != nil
}

// described is a write for a person to read: its secrets are left out.
func described(persona string, request client.Request, method string) *undoCall {
	name := method + " " + request.Path
	switch of := request.Operation; {
	case of == nil:
	case request.Method != "" && request.Method != of.Method: // it is not that operation that is called
		name = request.Method + " " + of.Path
	default:
		name = of.ID
	}
	return &undoCall{
		Operation: name,
		Persona:   persona,
		Path:      request.PathValues,
		Body:      secret.Members(string(request.Body), secret.Mark),
	}
}

// note writes into the ledger, if there is one. What can't be written down must
// not be done: it ends the case as undetermined.
func (c *caseRun) note(e entry) (id string) {
	if c.session.ledger == nil {
		return ""
	}
	if call, secret := c.session.withoutSecrets(e.Call); e.Call != nil && secret {
		if e.Call = call; e.Event == "undo" {
			e.Call = nil // who has only the ledger can't make it
		}
	}
	id, err := c.session.ledger.write(e)
	if err != nil && !c.cleaning {
		c.end(
			reports.Undetermined,
			"the ledger of what the run makes cannot be written, so that nothing is made: "+err.Error(),
		)
	}
	return id
}
