package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	v3 "github.com/pb33f/libopenapi/datamodel/low/v3"
	"go.yaml.in/yaml/v4"
)

// openMark marks a response of whose body the seed says nothing.
const openMark = "x-open"

func (d *document) responses(in *v3.Operation, op *Operation) []*Response {
	all := d.openResponses(in)
	if len(all) == 0 && (in.Responses.Value == nil || in.Responses.Value.Codes == nil || in.Responses.Value.Codes.Len() == 0) {
		d.add(op.Line, "Document every status it can answer", "%s %s has no responses", op.Method, op.Path)
		return nil
	}
	if in.Responses.Value.Codes == nil {
		return all
	}
	for key, ref := range in.Responses.Value.Codes.FromOldest() {
		status, known := statusOf(key.Value)
		if !known || status < 100 && !d.forgiving {
			d.add(key.KeyNode.Line, "Name each status by its three digits", "%q is not a status", key.Value)
			continue
		}
		all = append(all, d.response(status, ref.Value, key.KeyNode.Line))
	}
	slices.SortFunc(all, func(a, b *Response) int { return cmp.Compare(a.Status, b.Status) })
	return all
}

// openResponses reads the answer of an operation whose status is left open: none of our own
// contracts has one.
func (d *document) openResponses(in *v3.Operation) []*Response {
	if in.Responses.Value == nil || in.Responses.Value.Default.Value == nil {
		return nil
	}
	open := in.Responses.Value.Default
	if !d.forgiving {
		d.add(open.KeyNode.Line, "Name each status", "a default response leaves the status open")
		return nil
	}
	return []*Response{d.response(0, open.Value, open.KeyNode.Line)}
}

func (d *document) response(status int, in *v3.Response, line int) *Response {
	r := &Response{Status: status, Line: line}
	if in.RootNode != nil {
		r.Line = in.RootNode.Line // that of the component where it is shared
		r.By = d.who.with(in.RootNode, ByContent)
	}
	if in.Headers.Value != nil {
		for key := range in.Headers.Value.FromOldest() {
			r.Headers = append(r.Headers, key.Value)
		}
	}
	r.Open = d.open(in)
	name, media := d.media(in.Content.Value, r.Line)
	if media == nil {
		return r
	}
	r.MediaType, r.Also = name, others(in.Content.Value)
	if d.forgiving && !IsJSON(name) {
		return r
	}
	if media.Schema.Value == nil {
		d.add(
			r.Line,
			"Give it a schema, or leave content out when there is no body",
			"response %d has content without a schema",
			status,
		)
		return r
	}
	r.Schema = d.schemas.read(media.Schema.Value)
	r.Example = d.checkExamples(r.Schema, media, asResponse)
	if r.Example == nil && !d.forgiving {
		d.add(r.Line, "Add an example beside the schema", "response %d has a schema but no example", status)
	}
	return r
}

// open reads the mark x-open, which is true, false or not there.
func (d *document) open(in *v3.Response) bool {
	for key, value := range in.Extensions.FromOldest() {
		if key.Value != openMark {
			continue
		}
		var open bool
		if err := value.Value.Decode(&open); err != nil {
			d.add(value.Value.Line, "Write true, or leave it out", "%s is %q, which is neither true nor false", openMark,
				value.Value.Value)
		}
		return open
	}
	return false
}

// checkExamples holds every example of a media type against the schema and
// returns the first of them as JSON, nil when there is none. Without an example
// of its own, a media type has that of its schema.
func (d *document) checkExamples(s *Schema, media *v3.MediaType, way direction) []byte {
	var nodes []*yaml.Node
	if media.Example.Value != nil {
		nodes = append(nodes, media.Example.Value)
	}
	if media.Examples.Value != nil {
		for _, ref := range media.Examples.Value.FromOldest() {
			if ref.Value.Value.Value != nil {
				nodes = append(nodes, ref.Value.Value.Value)
			}
		}
	}
	if len(nodes) == 0 {
		if n := d.schemas.example(s); n != nil {
			nodes = append(nodes, n)
		}
	}
	var first []byte
	for _, n := range nodes {
		raw := d.checkExample(s, n, way)
		if first == nil {
			first = raw
		}
	}
	return first
}

func (d *document) checkExample(s *Schema, n *yaml.Node, way direction) []byte {
	raw, err := nodeJSON(n)
	if err != nil {
		d.add(n.Line, "Write it so that JSON can say it", "the example is not JSON: %v", err)
		return nil
	}
	this := judgement{n, s, way}
	if good, met := d.judged[this]; met {
		return d.unlessBad(raw, good) // shared by several operations, and complained about already
	}
	found := s.check(raw, way)
	d.judged[this] = len(found) == 0
	if d.forgiving {
		found = d.forgiven(n, found)
	}
	for _, v := range found {
		at := v.Pointer
		if at == "" {
			at = "its root"
		}
		d.add(n.Line, "Correct the example or the schema on line "+strconv.Itoa(v.Line),
			"the example breaks its schema at %s: %s", at, v.Message)
	}
	return d.unlessBad(raw, d.judged[this])
}

// forgiven notes once what is wrong with an example of somebody's.
func (d *document) forgiven(n *yaml.Node, found []Violation) []Violation {
	if len(found) > 0 {
		d.all = append(d.all, Complaint{File: d.file, Line: n.Line, Column: n.Column, Fix: "Correct the example or the schema",
			Text: fmt.Sprintf("an example is left out: it breaks its schema at %s: %s", cmp.Or(found[0].Pointer, "its root"),
				found[0].Message)})
	}
	return nil
}

// unlessBad leaves out an example of somebody's that breaks its schema.
func (d *document) unlessBad(raw []byte, good bool) []byte {
	if d.forgiving && !good {
		return nil
	}
	return raw
}
