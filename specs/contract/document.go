package contract

import (
	"cmp"
	"io"
	"log/slog"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pb33f/libopenapi/datamodel"
	v3 "github.com/pb33f/libopenapi/datamodel/low/v3"
	"go.yaml.in/yaml/v4"
)

// document turns one openapi.yaml into our own model.
type document struct {
	*complaints
	root    *yaml.Node
	secured bool // by the document's own security
	needs   [][]Need
	ids     map[string]int
	schemas *schemas
	who     *authorities
	judged  map[judgement]bool // examples already held against their schema

	at map[*Operation]spot

	placeholder *regexp.Regexp // of a path template
	forgiving   bool           // a brought document, which forgive has rewritten
}

// spot is where an operation stands in the document.
type spot struct {
	key    string // of its path
	method *yaml.Node
}

// judgement is one example held against one schema.
type judgement struct {
	example *yaml.Node
	schema  *Schema
	way     direction
}

// readDocument fills c from the bytes of openapi.yaml. What is wrong is added to
// found; then c is incomplete.
func readDocument(raw []byte, c *Contract, found *complaints) {
	info, err := datamodel.ExtractSpecInfo(raw)
	if err != nil {
		found.add(
			lineIn(err.Error()),
			"Make it a YAML mapping that starts with openapi: 3.0.3",
			"the document can't be read: %v",
			err,
		)
		return
	}
	root := unalias(info.RootNode.Content[0])
	if !checkVersion(root, found) {
		return
	}
	checkReferences(root, found)
	if len(found.all) == 0 {
		checkComponents(root, found)
	}
	if len(found.all) > 0 {
		return // the rest would only be guesses about what is missing
	}
	low, err := lowDocument(info)
	if err != nil {
		found.add(lineIn(err.Error()), "Correct the document", "the document can't be read: %v", err)
		return
	}
	newDocument(root, found).read(low, c)
}

func lowDocument(info *datamodel.SpecInfo) (*v3.Document, error) {
	return v3.CreateDocumentFromConfig(info, &datamodel.DocumentConfiguration{
		SkipCircularReferenceCheck: true, // a circle of schemas is a tree of data; allowed
		Logger:                     slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

func newDocument(root *yaml.Node, found *complaints) *document {
	who := readAuthorities(root, found)
	return &document{
		complaints: found, root: root, ids: map[string]int{}, schemas: newSchemas(found, who), who: who,
		judged: map[judgement]bool{}, at: map[*Operation]spot{}, placeholder: regexp.MustCompile(`\{([^{}]*)\}`),
	}
}

func (d *document) read(low *v3.Document, c *Contract) {
	if low.Info.Value != nil {
		c.Title, c.Version = low.Info.Value.Title.Value, low.Info.Value.Version.Value
	}
	eachKey(member(d.root, documentsMark), func(key, value *yaml.Node) {
		c.Documents = append(c.Documents, CitedDocument{Name: key.Value, Title: value.Value})
	})
	c.Base, c.Security = readBase(d.root), readSecurity(d.root)
	d.secured, d.needs = demandsCredential(member(d.root, "security")), readNeeds(member(d.root, "security"))
	if low.Paths.Value == nil || low.Paths.Value.PathItems == nil {
		d.add(1, "Add the paths", "the document has no paths")
		return
	}
	for key, item := range low.Paths.Value.PathItems.FromOldest() {
		c.Operations = append(c.Operations, d.pathItem(key.Value, key.KeyNode.Line, item.Value)...)
	}
	// In document order, whatever order the library keeps them in.
	slices.SortStableFunc(c.Operations, func(a, b *Operation) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(d.at[a].method.Column, d.at[b].method.Column))
	})
	d.uniqueIDs(c.Operations)
	d.checkDefaults()
}

// checkDefaults holds each default against its schema, once all schemas are known. A bad one of somebody's is
// left out.
func (d *document) checkDefaults() {
	for _, one := range d.schemas.defaults {
		n := one.value
		raw, err := nodeJSON(n)
		if err != nil {
			continue // it is complained about already
		}
		found := one.schema.check(raw, asRequest)
		if len(found) == 0 || len(one.schema.check(raw, asResponse)) == 0 {
			continue
		}
		wrong := "breaks its schema at " + cmp.Or(found[0].Pointer, "its root") + ": " + found[0].Message
		if !d.forgiving {
			d.add(n.Line, "Correct the default or the schema", "the default %s", wrong)
			continue
		}
		d.all = append(d.all, Complaint{File: d.file, Line: n.Line, Column: n.Column, Fix: "Correct the default or the schema",
			Text: "a default is left out: it " + wrong})
		cutMember(one.node, "default")
		one.schema.Default = nil
	}
}

func (d *document) uniqueIDs(ops []*Operation) {
	for _, op := range ops {
		if op.ID == "" {
			d.add(op.Line, "Give it an operationId", "%s %s has no operationId", op.Method, op.Path)
			continue
		}
		if first, ok := d.ids[op.ID]; ok {
			d.add(
				op.Line,
				"Give each operation an id of its own",
				"operationId %q is used twice, first on line %d",
				op.ID,
				first,
			)
			continue
		}
		d.ids[op.ID] = op.Line
	}
}

// demandsCredential reports whether a security list asks for one: it has an
// entry, and none of them is the empty one that lets everybody in.
func demandsCredential(list *yaml.Node) bool {
	if list == nil || len(list.Content) == 0 {
		return false
	}
	return !slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return len(unalias(n).Content) == 0 })
}

func checkVersion(root *yaml.Node, found *complaints) bool {
	version := member(root, "openapi")
	if version == nil {
		found.add(1, "Add openapi: 3.0.3", "the document doesn't say its OpenAPI version")
		return false
	}
	if !strings.HasPrefix(version.Value, "3.0.") {
		found.add(version.Line, "Write it for 3.0.3, the one version on which every validator agrees",
			"OpenAPI %s is not read here", version.Value)
		return false
	}
	return true
}

// lineIn finds the line that a library's message speaks of, 0 when it names none.
func lineIn(message string) int {
	m := regexp.MustCompile(`line (\d+)`).FindStringSubmatch(message)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits by the pattern; too many of them give 0
	return n
}
