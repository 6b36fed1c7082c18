package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/internal/journal"
	"rollcall/specs/visible"
)

// EventsPath is where requests are told as they end, which no compression may hold back.
const EventsPath = Prefix + "/events"

// How long nothing is sent before a sign of life is, and how long a reader may take for one
// event.
const (
	lifeEvery  = 15 * time.Second
	readWithin = 10 * time.Second
)

// events tells of requests as they end, as server-sent events: the event "request" with what
// the journal tells of it. Who reads too slowly is told so, by "dropped", and let go.
func (a api) events(w http.ResponseWriter, q *http.Request, _ httprouter.Params) {
	query := q.URL.Query()
	f, err := journal.ParseFilter(query)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	l, err := a.control.Listen(query.Get("world"))
	if err != nil {
		a.notListening(w, query.Get("world"), err)
		return
	}
	defer l.Close()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusOK)
	if q.Method == http.MethodHead {
		return
	}
	to := http.NewResponseController(w)
	_ = to.SetReadDeadline(time.Time{}) // the request has been read: its end is when the caller goes
	for event := ": listening\n\n"; event != ""; event = next(q, l, f) {
		_ = to.SetWriteDeadline(time.Now().Add(readWithin))
		if _, err := w.Write([]byte(event)); err != nil || to.Flush() != nil {
			return
		}
	}
}

func (a api) notListening(w http.ResponseWriter, world string, err error) {
	if errors.Is(err, journal.ErrFull) || errors.Is(err, journal.ErrOver) {
		fail(w, http.StatusServiceUnavailable, err.Error())
		return
	}
	a.failed(w, world, err)
}

// next is what is to be sent next; "" when nobody reads any more, or after the last.
func next(q *http.Request, l *journal.Listener, f journal.Filter) string {
	for {
		request, err := l.Next(q.Context(), lifeEvery)
		switch {
		case errors.Is(err, journal.ErrQuiet):
			return ": nothing yet\n\n"
		case errors.Is(err, journal.ErrSlow):
			l.Leave()
			return event("dropped", 0, map[string]string{"error": err.Error() + "; GET " + Prefix + "/requests has the newest, " +
				"and after= those that are missing"})
		case err != nil:
			return ""
		case f.Takes(&request):
			return event("request", request.ID, request)
		}
	}
}

// event writes one; JSON has no line break that would end it.
func event(name string, id int64, v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return ": what can't be written\n\n"
	}
	if id == 0 {
		return fmt.Sprintf("event: %s\ndata: %s\n\n", name, visible.JSON(string(text)))
	}
	return fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", id, name, visible.JSON(string(text)))
}
