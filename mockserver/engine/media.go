package engine

import (
	"mime"
	"net/http"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
)

// media refuses a body of another type than the document's, for a contract that
// asks for it. A call without body and type is not refused here: its body is
// missing, not of the wrong type.
func (r *run) media() *behavior.Refusal {
	o := r.Operation.Contract
	sent := r.HTTP.Header.Get("Content-Type")
	_, documented := o.Response(http.StatusUnsupportedMediaType)
	if r.plan.API.Media == "" && !documented || o.Body == nil || sent == "" && len(r.Body) == 0 {
		return nil
	}
	if sent == o.Body.MediaType { // as most write it
		return nil
	}
	if base, _, err := mime.ParseMediaType(sent); err == nil && base == o.Body.MediaType {
		return nil
	}
	return &behavior.Refusal{
		Requirement: string(r.plan.API.Media), Status: http.StatusUnsupportedMediaType, In: "header", Pointer: "/Content-Type",
		Message: "the body is not sent as " + o.Body.MediaType, Hint: "send the header Content-Type: " + o.Body.MediaType,
	}
}

// sentAt gives the raw JSON at a JSON pointer into the request's body, "" when
// there is nothing or no JSON.
func sentAt(body []byte, pointer string) string {
	if !gjson.ValidBytes(body) {
		return ""
	}
	v := gjson.ParseBytes(body)
	for step := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" {
			break
		}
		name := strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		v = v.Get(gjson.Escape(name))
	}
	return v.Raw
}
