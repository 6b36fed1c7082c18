package suite

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// tally holds ids by operation, for several cases at once.
type tally struct {
	mutex sync.Mutex
	ids   map[string][]string
}

func (t *tally) add(more map[string][]string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for operation, ids := range more {
		if t.ids == nil {
			t.ids = map[string][]string{}
		}
		t.ids[operation] = append(t.ids[operation], ids...)
	}
}

// take returns the ids, and begins anew.
func (t *tally) take() map[string][]string {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	ids := t.ids
	t.ids = nil
	return ids
}

// noID stands for the id of a record whose answer tells none. What is longer than longestID bytes
// is none that anybody could go by.
const (
	noID      = "?"
	longestID = 400
)

// idIn is the id of what an answer says was made: the last part of Location, or the id in the
// body, as it stands there or below data. noID where there is none. What holds a secret is no id to be
// told, and is looked at whole: a part of it is not known again.
func (s *session) idIn(exchange *client.Exchange) string {
	hides := func(text string) bool { return s.secrets.Cut(text) != text }
	if location := exchange.Header.Get("Location"); location != "" && !hides(location) {
		if at, err := url.Parse(location); err == nil && path.Base(at.Path) != "/" && path.Base(at.Path) != "." &&
			len(path.Base(at.Path)) <= longestID {
			return path.Base(at.Path)
		}
	}
	for _, place := range []string{"id", "data.id"} {
		if id := exchange.Get(place); id.Exists() && !id.IsObject() && !id.IsArray() && id.String() != "" &&
			len(id.Raw) <= longestID && !hides(id.String()) {
			return id.String()
		}
	}
	return noID
}

// makes says whether an answer tells that something new is there now: that of a POST to
// what has items, or one that says so by its status, as a PUT to what was not there may, too.
func (c *caseRun) makes(exchange *client.Exchange) bool {
	op := exchange.Operation
	if op == nil || op.Reads() || !exchange.Success() {
		return false
	}
	if op.Method != http.MethodPost {
		return op.Method == http.MethodPut && exchange.Status == http.StatusCreated
	}
	return exchange.Status == http.StatusCreated || slices.ContainsFunc(c.session.contract.Operations,
		func(item *contract.Operation) bool {
			inner, below := strings.CutPrefix(item.Path, op.Path+"/{")
			return below && !strings.Contains(inner, "/")
		})
}

// stays are the ids of what the case has made and left at a target without worlds, by operation.
func (c *caseRun) stays() map[string][]string {
	ids := map[string][]string{}
	for _, sent := range c.writes {
		if sent.stays && c.session.target.Worlds == "" {
			made := sent.exchange.Operation.ID
			ids[made] = append(ids[made], c.session.idIn(sent.exchange))
		}
	}
	return ids
}
