package volunteers

import (
	"net/http"
	"net/http/httptest"

	"rollcall/conformance/internal/independent"
)

// refusedAllTheSame are faults of writes that ask for a flag and are refused.
func refusedAllTheSame() []listFault {
	return []listFault{
		{"refused-contact-clears-flag", "A new contact that is refused leaves no primary one.", "L987: the users primary one",
			"VOL-GEN-16", refusedClearing("emergency-contacts", http.MethodPost)},
		{"refused-phone-change-clears-flag", "A change of a phone number that is refused leaves no primary one.",
			"L1118: the users primary one", "VOL-GEN-16", refusedClearing("phone-numbers", http.MethodPut)},
	}
}

func refusedClearing(kind, method string) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		answer := c.Through()
		asked := len(c.Steps) > 2 && c.Steps[2] == kind && c.Method == method && c.Body()["primary"] == true
		if asked && !independent.Fine(answer) {
			cleared(c)
		}
		return answer
	}
}
