package volunteers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	"rollcall/conformance/internal/independent"
)

// spoiltFaults keep something else than a write says, or lose what it does not say.
func spoiltFaults() []listFault {
	sent := func(method, kind, member string, how func(c *independent.Passing, value string) any) independent.Between {
		return sentOtherwise(method, kind, func(c *independent.Passing, body map[string]any) {
			if value, is := body[member].(string); is {
				body[member] = how(c, value)
			}
		})
	}
	return []listFault{
		{"archived-never-private", "A touchpoint that is archived and private is archived alone.", "L1748-1749: two flags",
			"VOL-TP-02", sentOtherwise(http.MethodPost, "touchpoints", func(_ *independent.Passing, body map[string]any) {
				if body["archived"] == true {
					body["private"] = false
				}
			})},
		{"name-clears-preferred", "A new first name clears the preferred one.", "L262, L265: two members", "VOL-UPD-13",
			nameClearing},
		{"feedback-cut", "The feedback on a role is cut after 255 letters.", "L561: string", "VOL-GEN-26",
			sent(http.MethodPut, "roles", "feedback", func(_ *independent.Passing, value string) any { return cut(value, 255) })},
		{"postcode-is-number", "A postcode of digits loses the zeros before them.", "L823: string", "VOL-GEN-26",
			sent(http.MethodPost, "addresses", "postcode", func(_ *independent.Passing, value string) any {
				if strings.Trim(value, "0123456789") == "" {
					return strings.TrimLeft(value, "0")
				}
				return value
			})},
		{"times-of-32-bits", "A follow-up after 2038 is kept as the last moment that 32 bits can count.", "L1935: date-time",
			"VOL-GEN-26", sent(http.MethodPut, "touchpoints", "follow_up_date", func(_ *independent.Passing, value string) any {
				if at, err := time.Parse(time.RFC3339, value); err == nil && at.Year() > 2037 {
					return "2038-01-19T03:14:07Z"
				}
				return value
			})},
		{"reminded-once", "A reminder that a change has set is not changed again.", "L1529: update a user note", "VOL-NOTE-16",
			sentOtherwise(http.MethodPut, "notes", func(c *independent.Passing, body map[string]any) {
				if body["reminder"] != nil && c.Kept[c.Path] != nil {
					delete(body, "reminder")
				}
				c.Kept[c.Path] = body["reminder"]
			})},
		{"bounces-start-anew", "A change of an email address sets soft_bounces to 0.", "L703: default 0", "VOL-EMAIL-06",
			sentOtherwise(http.MethodPut, "email-addresses", func(_ *independent.Passing, body map[string]any) {
				body["soft_bounces"] = 0
			})},
		{"reason-for-all-roles", "The reason to leave one role is set on all of the user's.", "L558: a users role association",
			"VOL-ROLE-26", reasonForAll},
	}
}

func nameClearing(c *independent.Passing) *httptest.ResponseRecorder {
	body := c.Body()
	_, named := body["preferred_name"]
	if c.Method == http.MethodPut && len(c.Steps) == 2 && body["first_name"] != nil && !named {
		body["preferred_name"] = nil
		c.Send(body)
	}
	return c.Through()
}

func reasonForAll(c *independent.Passing) *httptest.ResponseRecorder {
	answer, reason := c.Through(), c.Body()["leaving_reason"]
	if c.Method != http.MethodPut || len(c.Steps) < 4 || c.Steps[2] != "roles" || reason == nil || !independent.Fine(answer) {
		return answer
	}
	list := "/" + strings.Join(c.Steps[:3], "/")
	_, ids, _ := items(c.Ask(http.MethodGet, list, url.Values{"limit": {"50"}}, nil))
	for _, id := range ids {
		c.Ask(http.MethodPut, list+"/"+id, nil, independent.Encoded(map[string]any{"leaving_reason": reason}))
	}
	return answer
}
