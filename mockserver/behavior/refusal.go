package behavior

import (
	"net/http"

	"rollcall/specs/contract"
)

// Answer is what goes back.
type Answer struct {
	Status      int
	ContentType string // "" means application/json when there is a body
	Header      http.Header
	Body        []byte
	Single      bool   // it is one record that was read, which has a version
	Tag         uint64 // that version, once it is known; 0: none
	Borrowed    bool   // the body was built in the call's scratch, which is used again once it is written
}

// Refusal is a request that is not carried out.
type Refusal struct {
	Requirement string
	Told        string // the requirement that the caller is told of; "" means the same
	Status      int    // 0: the status the requirement expects
	Message     string
	In, Pointer string // where in the request
	Keyword     string // of the schema, when the document was broken
	Hint        string
	Line        int // of the document
	Details     []byte
	Own         bool // the operation itself says so, in the service's own words
	Header      http.Header
	Violations  []contract.Violation
}

// NotFound says that a lookup of the operation found nothing.
func NotFound(requirement Denies, thing, member, value string) *Refusal {
	return &Refusal{
		Requirement: string(requirement), Status: http.StatusNotFound, In: "path", Own: true,
		Message: thing + " with " + member + " of " + value + " not found", Hint: "use one that a list or the given data names",
	}
}

// Unacceptable is a refusal of input that only a defect asks for.
func Unacceptable(why string) *Refusal {
	return &Refusal{Status: http.StatusBadRequest, In: "body", Message: why, Hint: "a defect is active that refuses this"}
}
