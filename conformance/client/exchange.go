package client

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/specs/contract"
	"rollcall/specs/secret"
)

// Exchange is one request with its answer, exactly as they were on the wire. It
// holds secrets: show it only through Shown.
type Exchange struct {
	Operation     *contract.Operation // nil for a call outside the contract: a raw path, another method
	Persona, Case string
	Spoilt        string        // as Request.Spoilt
	Moved         time.Duration // of the clock of the case's world, since the exchange before
	Method, URL   string
	RequestHeader http.Header
	RequestBody   []byte
	Status        int // 0 when no answer came
	Header        http.Header
	Body          []byte
	Started       time.Time
	Duration      time.Duration // of the last attempt, waits not counted
	Err           error         // why no answer came
	Sent          bool          // it was tried to send it

	wire    []byte         // the body as it came, where Body is how it is read
	secrets *secret.Keeper // nil knows none
}

// Get returns what a gjson path finds in the answer's body. An answer that is
// not JSON has nothing anywhere.
func (e *Exchange) Get(path string) gjson.Result {
	if !gjson.ValidBytes(e.Body) {
		return gjson.Result{}
	}
	return gjson.GetBytes(e.Body, path)
}

// Text returns the member at a gjson path as text, "" when it isn't there.
func (e *Exchange) Text(path string) string { return e.Get(path).String() }

// Texts returns what a gjson path such as "#.name" or "data.#.id" finds, each as
// text. It is nil when nothing is found.
func (e *Exchange) Texts(path string) []string {
	found := e.Get(path)
	if !found.Exists() {
		return nil
	}
	texts := []string{}
	for _, item := range found.Array() {
		texts = append(texts, item.String())
	}
	return texts
}

// Success says whether the answer is a 2xx, or a redirection where the document has nothing else for the operation.
func (e *Exchange) Success() bool {
	return e.Status >= 200 && e.Status < 300 || e.Status/100 == 3 && e.Operation != nil && e.Operation.Redirects()
}

// Known returns of the body what the document names of it, in one spelling; see
// contract.Schema.Named. The body of an answer that is not documented comes as it is.
func (e *Exchange) Known() []byte {
	if e.Operation == nil {
		return e.Body
	}
	response, ok := e.Operation.Response(e.Status)
	if !ok && e.Success() {
		response = e.Operation.Answered()
	}
	if response == nil || response.Schema == nil {
		return e.Body
	}
	return response.Schema.Named(e.Body)
}

// AsItCame says whether the body is read as it came, at the place that a JSON pointer names; * in it is each item.
func (e *Exchange) AsItCame(pointer string) bool {
	if e.wire == nil || bytes.Equal(e.wire, e.Body) {
		return true
	}
	if pointer == "" || !gjson.ValidBytes(e.wire) || !gjson.ValidBytes(e.Body) {
		return false
	}
	came, is := gjson.ParseBytes(e.wire), gjson.ParseBytes(e.Body)
	unescape := strings.NewReplacer("~1", "/", "~0", "~")
	for _, name := range strings.Split(pointer, "/")[1:] {
		if name == "*" {
			break
		}
		path := gjson.Escape(unescape.Replace(name))
		came, is = came.Get(path), is.Get(path)
	}
	return came.Exists() == is.Exists() && came.Raw == is.Raw
}

// SetBody lets the body be read as another one; reports still show the one that came.
func (e *Exchange) SetBody(body []byte) {
	if e.wire == nil {
		e.wire = e.Body
	}
	e.Body = body
}
