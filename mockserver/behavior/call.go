package behavior

import (
	"net/http"
	"net/url"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// Params are the values of the path's parameters.
type Params interface{ Get(name string) string }

// Host is what the engine does for a call.
type Host interface {
	// Inquire tells whether what a requirement asks for is in force.
	Inquire(requirement string) bool
	// Refuse tells whether a refusal stands; false: a defect lets it pass.
	Refuse(*Refusal) bool
	// Write runs the rules of a change, then stores it.
	Write(table string, before, after *store.Record) *Refusal
	// Find loads what a path parameter names, with its parent.
	Find(resource, param string, by Denies) (*store.Record, *Refusal)
	// Draft makes a new record of members that a function has put together.
	Draft(resource string, sent map[string]string) *store.Record
	// Show appends a record as it is answered.
	Show(to []byte, resource string, rec *store.Record) []byte
	// Wrap answers what fill appends, as a single record is wrapped.
	Wrap(resource string, fill func([]byte) []byte) Answer
}

// Server is what a call asks of the server it came to.
type Server interface {
	// NewID makes the id of a new record of a resource.
	NewID(prefix string, ordinal uint64) string
	// Spend counts a call of a credential: how long to wait, 0 to go on.
	Spend(credential string, perMinute int, now time.Time) time.Duration
	// Variant tells whether a legal variant of the mock is on.
	Variant(name string) bool
}

// Basis is what members may be computed from, beside the record they are in: a call, or
// the clock alone when it is the date that has changed.
type Basis interface {
	// Holds tells whether what a requirement asks for is in force.
	Holds(By) bool
	// Reader gives the other records.
	Reader() store.Reader
	// Today is the date of the world's clock, in UTC, as 2006-01-02.
	Today() string
}

// Call is one request on its way through the stages.
type Call struct {
	Host
	Server
	Operation *contract.Operation
	Request   *http.Request
	Path      Params
	Body      []byte
	Actor     *store.Record // the credential's record, after Authenticate
	State     store.Snapshot
	Tx        *store.Tx // nil unless the operation writes
	Now       time.Time
	Born      time.Time // of the world's clock when the world began
	Seed      uint64
	Cache     *query.Cache  // of what lists found
	Parent    *store.Record // the record that the resource's stand under, once it is loaded

	Above *store.Record // of the operation's Above, once it is loaded

	Scratch []byte // to build the answer in; see Answer.Borrowed

	recent *[mostLinked]seen // nil until a link names something

	query  url.Values
	unread error // why a part of the query can't be read
	moment struct{ layout, text string }
}

// Holds tells whether what the requirement asks for is in force.
func (c *Call) Holds(by By) bool { return by == "" || c.Inquire(string(by)) }

// Reader is the transaction if there is one, otherwise the snapshot.
func (c *Call) Reader() store.Reader {
	if c.Tx != nil {
		return c.Tx
	}
	return c.State
}

// Moment writes the time of the call, in UTC, as a layout has it.
func (c *Call) Moment(layout string) string {
	if c.moment.layout != layout {
		c.moment.layout, c.moment.text = layout, c.Now.UTC().Format(layout)
	}
	return c.moment.text
}

// Sent reads a member of the request's body by its gjson path.
func (c *Call) Sent(path string) gjson.Result { return gjson.Get(store.View(c.Body), path) }

// OK is the answer with the lowest documented success status.
func (c *Call) OK(body []byte) Answer {
	return Answer{Status: c.Operation.SuccessStatus(false), Body: body}
}

// Today is the date of the world's clock, in UTC.
func (c *Call) Today() string { return c.Moment(time.DateOnly) }

// Day gives the date that a stored day stands for. The word for the day on which
// the world began stays that date when the world's clock moves on.
func (c *Call) Day(stored string) string {
	if stored == today {
		return c.Born.UTC().Format(time.DateOnly)
	}
	return stored
}

// today is how generated data, which is the same on every day, writes the date on
// which a world begins.
const today = "today"
