package client

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/specs/contract"
)

// Request is one call before it is sent. Cases build it with Options; only the
// suite and the derived checks touch its fields.
type Request struct {
	Operation  *contract.Operation // nil for a call outside the contract
	Persona    string              // whose credential it carries
	Case       string              // the requirement id it is sent for
	Base       string              // "" = the client's base URL
	Method     string              // "" = the operation's
	Instead    string              // the method that the operation has at this target, "" = that of the document
	Path       string              // "" = the operation's template
	PathValues map[string]string   // by placeholder
	Query      url.Values
	Credential http.Header // what says who is calling, kept apart so that it can be taken off
	Spoilt     string      // how it differs from the persona's own: "", NoneSent or OtherSent
	Header     http.Header // everything else
	Body       []byte      // nil = no body
	Timeout    time.Duration
	PassOn429  bool // true hands a 429 back at once
	Invalid    bool // the request means to break the contract
	Echo       bool // the request sends back what the target answered
}

// NoneSent and OtherSent say of a request that its credential is not the persona's own:
// that there is none, or another one.
const (
	NoneSent  = "none"
	OtherSent = "another"
)

// Option changes a Request. Options apply in order, so that a later one wins:
// a derived check appends its deviation to a valid sample.
type Option func(*Request)

// NewRequest returns the request for an operation after the options.
func NewRequest(operation *contract.Operation, options ...Option) Request {
	r := Request{
		Operation:  operation,
		PathValues: map[string]string{},
		Query:      url.Values{},
		Credential: http.Header{},
		Header:     http.Header{},
	}
	r.Apply(options...)
	return r
}

// Apply changes the request by the options, in order.
func (r *Request) Apply(options ...Option) {
	for _, option := range options {
		option(r)
	}
}

// Path fills one placeholder of the path template. The value is escaped.
func Path(name string, value any) Option {
	return func(r *Request) { r.PathValues[name] = fmt.Sprint(value) }
}

// Query sets one query parameter, replacing an earlier value of that name. More
// than one value repeats the parameter; none takes it off.
func Query(name string, values ...any) Option {
	return func(r *Request) {
		r.Query.Del(name)
		for _, value := range values {
			r.Query.Add(name, fmt.Sprint(value))
		}
	}
}

// Header sets a request header that is no credential; "" takes it off.
func Header(name, value string) Option {
	return func(r *Request) {
		r.Header.Del(name)
		if value != "" {
			r.Header.Set(name, value)
		}
	}
}

// JSON sets the body to the value's JSON. A value that JSON can't express is a
// bug of the case and panics.
func JSON(value any) Option {
	body, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("client.JSON: %v", err))
	}
	return Raw(body, "application/json")
}

// Raw sets the body to exactly these bytes, valid or not; "" as content type
// sends no Content-Type header.
func Raw(body []byte, contentType string) Option {
	return func(r *Request) {
		r.Body = body
		Header("Content-Type", contentType)(r)
	}
}

// NoBody takes the body off.
func NoBody() Option { return Raw(nil, "") }

// Method sends another method to the operation's path.
func Method(method string) Option {
	return func(r *Request) { r.Method = strings.ToUpper(method) }
}

// RawPath sends the call to this path below the base URL instead of the
// operation's; placeholders in braces are still filled.
func RawPath(path string) Option {
	return func(r *Request) { r.Path = path }
}

// At sends the call to another base URL, such as that of a second API on the same
// state. No judge looks at its answer.
func At(baseURL string) Option {
	return func(r *Request) { r.Base = strings.TrimRight(baseURL, "/") }
}

// NoCredential sends the call without saying who is calling.
func NoCredential() Option {
	return func(r *Request) { r.Credential = http.Header{} }
}

// Credential replaces whatever said who is calling by one header.
func Credential(name, value string) Option {
	return func(r *Request) { r.Credential = http.Header{http.CanonicalHeaderKey(name): {value}} }
}

// EachToken replaces what says who is calling, in each header that says it: what stands behind a scheme, which is given with
// its blank, or the whole value, and each of several cookies.
func EachToken(change func(scheme, token string) string) Option {
	return func(r *Request) {
		for name, values := range r.Credential {
			pairs, sign := []string{values[0]}, " "
			if name == "Cookie" {
				pairs, sign = strings.Split(values[0], "; "), "="
			}
			for i, pair := range pairs {
				scheme, token, found := strings.Cut(pair, sign)
				if !found {
					pairs[i] = change("", pair)
					continue
				}
				pairs[i] = change(scheme+sign, token)
			}
			r.Credential.Set(name, strings.Join(pairs, "; "))
		}
	}
}

// NoRetry hands a 429 back to the case instead of waiting for it to pass.
func NoRetry() Option {
	return func(r *Request) { r.PassOn429 = true }
}

// Invalid says that the request means to break the contract, where the suite takes
// it to be valid: in a set-up or a sample.
func Invalid() Option {
	return func(r *Request) { r.Invalid = true }
}

// Echo says that the request sends back what the target answered. Whether that
// keeps the contract is the target's doing, not the suite's.
func Echo() Option {
	return func(r *Request) { r.Echo = true }
}
