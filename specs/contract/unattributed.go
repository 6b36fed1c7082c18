package contract

import (
	"fmt"
	"slices"
)

// Unattributed lists what of the document can refuse a request, an answer or a service
// and has no authority: each place once, with its line and what to do.
func (c *Contract) Unattributed() (found []string) {
	for _, op := range c.Operations {
		found = append(found, op.unattributed()...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (o *Operation) unattributed() (found []string) {
	miss := func(line int, what string) {
		found = append(found, fmt.Sprintf("openapi.yaml:%d: nobody is named who demands %s; add %s there or above", line, what,
			authorityMark))
	}
	if o.By.Default == "" {
		miss(o.Line, "operation "+o.ID)
	}
	if o.Secured && o.By.Of[BySecurity] == "" {
		miss(o.Line, "a credential of "+o.ID+" (keyword security)")
	}
	for _, r := range o.Responses {
		if r.By.Who(ByStatus) == "" {
			miss(r.Line, fmt.Sprintf("status %d", r.Status))
		}
		if r.MediaType != "" && !r.Open && r.By.Of[ByContent] == "" {
			miss(r.Line, fmt.Sprintf("the media type of status %d (keyword content)", r.Status))
		}
	}
	for _, constraint := range slices.Concat(o.Requests(), o.Answers()) {
		if constraint.Who == "" {
			miss(constraint.Line, constraint.Keyword)
		}
	}
	return found
}

// Contrary lists the rows of the catalogue that accept what their own sentence forbids: a
// success in place of a refusal, or the other way round.
func (c *Contract) Contrary() (found []string) {
	for _, q := range c.Requirements {
		for _, status := range q.Expect.Accept {
			class := status
			if status > 9 {
				class = status / 100
			}
			if class != q.Expect.Status/100 && !q.Expect.Either {
				found = append(found,
					fmt.Sprintf("%s: asks for %d and accepts %d, which is the contrary (requirement at line %d); "+
						"take it out, or write either: true where the sentence says both", q.ID, q.Expect.Status, status, q.Line))
			}
		}
	}
	return found
}
