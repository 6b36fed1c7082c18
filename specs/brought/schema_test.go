package brought_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/tidwall/gjson"
	"go.yaml.in/yaml/v4"

	"rollcall/specs/contract"
	"rollcall/specs/infer"
)

// wholeGrammar uses every key that a behavior.yaml may have. Each mapping of which all keys
// are known has the one that is none, to be complained about.
const wholeGrammar = `rollcall: 1
zzzzzzzz: 1
prefix: SHOP
infer: 2
auth:
  zzzzzzzz: 1
  stages: [route, authenticate, authorize, validate]
  personas:
    default: {zzzzzzzz: 1, scopes: [shop], info: {shop: north}}
  refuse: {zzzzzzzz: 1, missing: 401, expired: 401, scope: 403}
  owner: {zzzzzzzz: 1, member: shop, of: [book], others: 404}
answers:
  zzzzzzzz: 1
  list: {zzzzzzzz: 1, items: data, total: meta.total, count: meta.count, next: links.next, more: meta.more}
  one: {zzzzzzzz: 1, in: data}
  error:
    zzzzzzzz: 1
    message: error
    code: code
    status: status
    violations: {zzzzzzzz: 1, in: errors, field: field, message: message}
  invalid: {default: 400, enum: 422}
  nulls: write
resources:
  author: {schema: Author, id: {zzzzzzzz: 1, member: id, make: prefix author-, composite: [a]}, order: name}
  book:
    zzzzzzzz: 1
    schema: Book
    key: [isbn]
    single: false
    under: {author: authorId}
    order: [title, -id]
    defaults: {status: draft}
    stamps: {createdAt: created}
    hidden: [price]
    derived: {title: {zzzzzzzz: 1, copy: name, of: author, by: authorId}, price: {count: author, by: bookId}}
    delete: {zzzzzzzz: 1, soft: {zzzzzzzz: 1, shown by: includeDeleted}}
operations:
  listBooks:
    zzzzzzzz: 1
    list: book
    in: data
    sent: data
    under: author
    by: authorId
    member: id
    params: [bookId]
    page: {zzzzzzzz: 1, page: page, offset: offset, cursor: cursor, size: limit, default: 20, max: 100, first: 1}
    filter: {q: contains title}
    sort: sort
    include: {author: author by authorId}
    items: data
    total: meta.total
    count: meta.count
    next: links.next
    more: meta.more
    set: {status: draft}
  createBook: {create: book}
  getBook: {get: book}
  updateBook: {update: book}
  replaceBook: {replace: book}
  upsertBook: {upsert: book}
  deleteBook: {delete: book}
  a: {read-one: book}
  b: {set-one: book}
  c: {relate: [author, book]}
  d: {unrelate: book}
  e: {bulk: book}
  f: {action: book}
  shopStatus: {reply: {zzzzzzzz: 1, status: 200, example: open}}
  g: {}
rules:
  - on: book
    zzzzzzzz: 1
    unique: isbn
    fold: true
    within: authorId
    refuse: 409
    in: [createBook]
    id: A-1
    text: Yes.
    level: MUST
  - {on: book, reference: authorId, to: author, sent-as: author}
  - {on: author, restrict: book by authorId}
  - {on: author, cascade: book by authorId}
  - {on: book, immutable: [isbn]}
  - {on: book, transition: status, steps: {draft: [published]}}
  - {on: book, required: price, if: {status: published}}
  - {on: book, keep-one: {zzzzzzzz: 1, within: authorId}}
  - {on: book, exclusive: price}
  - {on: book, limit: 5}
  - {on: book, sequence: price, from: 1}
  - {on: book, ordered: [createdAt, updatedAt]}
  - {on: book, undeletable: {status: published}}
limits: {default: 60/min, createBook: 10/min}
data: {author: 12, book: 1 to 3 per author}
x: {}
`

func behaviorSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(contract.BehaviorSchema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("behavior", document); err != nil {
		t.Fatal(err)
	}
	return compiler.MustCompile("behavior")
}

// held says what the schema has against a file.
func held(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return s.Validate(v)
}

// TestTheSchemaKnowsTheGrammar holds the schema for editors to the reader: it takes what the
// reader takes, and each mapping has the same keys in both.
func TestTheSchemaKnowsTheGrammar(t *testing.T) {
	s := behaviorSchema(t)
	whole := strings.ReplaceAll(withoutLines(wholeGrammar, "zzzzzzzz: 1"), "zzzzzzzz: 1, ", "")
	if err := held(t, s, whole); err != nil {
		t.Errorf("a file with every key: %v", err)
	}
	c, b := shop(t)
	_, err := contract.ReadBehavior([]byte(wholeGrammar), "behavior.yaml", c, b)
	told := map[string][]string{}
	for line := range strings.Lines(err.Error()) {
		if before, keys, ok := strings.Cut(line, ` has no key "zzzzzzzz". Use one of `); ok {
			_, what, _ := strings.Cut(before, ": ")
			told[what] = strings.Split(strings.Trim(keys, ".\n"), ", ")
		}
	}
	for what, at := range map[string]string{
		"the file": "properties", "auth": "properties.auth.properties",
		"persona default": "properties.auth.properties.personas.additionalProperties.properties",
		"refuse":          "properties.auth.properties.refuse.properties", "owner": "properties.auth.properties.owner.properties",
		"answers": "properties.answers.properties", "list": "properties.answers.properties.list.properties",
		"one": "properties.answers.properties.one.properties", "error": "properties.answers.properties.error.properties",
		"violations":    "properties.answers.properties.error.properties.violations.properties",
		"resource book": "$defs.resource.properties", "the id of author": "$defs.resource.properties.id.properties",
		"the derived member title": "$defs.resource.properties.derived.additionalProperties.properties",
		"delete":                   "$defs.resource.properties.delete.oneOf.1.properties",
		"soft":                     "$defs.resource.properties.delete.oneOf.1.properties.soft.oneOf.1.properties",
		"operation listBooks":      "$defs.operation.properties", "page": "$defs.operation.properties.page.properties",
		"the reply": "$defs.operation.properties.reply.oneOf.0.properties", "the rule": "$defs.rule.properties",
		"keep-one": "$defs.rule.properties.keep-one.oneOf.1.properties",
	} {
		var known []string
		gjson.GetBytes(contract.BehaviorSchema(), at).ForEach(func(k, _ gjson.Result) bool {
			known = append(known, k.String())
			return true
		})
		slices.Sort(known)
		if !slices.Equal(told[what], known) {
			t.Errorf("%s has the keys %q, and in the schema %q", what, told[what], known)
		}
		delete(told, what)
	}
	if len(told) > 0 {
		t.Errorf("of these mappings nobody asked the schema: %v", told)
	}
}

func withoutLines(text, with string) string {
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != with {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// TestTheSchemaTakesWhatWeWrite: the sample, and what is explained of a document.
func TestTheSchemaTakesWhatWeWrite(t *testing.T) {
	s := behaviorSchema(t)
	raw, err := os.ReadFile(filepath.Join("..", "samples", "bookshop", "behavior.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := held(t, s, string(raw)); err != nil {
		t.Errorf("the sample: %v", err)
	}
	c, b := shop(t)
	var text strings.Builder
	if err := infer.Explain(&text, c, b); err != nil {
		t.Fatal(err)
	}
	if err := held(t, s, text.String()); err != nil {
		t.Errorf("what is explained: %v\n%s", err, text.String())
	}
	if held(t, s, "rules: [{on: book, unqiue: isbn}]") == nil {
		t.Error("a key that is none is taken")
	}
}

// TestEachKindHasItsPlaceOnThePage: RULES.md tells of every kind of rule that there is.
func TestEachKindHasItsPlaceOnThePage(t *testing.T) {
	page, err := os.ReadFile("../RULES.md")
	if err != nil {
		t.Fatal(err)
	}
	kinds := gjson.GetBytes(contract.BehaviorSchema(), "$defs.rule.oneOf.#.required.0").Array()
	for _, kind := range kinds {
		if !strings.Contains(string(page), "### `"+kind.String()+": ") {
			t.Errorf("RULES.md has no place for %s", kind)
		}
	}
	if len(kinds) == 0 {
		t.Error("the schema has no kinds of rules")
	}
}
