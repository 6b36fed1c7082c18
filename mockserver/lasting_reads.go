package mockserver

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/engine"
)

// Headers of a mock whose reads don't ask what other processes have written.
const (
	SeqHeader     = "Rollcall-Seq"      // of an answer: the world and how many entries of its log are seen in it
	AtLeastHeader = "Rollcall-At-Least" // of a request: as many entries have to be seen, as SeqHeader told them
	StaleHeader   = "Rollcall-Stale"    // of an answer: how long ago the store of the state was there
)

func (c call) readsLocally() bool {
	return c.world.lasting != nil && c.server.book.Shared() && !c.server.book.Strict()
}

// atLeast waits until is seen what the caller has seen already, and says why it can't be.
func (c call) atLeast() *behavior.Refusal {
	asked := c.http.Header.Get(AtLeastHeader)
	if asked == "" || !c.readsLocally() {
		return nil
	}
	id, seq, ok := strings.Cut(asked, "@")
	n, err := strconv.ParseUint(seq, 10, 64)
	if !ok || err != nil {
		return &behavior.Refusal{Status: http.StatusBadRequest, In: "header", Pointer: "/" + AtLeastHeader,
			Message: AtLeastHeader + " is no place in a log", Hint: "send what " + SeqHeader + " told, as default@12"}
	}
	if id != c.world.id {
		return nil // it is about another world
	}
	if lost := c.server.book.AtLeast(c.http.Context(), c.world.lasting, n); lost != nil {
		return engine.Unavailable(lost)
	}
	return nil
}

// told says in the answer how much of the log is seen in it.
func (c call) told(h http.Header) {
	if !c.readsLocally() {
		return
	}
	h.Set(SeqHeader, c.world.id+"@"+strconv.FormatUint(c.world.lasting.Head(), 10))
	if since, why := c.server.book.Trouble(); why != nil {
		h.Set(StaleHeader, strconv.FormatFloat(time.Since(since).Seconds(), 'f', 1, 64)+"s")
	}
}
