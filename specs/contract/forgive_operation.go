package contract

import (
	"net/http"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

func (x *forgiver) operation(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping", "operation %s is no mapping, and left out", key.Value)
		return nil
	}
	x.keep(at, value, "an operation", x.rules.operation)
	if responses := member(value, "responses"); responses == nil || len(responses.Content) == 0 {
		x.note(at.name, key, "Document every status it can answer", "the operation documents no answer; any will do")
		setMember(value, "responses", mapNode(key, textNode(key, "default"), untold(emptyResponse(key))))
	} else if !endsWell(responses) {
		x.note(at.name, key, "Document what it answers when all is well", "the operation documents no success; any will do")
		responses.Content = append(responses.Content, textNode(key, "2XX"), untold(emptyResponse(key)))
	}
	return value
}

// endsWell says whether some answer of an operation is no refusal.
func endsWell(responses *yaml.Node) (well bool) {
	eachKey(responses, func(key, _ *yaml.Node) {
		well = well || key.Value == "default" || strings.HasPrefix(key.Value, "2") || strings.HasPrefix(key.Value, "3")
	})
	return well
}

// untold leaves the body of a response open that has no content: somebody's document that names none has mostly said
// nothing of it, and not that there is none. One that says who demands what says what it means.
func untold(response *yaml.Node) *yaml.Node {
	if content := member(response, "content"); content == nil || len(content.Content) == 0 {
		setMember(response, openMark, flagNode(response, "true"))
	}
	return response
}

// bodiless says whether HTTP has no body for answers of the status.
func bodiless(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent || status == http.StatusNotModified
}

// emptyResponse is a response or the like that says nothing.
func emptyResponse(at *yaml.Node) *yaml.Node {
	return mapNode(at, textNode(at, "description"), textNode(at, ""))
}

// parameters rewrites a list of parameters, each of which is there once.
func (x *forgiver) parameters(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.SequenceNode {
		x.note(at.name, value, "Make it a list", "parameters is no list, and left out")
		return nil
	}
	var out []*yaml.Node
	seen := map[[2]string]bool{}
	for _, item := range value.Content {
		kept := x.refer(at, item, "parameters")
		if kept == nil {
			continue
		}
		p := x.resolved(kept, "parameters")
		name := [2]string{word(p, "in"), word(p, "name")}
		if seen[name] {
			x.note(at.name, item, "Keep one of them", "%s parameter %q is there twice; the first one counts", name[0], name[1])
			continue
		}
		seen[name] = true
		out = append(out, kept)
	}
	value.Content = out
	return value
}

// parameter rewrites one parameter, and says whether it can be kept.
func (x *forgiver) parameter(at *source, n *yaml.Node) bool {
	x.keep(at, n, "a parameter", x.rules.parameter)
	name, in := member(n, "name"), member(n, "in")
	switch {
	case name == nil || name.Value == "" || in == nil:
		x.note(at.name, n, "Give it a name, and in: path, query or header", "a parameter without name or place is left out")
		return false
	case in.Value == "cookie":
		x.note(at.name, n, "", "cookie parameter %q is neither sent nor checked", name.Value)
		return false
	case in.Value == "header" && slices.Contains([]string{"accept", "content-type", "authorization"},
		strings.ToLower(name.Value)):
		x.note(at.name, n, "", "header parameter %s is left out, as OpenAPI says", name.Value)
		return false
	case !slices.Contains([]string{"path", "query", "header"}, in.Value):
		x.note(at.name, n, "Use path, query or header", "parameter %q is in %q, and left out", name.Value, in.Value)
		return false
	}
	if required := member(n, "required"); in.Value == "path" && (required == nil || required.Value != "true") {
		x.note(at.name, n, "Add required: true", "path parameter %q is not marked as required, and is", name.Value)
		setMember(n, "required", flagNode(n, "true"))
	}
	if content := cutMember(n, "content"); content != nil && member(n, "schema") == nil {
		setMember(n, "schema", mapNode(n))
	}
	if member(n, "schema") == nil {
		x.note(at.name, n, "Give it a schema", "parameter %q has no schema, and is read as a text", name.Value)
		setMember(n, "schema", mapNode(n, textNode(n, "type"), textNode(n, "string")))
	}
	return true
}

// parameterContent is a parameter that is a document of its own: what it holds is not looked
// into.
func (x *forgiver) parameterContent(at *source, key, value *yaml.Node) *yaml.Node {
	x.note(at.name, key, "", "the content of a parameter is not judged")
	return value
}

// responses rewrites the answers of an operation, by status, class or default.
func (x *forgiver) responses(at *source, _, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping of statuses", "responses is no mapping, and left out")
		return nil
	}
	out := mapNode(value)
	for i := 0; i+1 < len(value.Content); i += 2 {
		key, response := value.Content[i], value.Content[i+1]
		if strings.HasPrefix(key.Value, "x-") {
			continue
		}
		status := strings.ToUpper(strings.TrimSpace(key.Value))
		if status == "DEFAULT" {
			status = "default"
		}
		of, ok := statusOf(status)
		if !ok {
			x.note(at.name, key, "Name each status by its three digits", "%q is no status, and left out", key.Value)
			continue
		}
		if of == 1 || of/100 == 1 {
			x.note(at.name, key, "Name what comes at the end", "%s comes before an answer and is none, and left out", status)
			continue
		}
		if isNull(response) {
			response = emptyResponse(key)
		}
		if kept := x.refer(at, response, "responses"); kept != nil && member(out, status) == nil {
			if of < http.StatusContinue || !bodiless(of) && member(x.main.root, authorityMark) == nil {
				untold(x.resolved(kept, "responses"))
			}
			out.Content = append(out.Content, textNode(key, status), kept)
		}
	}
	return out
}

// statusOf reads the key of a response: a status, the class of 4XX, or 0 for default.
func statusOf(key string) (status int, ok bool) {
	if key == "default" {
		return 0, true
	}
	if len(key) != 3 || key[0] < '1' || key[0] > '5' {
		return 0, false
	}
	class := int(key[0] - '0')
	if key[1:] == "XX" {
		return class, true
	}
	if !isDigits(key) {
		return 0, false
	}
	return class*100 + int(key[1]-'0')*10 + int(key[2]-'0'), true
}

// response rewrites one answer.
func (x *forgiver) response(at *source, n *yaml.Node) bool {
	x.keep(at, n, "a response", x.rules.response)
	if member(n, "description") == nil {
		setMember(n, "description", textNode(n, ""))
	}
	return true
}

// headers keeps the names of the headers of an answer: what is in them is not judged.
func (x *forgiver) headers(at *source, _, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping", "headers is no mapping, and left out")
		return nil
	}
	out := mapNode(value)
	eachKey(value, func(key, _ *yaml.Node) {
		out.Content = append(out.Content, key, mapNode(key, textNode(key, "schema"), mapNode(key)))
	})
	return out
}

// requestBody rewrites a body, which has to have something in it.
func (x *forgiver) requestBody(at *source, n *yaml.Node) bool {
	x.keep(at, n, "a request body", x.rules.requestBody)
	if content := member(n, "content"); content == nil || len(content.Content) == 0 {
		x.note(at.name, n, "Add content: application/json with a schema", "a request body without content is left out")
		return false
	}
	return true
}
