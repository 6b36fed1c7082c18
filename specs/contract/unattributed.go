package contract

import (
	"fmt"
	"slices"
	"strings"
)

// Unattributed lists what of the document can refuse a request, an answer or a service
// and has no authority: each place once, with its line and what to do.
func (c *Contract) Unattributed() (found []string) {
	for _, op := range c.Operations {
		found = append(found, op.unattributed()...)
	}
	found = append(found, c.untitled()...)
	slices.Sort(found)
	return slices.Compact(found)
}

// untitled lists the documents that requirements cite, and of which nothing is said.
func (c *Contract) untitled() (found []string) {
	var told []string
	for _, q := range c.Requirements {
		name, _, _ := strings.Cut(q.Source, ", ")
		if slices.Contains(told, name) {
			continue
		}
		if Authority(q.Source).Stated() && Authority(q.Source) != byDocument && !slices.ContainsFunc(c.Documents,
			func(d CitedDocument) bool { return d.Name == name && d.Title != "" }) {
			told = append(told, name)
			found = append(found, fmt.Sprintf("%s is cited, and nobody says what it is; write %s: {%s: …} into openapi.yaml",
				name, documentsMark, name))
		}
	}
	return found
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
