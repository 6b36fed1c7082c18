package volunteers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"rollcall/conformance/internal/independent"
)

// flagsPassedOn are faults of records that are sent with primary false.
func flagsPassedOn() []listFault {
	const is = ": determine if this is the users primary"
	return []listFault{
		{"address-change-takes-flag", "A change of a postal address makes it the primary one, whatever it says.", "L895" + is,
			"VOL-ADDR-19", unflagged("addresses", http.MethodPut, flaggedAllTheSame)},
		{"phone-change-clears-flags", "A change to a number that is not primary leaves no primary one.", "L1118" + is,
			"VOL-PHONE-12", unflagged("phone-numbers", http.MethodPut, clearing)},
		{"new-contact-clears-flags", "A new contact that is not primary leaves no primary one.", "L987" + is, "VOL-EMRG-10",
			unflagged("emergency-contacts", http.MethodPost, clearing)},
		{"address-flag-answered-only", "That a primary address is no longer primary is answered and not done.", "L895" + is,
			"VOL-ADDR-19", unflagged("addresses", http.MethodPut, answeredOnly)},
	}
}

// unflagged does something else with the writes of a kind that say primary false.
func unflagged(kind, method string, do independent.Between) independent.Between {
	return func(c *independent.Passing) *httptest.ResponseRecorder {
		if len(c.Steps) > 2 && c.Steps[2] == kind && c.Method == method && c.Body()["primary"] == false {
			return do(c)
		}
		return c.Through()
	}
}

func flaggedAllTheSame(c *independent.Passing) *httptest.ResponseRecorder {
	body := c.Body()
	body["primary"] = true
	c.Send(body)
	return c.Through()
}

// answeredOnly leaves the flag to the record that has it, and answers as if it had not.
func answeredOnly(c *independent.Passing) *httptest.ResponseRecorder {
	before, _ := independent.Shown(c.Ask(http.MethodGet, c.Path, nil, nil))["data"].(map[string]any)
	if before["primary"] != true {
		return c.Through()
	}
	answer := flaggedAllTheSame(c)
	body := independent.Shown(answer)
	if shown, is := body["data"].(map[string]any); is {
		shown["primary"] = false
	}
	return independent.With(answer, body)
}

// clearing takes the flag from the records beside the one that is written.
func clearing(c *independent.Passing) *httptest.ResponseRecorder {
	answer := c.Through()
	if independent.Fine(answer) {
		cleared(c)
	}
	return answer
}

func cleared(c *independent.Passing) {
	list := "/" + strings.Join(c.Steps[:3], "/")
	_, ids, by := items(c.Ask(http.MethodGet, list, url.Values{"limit": {"50"}}, nil))
	for _, id := range ids {
		if other, is := by[id].(map[string]any); is && other["primary"] == true && id != c.Last() {
			other["primary"] = false
			delete(other, "id")
			delete(other, "user_id")
			c.Ask(http.MethodPut, list+"/"+id, nil, independent.Encoded(other))
		}
	}
}
