package behavior

import (
	"net/http"
	"net/url"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// Params are the values of the path's parameters.
type Params interface{ Get(name string) string }

// Call is one request on its way through the stages.
type Call struct {
	Operation *contract.Operation
	Request   *http.Request
	Path      Params
	Body      []byte
	Actor     *store.Record // the credential's record, after Authenticate
	State     store.Snapshot
	Tx        *store.Tx // nil unless the operation writes
	Now       time.Time
	Seed      uint64
	NewID     func(prefix string, ordinal uint64) string
	Inquire   func(requirement string) bool
	Write     func(c *Call, table string, before, after *store.Record) *Refusal   // runs the rules, then stores
	Refuse    func(*Refusal) bool                                                 // false: a defect lets it pass
	Parent    *store.Record                                                       // the record that the resource's stand under, once it is loaded
	Find      func(resource, param string, by Denies) (*store.Record, *Refusal)   // loads what a path parameter names, with its parent
	Draft     func(resource string, sent map[string]string) *store.Record         // a new record of members that a function has put together
	Show      func(resource string, rec *store.Record) []byte                     // a record as it is answered
	Wrap      func(resource string, doc []byte) []byte                            // what a single record is wrapped into
	Spend     func(credential string, perMinute int, now time.Time) time.Duration // how long to wait, 0: go on
	Variant   func(name string) bool                                              // a legal variant of the mock is on

	query url.Values
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

// Query gives the values of the query, parsed once.
func (c *Call) Query() url.Values {
	if c.query == nil {
		c.query = c.Request.URL.Query()
	}
	return c.query
}

// Drop forgets a query parameter.
func (c *Call) Drop(parameter string) { c.Query().Del(parameter) }

// Sent reads a member of the request's body by its gjson path.
func (c *Call) Sent(path string) gjson.Result { return gjson.GetBytes(c.Body, path) }

// OK is the answer with the lowest documented success status.
func (c *Call) OK(body []byte) Answer {
	status := http.StatusOK
	if s := c.Operation.Success(); s != nil {
		status = s.Status
	}
	return Answer{Status: status, Body: body}
}
