package contract

import (
	"math"
	"slices"
)

// ByBody is the keyword of a response: that it has the documented body, or none. Where
// that is inferred, so is everything inside the body.
const ByBody = "body"

// Constraint is one thing of a document by which a request or an answer can be refused.
type Constraint struct {
	Place   string // "body:/name", "query:/page", "200:/items/*/id"
	Keyword string
	Who     Authority
	Line    int // in openapi.yaml
}

// schemaKeywords are the keywords by which a schema refuses a value.
func schemaKeywords() []string {
	return []string{"type", "format", "pattern", "enum", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
		"minItems", "maxItems", "uniqueItems"}
}

// Requests lists what refuses a request to the operation.
func (o *Operation) Requests() []Constraint { return o.requests(math.MaxInt) }

// requests lists as many of them as asked for, or more.
func (o *Operation) requests(enough int) (all []Constraint) {
	for _, p := range o.Parameters {
		place := p.In + ":/" + p.Name
		if p.Required && p.In != "path" {
			all = append(all, Constraint{place, "required", p.By.Who("required"), p.Line})
		}
		w := &walker{place: place, text: true, enough: enough, seen: map[*Schema]bool{}}
		w.schema(p.Schema, "")
		all = append(all, w.all...)
	}
	if o.Body == nil {
		return all
	}
	all = append(all, Constraint{"body:", "json", o.Body.By.Who("json"), o.Body.Line})
	if o.Body.Required {
		all = append(all, Constraint{"body:", "required", o.Body.By.Who("required"), o.Body.Line})
	}
	w := &walker{place: "body:", request: true, enough: enough, seen: map[*Schema]bool{}}
	w.schema(o.Body.Schema, "")
	return append(all, w.all...)
}

// Answers lists what can be held against an answer of the operation.
func (o *Operation) Answers() []Constraint { return o.answers(math.MaxInt) }

func (o *Operation) answers(enough int) (all []Constraint) {
	for _, r := range o.Responses {
		if r.Open {
			continue // nothing is held against it
		}
		body := r.By.Who(ByBody)
		all = append(all, Constraint{r.place(), ByBody, body, r.Line})
		w := &walker{place: r.place(), cap: body, enough: enough, seen: map[*Schema]bool{}}
		w.schema(r.Schema, "")
		all = append(all, w.all...)
	}
	return all
}

func (r *Response) place() string { return r.Code() + ":" }

// Who returns the authority of a keyword that the body of this response breaks.
func (r *Response) Who(pointer, keyword string) Authority {
	body := r.By.Who(ByBody)
	if r.Schema == nil {
		return body
	}
	if who := r.Schema.Who(pointer, keyword); body.Stated() || who.Chosen() {
		return who
	}
	return body
}

// enough is how many constraints of a kind tell who demands them: one where a document is
// demanded as a whole.
func (c *Contract) enough() int {
	if c.whole {
		return 1
	}
	return math.MaxInt
}

// successAuthorities are those of what a request that keeps the document may rely on:
// that it succeeds at all, with the required members only, with null where that is
// allowed, and with every listed value.
func (o *Operation) successAuthorities() []Authority {
	who := []Authority{o.By.Default}
	for _, p := range o.Parameters {
		if p.In == "query" && p.Schema != nil && len(p.Schema.Enum) > 0 {
			who = append(who, p.Schema.By.Who("enum"))
		}
	}
	if o.Body == nil {
		return who
	}
	first := true
	for _, p := range o.Body.Schema.Flat() {
		if first && o.Body.Schema.IsRequired(p.Name) {
			who, first = append(who, o.Body.Schema.Who("/"+p.Name, "required")), false
		}
		if p.Schema.Nullable && !p.Schema.ReadOnly {
			who = append(who, p.Schema.By.Who(ByNull))
		}
		if len(p.Schema.Enum) > 0 && !p.Schema.ReadOnly {
			who = append(who, p.Schema.By.Who("enum"))
		}
	}
	return who
}

func authoritiesOf(all []Constraint) []Authority {
	who := make([]Authority, len(all))
	for i, c := range all {
		who[i] = c.Who
	}
	return who
}

// walker collects the constraints of a schema. A circle is walked once.
type walker struct {
	place         string
	request, text bool      // readOnly members don't count; everything is text on the wire
	cap           Authority // of the whole: what is inside an inferred body is inferred, unless it was chosen
	enough        int       // so many constraints end the walk
	seen          map[*Schema]bool
	all           []Constraint
}

func (w *walker) add(at, keyword string, who Authority, line int) {
	if w.cap != "" && !w.cap.Stated() && !who.Chosen() {
		who = w.cap
	}
	w.all = append(w.all, Constraint{w.place + at, keyword, who, line})
}

func (w *walker) schema(s *Schema, at string) {
	if s == nil || w.seen[s] || len(w.all) >= w.enough {
		return
	}
	w.seen[s] = true
	for _, keyword := range schemaKeywords() {
		if s.has(keyword, "") && s.refuses(keyword, w.text) {
			w.add(at, keyword, s.By.Who(keyword), s.Line)
		}
	}
	if s.Type != "" && !s.Nullable && !w.text {
		w.add(at, ByNull, s.By.Who(ByNull), s.Line)
	}
	for _, name := range s.Required {
		who := s.By.Who("required")
		if own, ok := s.By.Of["required."+name]; ok {
			who = own
		}
		w.add(at+"/"+name, "required", who, s.Line)
	}
	for _, p := range s.Properties {
		if !w.request || !p.Schema.ReadOnly {
			w.schema(p.Schema, at+"/"+p.Name)
		}
	}
	w.schema(s.Items, at+"/*")
	w.schema(s.Additional, at+"/*")
	for _, part := range slices.Concat(s.AllOf, s.AnyOf, s.OneOf) {
		w.schema(part, at)
	}
}

// refuses says whether there is a value that the keyword refuses; as text, every value
// is a string, and a format that is only a remark refuses nothing.
func (s *Schema) refuses(keyword string, text bool) bool {
	switch keyword {
	case "type":
		return s.Type != "" && (!text || s.Type != "string" && s.Type != "array")
	case "format":
		return asserts(s.Format)
	}
	return true
}
