package independent

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Between is a fault that needs to know nothing of a server's inside: it stands before it, sees
// each call, and may keep something for the next one.
type Between func(c *Passing) *httptest.ResponseRecorder

// Passing is a call on its way to a server.
type Passing struct {
	Method, Path string
	Query        url.Values
	Sent         []byte         // the body
	Kept         map[string]any // by this fault of this server, from call to call
	Steps        []string       // of the path
	header       http.Header
	server       http.Handler
}

// Before puts the faults of the table that are active before a server.
func Before(server http.Handler, table map[string]Between, active []string) http.Handler {
	for _, name := range active {
		if do := table[name]; do != nil {
			server = behind(server, do)
		}
	}
	return server
}

func behind(server http.Handler, do Between) http.Handler {
	var one sync.Mutex
	kept := map[string]any{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		one.Lock()
		defer one.Unlock()
		sent, _ := io.ReadAll(r.Body) // what did not come is not passed on
		header := r.Header.Clone()
		header.Del("Accept-Encoding")
		c := &Passing{Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Sent: sent, Kept: kept,
			Steps: strings.Split(strings.Trim(r.URL.Path, "/"), "/"), header: header, server: server}
		answer := do(c)
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// Through is what the server answers to the call as it now is.
func (c *Passing) Through() *httptest.ResponseRecorder {
	return c.Ask(c.Method, c.Path, c.Query, c.Sent)
}

// Ask is what the server answers to another call of the same caller.
func (c *Passing) Ask(method, path string, query url.Values, body []byte) *httptest.ResponseRecorder {
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.Header = c.header.Clone()
	if len(body) > 0 && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer := httptest.NewRecorder()
	c.server.ServeHTTP(answer, r)
	return answer
}

// Last is the last step of the path.
func (c *Passing) Last() string { return c.Steps[len(c.Steps)-1] }

// Asks says what is called, to tell one read from another.
func (c *Passing) Asks() string { return c.Path + "?" + c.Query.Encode() }

// Body is what was sent as an object, empty where it is none.
func (c *Passing) Body() map[string]any { return object(c.Sent) }

// Send changes what is sent.
func (c *Passing) Send(body any) { c.Sent = Encoded(body) }

// Shown is an answer as an object, empty where it is none.
func Shown(answer *httptest.ResponseRecorder) map[string]any { return object(answer.Body.Bytes()) }

// Listed is an answer as a list, empty where it is none.
func Listed(answer *httptest.ResponseRecorder) (items []map[string]any) {
	_ = json.Unmarshal(answer.Body.Bytes(), &items) // what is no list has no items
	return items
}

func object(text []byte) map[string]any {
	is := map[string]any{}
	_ = json.Unmarshal(text, &is) // what is no object has no members
	return is
}

// Encoded is a value as JSON.
func Encoded(value any) []byte {
	text, _ := json.Marshal(value) // decoded JSON always encodes
	return text
}

// With is the answer with another body.
func With(answer *httptest.ResponseRecorder, value any) *httptest.ResponseRecorder {
	answer.Body = bytes.NewBuffer(Encoded(value))
	return answer
}

// Plain is an answer without a body.
func Plain(status int) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	answer.Code = status
	return answer
}

// Fine says whether a call was carried out.
func Fine(answer *httptest.ResponseRecorder) bool { return answer.Code < http.StatusMultipleChoices }

// SharedWith is the fault of answers that are kept without a look at who asked: who is refused
// with one of the statuses gets what somebody got who asked for the same since the last write.
func SharedWith(statuses ...int) Between {
	return func(c *Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if c.Method != http.MethodGet {
			clear(c.Kept)
			return answer
		}
		if Fine(answer) {
			c.Kept[c.Asks()] = answer
		}
		if kept, ok := c.Kept[c.Asks()].(*httptest.ResponseRecorder); ok && slices.Contains(statuses, answer.Code) {
			return kept
		}
		return answer
	}
}

// MissesKept is the fault of a search that finds nobody for good where it once found nobody.
func MissesKept(missed func(*httptest.ResponseRecorder) bool) Between {
	return func(c *Passing) *httptest.ResponseRecorder {
		if kept, ok := c.Kept[c.Asks()].(*httptest.ResponseRecorder); ok && c.Method == http.MethodGet {
			return kept
		}
		answer := c.Through()
		if c.Method == http.MethodGet && missed(answer) {
			c.Kept[c.Asks()] = answer
		}
		return answer
	}
}

// OfTheOneBefore is the fault of a read that shows members of the record that was read before.
func OfTheOneBefore(reads func(*Passing) bool, members ...string) Between {
	return func(c *Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		if !Fine(answer) || c.Method != http.MethodGet || !reads(c) {
			return answer
		}
		record := Shown(answer)
		for _, name := range members {
			before, was := c.Kept[name]
			c.Kept[name] = record[name]
			if was {
				record[name] = before
			}
		}
		return With(answer, record)
	}
}
