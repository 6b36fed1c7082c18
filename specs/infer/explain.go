package infer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"rollcall/specs/contract"
)

// Explain writes a behavior as behavior.yaml has it, each line with how sure it is and
// why: ready to be pasted, and corrected where it is wrong. What the user wrote is marked
// with the line it stands on. It returns the writer's error.
func Explain(w io.Writer, c *contract.Contract, b *contract.Behavior) error {
	e := &explainer{out: bufio.NewWriter(w)}
	e.line(0, "rollcall: 1", "")
	e.line(0, "prefix: "+scalar(c.Prefix), "")
	e.answers(b)
	e.auth(b)
	if len(b.Resources) > 0 {
		e.line(0, "resources:", "")
	}
	for _, r := range b.Resources {
		e.resource(r)
	}
	if len(b.Operations) > 0 {
		e.line(0, "operations:", "")
	}
	for i, a := range b.Operations {
		where := ""
		if i < len(c.Operations) {
			where = c.Operations[i].Method + " " + c.Operations[i].Path + ": "
		}
		e.line(1, scalar(a.Operation)+": "+act(a), where+origin(a.Origin))
	}
	return e.out.Flush()
}

type explainer struct {
	out *bufio.Writer
}

func (e *explainer) line(depth int, text, comment string) {
	if comment != "" {
		comment = "  # " + strings.ReplaceAll(comment, "\n", " ")
	}
	fmt.Fprintln(e.out, strings.Repeat("  ", depth)+text+comment)
}

// origin is what a comment says of a line.
func origin(o contract.Origin) string {
	if o.Stated() {
		return "stated in line " + strconv.Itoa(o.Line)
	}
	degrees := [...]string{"", "guess", "likely", "sure"}
	return strconv.Itoa(o.Confidence) + " " + degrees[min(max(o.Confidence, 0), sure)] + ": " + o.Why
}

func (e *explainer) answers(b *contract.Behavior) {
	shape := b.Answers.Error
	var fields flow
	fields.add("message", shape.Message)
	fields.add("code", shape.Code)
	fields.add("status", shape.Status)
	if shape.Violations != "" {
		var in flow
		in.add("in", shape.Violations)
		in.add("field", shape.ViolationField)
		in.add("message", shape.ViolationMessage)
		fields.put("violations", in.String())
	}
	var invalid flow
	for _, row := range b.Answers.Invalid {
		word := row.Keyword
		if word == "" {
			word = "default"
		}
		invalid.put(word, strconv.Itoa(row.Status))
	}
	if len(fields) == 0 && len(invalid) == 0 {
		return
	}
	e.line(0, "answers:", "")
	if len(fields) > 0 {
		e.line(1, "error: "+fields.String(), origin(shape.Origin))
	}
	if len(invalid) > 0 {
		e.line(1, "invalid: "+invalid.String(), "the status that most operations with a body document")
	}
}

func (e *explainer) auth(b *contract.Behavior) {
	var refuse flow
	for _, row := range []struct {
		key    string
		status int
	}{{"missing", b.Auth.Missing}, {"expired", b.Auth.Expired}, {"scope", b.Auth.Scope}} {
		if row.status > 0 {
			refuse.put(row.key, strconv.Itoa(row.status))
		}
	}
	if len(refuse) > 0 {
		e.line(0, "auth:", "")
		e.line(1, "refuse: "+refuse.String(), "documented statuses")
	}
}

func (e *explainer) resource(r *contract.Resource) {
	var body bytes.Buffer
	inner := &explainer{out: bufio.NewWriter(&body)}
	inner.parts(r)
	_ = inner.out.Flush() // into memory
	name := scalar(r.Name) + ":"
	if body.Len() == 0 {
		name += " {}" // YAML would read nothing as null
	}
	e.line(1, name, origin(r.Origin))
	_, _ = e.out.Write(body.Bytes()) // the error stays, and comes with Flush
}

// parts writes what is known of a resource.
func (e *explainer) parts(r *contract.Resource) {
	if r.Schema != nil && r.Schema.Name != "" {
		e.line(2, "schema: "+scalar(r.Schema.Name), "")
	}
	if r.Single {
		e.line(2, "single: true", "")
	}
	if r.Parent != nil {
		by := list(r.Parent.Keys)
		if len(r.Parent.Keys) == 1 {
			by = scalar(r.Parent.Keys[0])
		}
		if r.Parent.Member != "" {
			by = scalar(r.Parent.Member)
		}
		var under flow
		under.put(r.Parent.Resource, by)
		e.line(2, "under: "+under.String(), origin(r.Parent.Origin))
	}
	if r.ID.Make != "" {
		e.line(2, "id: "+identity(r.ID).String(), origin(r.ID.Origin))
	}
	if len(r.Defaults) > 0 {
		e.line(2, "defaults:", "")
	}
	for _, d := range r.Defaults {
		e.line(3, scalar(d.Member)+": "+string(d.Value), origin(d.Origin))
	}
	if len(r.Stamps) > 0 {
		e.line(2, "stamps:", "")
	}
	for _, s := range r.Stamps {
		what := "created"
		if s.Changed {
			what = "changed"
		}
		e.line(3, scalar(s.Member)+": "+what, origin(s.Origin))
	}
	if len(r.Hidden) > 0 {
		e.line(2, "hidden: "+list(r.Hidden), "3 sure: the schema says writeOnly")
	}
	if r.Soft != nil {
		how := "soft"
		if r.Soft.Param != "" {
			how = flow{}.with("soft", r.Soft.Param).String()
		}
		e.line(2, "delete: "+how, origin(r.Soft.Origin))
	}
}

func identity(id contract.ID) (f flow) {
	f.add("member", id.Member)
	way := id.Make
	switch {
	case id.Make == contract.MakePrefix && id.Prefix != "":
		way += " " + id.Prefix
	case id.Make == contract.MakeSlug:
		way += " of " + id.Of
	}
	f.add("make", way)
	if len(id.Composite) > 0 {
		f.put("composite", list(id.Composite))
	}
	return f
}

// flow is a mapping in one line.
type flow []string

func (f *flow) put(key, value string) { *f = append(*f, scalar(key)+": "+value) }

// add puts what isn't empty.
func (f *flow) add(key, value string) {
	if value != "" {
		f.put(key, scalar(value))
	}
}

func (f flow) with(key, value string) flow {
	f.put(key, scalar(value))
	return f
}

// String is the mapping in braces.
func (f flow) String() string { return "{" + strings.Join(f, ", ") + "}" }

func list(all []string) string {
	var quoted []string
	for _, text := range all {
		quoted = append(quoted, scalar(text))
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// scalar writes a text so that YAML reads it as one, in quotes where it must.
func scalar(text string) string {
	const plainLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./ $"
	word := strings.Trim(text, plainLetters) == "" && text != "" && strings.Trim(text[:1], plainLetters[:52]+"$_") == "" &&
		text == strings.TrimSpace(text)
	switch strings.ToLower(text) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		word = false
	}
	if word {
		return text
	}
	var raw strings.Builder
	quote := json.NewEncoder(&raw)
	quote.SetEscapeHTML(false)
	if err := quote.Encode(text); err != nil {
		return `""` // no text fails to be JSON
	}
	return strings.TrimSuffix(raw.String(), "\n")
}
