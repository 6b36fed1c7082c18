package targetfile

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Need is something that a contract's cases want of a target, or a reading that it may follow.
type Need struct {
	Name string // of a persona, of a member of given or of a persona's info, or of a reading
	Text string // what it is for
}

// Needs are those of one contract.
type Needs struct{ Personas, Given, Readings []Need }

// width is where the comments of a template end.
const width = 100

// Template is a target file for a contract, with every key of the schema and a comment for
// each. What most services do without is commented out. schema is where editors find the
// schema; it stands in the first line.
func Template(contract, schema string, needs Needs) []byte {
	var document yaml.Node
	if err := yaml.Unmarshal(schemaText, &document); err != nil {
		panic(fmt.Sprintf("targetfile: the schema of this program: %v", err))
	}
	w := &writer{defs: member(document.Content[0], "$defs"), contract: contract, needs: needs}
	w.line("", "# yaml-language-server: $schema="+schema)
	w.comment("", "What the suite is told of the service that is judged by the contract "+contract+".")
	w.comment("", "In every value $NAME and ${NAME} are variables of the environment, and $$ is a dollar sign.")
	w.members(member(document.Content[0], "properties"), "", func(name string) bool {
		return slices.Contains([]string{"contract", "url", "reading", "personas"}, name)
	})
	w.tell("Personas that the contract's cases ask for. What needs one that isn't there stays open.", needs.Personas)
	w.tell("What can stand under given. What isn't there stays open, or the suite makes its own.", needs.Given)
	w.tell("What can stand under readings: the service then is judged by it.", needs.Readings)
	return []byte(w.out.String())
}

type writer struct {
	out      strings.Builder
	defs     *yaml.Node
	contract string
	needs    Needs
}

func (w *writer) line(indent, text string) {
	w.out.WriteString(strings.TrimRight(indent+text, " ") + "\n")
}

// comment writes a text in lines of at most width.
func (w *writer) comment(indent, text string) {
	line := indent + "#"
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > width {
			w.line("", line)
			line = indent + "#"
		}
		line += " " + word
	}
	w.line("", line)
}

// members writes the properties of an object; those that are not active as comments.
func (w *writer) members(properties *yaml.Node, indent string, active func(name string) bool) {
	for i := 0; i+1 < len(properties.Content); i += 2 {
		name, schema := properties.Content[i].Value, w.resolved(properties.Content[i+1])
		lead := indent
		if indent == "" {
			w.line("", "")
		}
		if said := member(schema, "description"); said != nil {
			w.comment(indent, said.Value)
		}
		if !active(name) {
			lead += "# "
		}
		w.member(name, schema, lead, active)
	}
}

func (w *writer) member(name string, schema *yaml.Node, lead string, active func(string) bool) {
	switch {
	case name == "contract" && lead == "":
		w.line(lead, "contract: "+w.contract)
	case name == "personas":
		w.line(lead, "personas:")
		w.line(lead, "  default:")
		w.line(lead, `    headers: {Authorization: "Bearer $API_KEY"}`)
		w.nested(member(w.resolved(member(member(schema, "properties"), "default")), "properties"), "    # ", "headers")
		for _, need := range w.needs.Personas {
			w.line(lead, "  # "+need.Name+": {headers: {Authorization: \"Bearer $"+
				strings.ToUpper(strings.ReplaceAll(need.Name, "-", "_"))+"\"}}")
		}
	case member(schema, "properties") != nil:
		w.line(lead, name+":")
		w.nested(member(schema, "properties"), lead+"  ", "")
	default:
		w.line(lead, name+": "+example(schema))
	}
}

// nested writes members below one that is commented out, each with its comment behind it.
func (w *writer) nested(properties *yaml.Node, lead, but string) {
	for i := 0; i+1 < len(properties.Content); i += 2 {
		name, schema := properties.Content[i].Value, w.resolved(properties.Content[i+1])
		if name == but {
			continue
		}
		said := ""
		if text := member(schema, "description"); text != nil {
			said = "  # " + text.Value
		}
		if inner := member(schema, "properties"); inner != nil {
			w.line(lead, name+":"+said)
			w.nested(inner, lead+"  ", "")
			continue
		}
		w.line(lead, name+": "+example(schema)+said)
	}
}

// tell lists needs with what they are for.
func (w *writer) tell(title string, needs []Need) {
	if len(needs) == 0 {
		return
	}
	w.line("", "")
	w.comment("", title)
	for _, need := range needs {
		w.line("", fmt.Sprintf("#   %-22s %s", need.Name, need.Text))
	}
}

// example is what stands behind a key: the example of the schema, its default, or the first
// of its values, in one line.
func example(schema *yaml.Node) string {
	shown := member(schema, "default")
	for _, name := range []string{"examples", "enum"} {
		if list := member(schema, name); list != nil && (shown == nil || name == "examples") {
			shown = list.Content[0]
		}
	}
	if shown == nil {
		return ""
	}
	text, err := yaml.Dump(flow(shown), yaml.WithLineWidth(-1))
	if err != nil {
		panic(fmt.Sprintf("targetfile: an example of the schema of this program: %v", err))
	}
	return strings.TrimSpace(string(text))
}

// flow is a node to be written in one line, quoted only where it must be.
func flow(n *yaml.Node) *yaml.Node {
	copied := *n
	copied.Style = 0
	if n.Kind != yaml.ScalarNode {
		copied.Style = yaml.FlowStyle
	} else if n.ShortTag() == "!!str" && strings.ContainsAny(n.Value, "$: *") {
		copied.Style = yaml.DoubleQuotedStyle
	}
	copied.Content = nil
	for i, inner := range n.Content {
		next := flow(inner)
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			next.Style = 0
		}
		copied.Content = append(copied.Content, next)
	}
	return &copied
}

// resolved is a schema with what it refers to below what it says itself.
func (w *writer) resolved(schema *yaml.Node) *yaml.Node {
	ref := member(schema, "$ref")
	if ref == nil {
		return schema
	}
	whole := *schema
	whole.Content = append(slices.Clone(schema.Content), member(w.defs, strings.TrimPrefix(ref.Value, "#/$defs/")).Content...)
	return &whole
}

// member returns the value under a key, nil when there is none.
func member(n *yaml.Node, name string) *yaml.Node {
	for i := 0; n != nil && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}
