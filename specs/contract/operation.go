package contract

import (
	"mime"
	"slices"
	"strings"

	"github.com/pb33f/libopenapi/datamodel/low"
	v3 "github.com/pb33f/libopenapi/datamodel/low/v3"
	"github.com/pb33f/libopenapi/orderedmap"
	"go.yaml.in/yaml/v4"
)

type content = *orderedmap.Map[low.KeyReference[string], low.ValueReference[*v3.MediaType]]

func (d *document) pathItem(key string, line int, item *v3.PathItem) []*Operation {
	path := key
	if d.forgiving {
		path, _ = splitPath(key)
	}
	if !strings.HasPrefix(path, "/") {
		d.add(line, "Start it with a slash", "path %q is not absolute", path)
	}
	var ops []*Operation
	for _, m := range []struct {
		method string
		ref    low.NodeReference[*v3.Operation]
	}{
		{"GET", item.Get}, {"PUT", item.Put}, {"POST", item.Post}, {"DELETE", item.Delete},
		{"OPTIONS", item.Options}, {"HEAD", item.Head}, {"PATCH", item.Patch}, {"TRACE", item.Trace},
	} {
		if m.ref.Value == nil {
			continue
		}
		op := d.operation(path, m.method, m.ref, item.Parameters.Value)
		d.at[op] = spot{key, m.ref.KeyNode}
		ops = append(ops, op)
	}
	return ops
}

func (d *document) operation(
	path, method string, ref low.NodeReference[*v3.Operation], shared []low.ValueReference[*v3.Parameter],
) *Operation {
	in := ref.Value
	op := &Operation{
		ID: in.OperationId.Value, Method: method, Path: path, Summary: in.Summary.Value,
		Secured: d.secured, Needs: d.needs, Line: ref.KeyNode.Line,
		By: d.who.with(in.RootNode, BySecurity, ByMethods),
	}
	if own := member(in.RootNode, "security"); own != nil {
		op.Secured, op.Needs = demandsCredential(own), readNeeds(own)
	}
	if mark := member(in.RootNode, "x-reads"); mark != nil {
		op.reads = mark.Value == "true"
	}
	if mark := member(in.RootNode, "x-other-methods"); mark != nil {
		for _, method := range mark.Content {
			op.OtherMethods = append(op.OtherMethods, d.otherMethod(method, op))
		}
	}
	op.Parameters = d.parameters(shared, in.Parameters.Value)
	d.checkTemplate(op)
	if in.RequestBody.Value != nil {
		op.Body = d.body(in.RequestBody.Value, in.RequestBody.KeyNode.Line)
	}
	op.Responses = d.responses(in, op)
	return op
}

// otherMethod reads one of x-other-methods.
func (d *document) otherMethod(in *yaml.Node, op *Operation) string {
	if !slices.Contains([]string{"GET", "PUT", "POST", "DELETE", "PATCH"}, in.Value) || in.Value == op.Method {
		d.add(in.Line, "Name GET, PUT, POST, DELETE or PATCH, and not the operation's own", "x-other-methods of %s has %q", op.ID,
			in.Value)
	}
	return in.Value
}

// parameters merges those of the path item with the operation's own, which win.
func (d *document) parameters(shared, own []low.ValueReference[*v3.Parameter]) []*Parameter {
	var all []*Parameter
	for _, ref := range slices.Concat(shared, own) {
		p := d.parameter(ref)
		same := func(q *Parameter) bool { return q.Name == p.Name && q.In == p.In }
		if i := slices.IndexFunc(all, same); i >= 0 {
			all[i] = p
			continue
		}
		all = append(all, p)
	}
	return all
}

func (d *document) parameter(ref low.ValueReference[*v3.Parameter]) *Parameter {
	in := ref.Value
	p := &Parameter{Name: in.Name.Value, In: in.In.Value, Required: in.Required.Value, By: d.who.of(in.RootNode),
		Line: in.RootNode.Line}
	if !slices.Contains([]string{"path", "query", "header"}, p.In) {
		d.add(p.Line, "Use path, query or header", "parameter %q is in %q", p.Name, p.In)
	}
	if p.In == "path" && !p.Required {
		d.add(p.Line, "Add required: true", "path parameter %q is not marked as required", p.Name)
	}
	if in.Schema.Value == nil {
		d.add(p.Line, "Give it a schema", "parameter %q has no schema", p.Name)
		return p
	}
	p.Schema = d.schemas.read(in.Schema.Value)
	return p
}

// checkTemplate holds the {names} of the path against its path parameters.
func (d *document) checkTemplate(op *Operation) {
	var inPath []string
	for _, m := range d.placeholder.FindAllStringSubmatch(op.Path, -1) {
		inPath = append(inPath, m[1])
	}
	var declared []string
	for _, p := range op.Parameters {
		if p.In != "path" {
			continue
		}
		declared = append(declared, p.Name)
		if !slices.Contains(inPath, p.Name) {
			d.add(p.Line, "Remove it, or put it into the path", "parameter %q is not in the path %s", p.Name, op.Path)
		}
	}
	for _, name := range inPath {
		if !slices.Contains(declared, name) {
			d.add(op.Line, "Declare it with in: path", "%s %s: {%s} is not declared as a parameter", op.Method, op.Path, name)
		}
	}
}

func (d *document) body(in *v3.RequestBody, line int) *Body {
	name, media := d.media(in.Content.Value, line)
	if media == nil {
		d.add(line, "Add content: application/json with a schema", "the request body has no content")
		return nil
	}
	b := &Body{Required: in.Required.Value, MediaType: name, Also: others(in.Content.Value), By: d.who.of(in.RootNode),
		Line: line}
	if d.forgiving && !IsJSON(name) && !isForm(name) {
		return b
	}
	if media.Schema.Value == nil {
		d.add(line, "Give it a schema", "the request body has no schema")
		return b
	}
	b.Schema = d.schemas.read(media.Schema.Value)
	d.checkExamples(b.Schema, media, asRequest)
	return b
}

// media returns the one media type of a content map, nil when it has none.
func (d *document) media(c content, line int) (string, *v3.MediaType) {
	if c == nil || c.Len() == 0 {
		return "", nil
	}
	if c.Len() > 1 && !d.forgiving {
		d.add(line, "Keep the JSON one", "more than one media type")
	}
	first := c.First()
	name := first.Key().Value
	if !IsJSON(name) && !d.forgiving {
		d.add(first.Key().KeyNode.Line, "Use application/json", "media type %q is not JSON", name)
	}
	return name, first.Value().Value
}

// others are the media types of a content map beside its first.
func others(c content) (names []string) {
	for key := range c.FromOldest() {
		names = append(names, key.Value)
	}
	if len(names) < 2 {
		return nil
	}
	return names[1:]
}

// IsJSON tells whether a media type is JSON: application/json, or one that ends with +json.
func IsJSON(mediaType string) bool {
	base, _, err := mime.ParseMediaType(mediaType)
	return err == nil && (base == "application/json" || strings.HasSuffix(base, "+json"))
}
