package tenants

import (
	"encoding/json"
	"net/http"
	"strings"

	"rollcall/mockserver/behavior"
)

// failure is the contract's Error.
type failure struct {
	Message string              `json:"message"`
	Errors  map[string][]string `json:"errors,omitempty"`
}

// render writes {message, errors?}: under errors what is wrong, by member of the
// body or by parameter, as far as it is about one.
func render(_ *behavior.Call, r *behavior.Refusal) behavior.Answer {
	said := failure{Message: r.Message, Errors: map[string][]string{}}
	for _, v := range r.Violations {
		said.add(v.Pointer, v.Message)
	}
	if len(r.Violations) == 0 && r.In != "header" {
		said.add(r.Pointer, r.Message)
	}
	if r.Status == http.StatusBadRequest && len(said.Errors) > 0 {
		said.Message = "The request is invalid."
	}
	body, err := json.Marshal(said)
	if err != nil {
		body = []byte(`{"message":"The request is invalid."}`)
	}
	return behavior.Answer{Status: r.Status, Header: r.Header, Body: body}
}

// add notes what is wrong with a member; "" is the whole body.
func (f *failure) add(pointer, message string) {
	name, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	switch {
	case name == "" && pointer == "":
		name = "body"
	case strings.Trim(name, "0123456789") == "": // a record that is not found is named by its id
		name = "userId"
	}
	f.Errors[name] = append(f.Errors[name], message)
}
