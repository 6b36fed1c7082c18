package contract

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestOpenReadsWhatIsServed(t *testing.T) {
	document, _ := swap(t, brought, "components:\n", `security: [{token: [read]}, {}]
components:
  securitySchemes:
    token: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {write: "", read: ""}}}}
    key: {type: apiKey, in: header, name: X-Key}
    basic: {type: http, scheme: Basic}
`)
	document, _ = swap(t, document, "operationId: putBook\n", "operationId: putBook\n      security: [{key: [], basic: []}]\n")
	document, _ = swap(t, document, `"204": {description: Done.}`, `4xx: {description: No.}
        default: {description: Any.}
        "204": {description: Done.}`)
	c := mustOpen(t, document)
	if c.Name != "shop" || c.Prefix != "SHOP" || c.Base != "/api/v1" || len(c.Notes) > 0 {
		t.Errorf("the contract is %s %s %s with the notes\n%s", c.Name, c.Prefix, c.Base, told(c.Notes))
	}
	schemes := []SecurityScheme{
		{Name: "token", Type: "oauth2", TokenURL: "/token", Scopes: []string{"read", "write"}, Line: 34},
		{Name: "key", Type: "apiKey", In: "header", Parameter: "X-Key", Line: 35},
		{Name: "basic", Type: "http-basic", Line: 36},
	}
	if !reflect.DeepEqual(c.Security, schemes) {
		t.Errorf("the schemes are %+v", c.Security)
	}
	get, put := c.Operations[0], c.Operations[1]
	if get.Secured || !reflect.DeepEqual(get.Needs, [][]Need{{{"token", []string{"read"}}}, {}}) {
		t.Errorf("getBook needs %v", get.Needs)
	}
	if !put.Secured || !reflect.DeepEqual(put.Needs, [][]Need{{{Scheme: "key"}, {Scheme: "basic"}}}) {
		t.Errorf("putBook needs %v", put.Needs)
	}
	for status, want := range map[int]string{204: "204", 404: "4XX", 500: "default"} {
		if r, ok := put.Response(status); !ok || r.Code() != want {
			t.Errorf("%d is answered as %v", status, r)
		}
	}
}

func TestSuccessFallsBack(t *testing.T) {
	for _, row := range []struct{ documented, want string }{
		{`"2XX"`, "2XX"}, {"default", "default"}, {`"201"`, "201"},
	} {
		document, _ := swap(t, brought, `"204": {description: Done.}`, row.documented+": {description: Done.}")
		if r := mustOpen(t, document).Operations[1].Success(); r == nil || r.Code() != row.want {
			t.Errorf("where %s is documented, the success is %v", row.documented, r)
		}
	}
}

func TestWhatCannotBeServedIsRefused(t *testing.T) {
	for _, row := range []struct{ name, document, want string }{
		{"Swagger 2.0", "swagger: '2.0'\n",
			"openapi.yaml:1:10: Swagger 2.0 is not read here. Convert it to OpenAPI 3.0 or 3.1 first, " +
				"which converters for it do."},
		{"no version", "info: {}\n", "openapi.yaml:1:1: the document doesn't say its OpenAPI version. " +
			"Name a document of OpenAPI 3.0 or 3.1."},
		{"another version", "openapi: 4.0.0\n",
			"openapi.yaml:1:10: OpenAPI 4.0.0 is not read here. Write it for OpenAPI 3.0 or 3.1."},
		{"no paths", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\n",
			"openapi.yaml: the document has no operation that can be served. Add paths with operations."},
		{"nothing", "",
			"openapi.yaml: the document can't be read: it is empty. Make it a mapping that starts with openapi: 3.0.3."},
		{"a circle of aliases", "openapi: &a [*a]\n",
			"openapi.yaml: the document can't be read: it is nested more than 400 deep, or an alias names what it stands in. " +
				"Give what is deep in it a name in components, and refer to that by $ref."},
		{"aliases of aliases", aliased(30),
			"openapi.yaml: the document can't be read: with its aliases it has more than four million parts. " +
				"Name fewer parts by aliases."},
	} {
		t.Run(row.name, func(t *testing.T) {
			if _, err := openText(t, row.document); told(wrongs(err)) != row.want {
				t.Errorf("it is refused with\n%v\nwant\n%s", err, row.want)
			}
		})
	}
}

// aliased is a document of many members, each with the one before in it twice.
func aliased(n int) string {
	text := "openapi: 3.0.3\nx-0: &a0 {a: 1}\n"
	for i := 1; i <= n; i++ {
		text += fmt.Sprintf("x-%d: &a%d {a: [*a%d, *a%d]}\n", i, i, i-1, i-1)
	}
	return text
}

// TestAliasesAreCountedFirst holds that what a few lines stand for takes no memory before it is refused.
func TestAliasesAreCountedFirst(t *testing.T) {
	text := []byte(aliased(60))
	if _, err := nodesOf("openapi.yaml", text, &notes{}); err != errTooLarge {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _ = nodesOf("openapi.yaml", text, &notes{})
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("it takes %d bytes", took)
	}
}

// TestASecondDocumentIsTold holds that of several documents in one file the first is read, and the others are told.
func TestASecondDocumentIsTold(t *testing.T) {
	c := mustOpen(t, brought+"\n---\nopenapi: 3.0.3\n")
	if len(c.Notes) != 1 || !strings.Contains(told(c.Notes), "another document begins here; it is left out") {
		t.Errorf("the notes are\n%s", told(c.Notes))
	}
}

func TestOpenFollowsFilesOfTheFolder(t *testing.T) {
	document, _ := swap(t, brought, `other: {$ref: "#/components/schemas/Book"}`, `other: {$ref: "parts/other.json#/defs/Other"}`)
	other := `{"defs": {"Other": {"type": "object", "properties": {"up": {"$ref": "../openapi.yaml#/components/schemas/Book"},
		"near": {"$ref": "#/defs/Near"}}}, "Near": {"type": "string"}}}`
	c := mustOpen(t, document, "parts/other.json", other)
	book := c.Operations[0].Success().Schema
	found, _ := book.Property("other")
	up, _ := found.Property("up")
	near, _ := found.Property("near")
	if up != book || near == nil || near.Type != "string" || len(c.Notes) > 0 {
		t.Errorf("the other one is %+v, with the notes\n%s", found, told(c.Notes))
	}
}

// TestOpenFollowsALinkThatIsNamed: what is named is read wherever it is, what a folder only has in it is not.
func TestOpenFollowsALinkThatIsNamed(t *testing.T) {
	mustOpen(t, brought) // which says where things are kept
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	writeFile(t, in("far/shop.yaml"), brought)
	writeFile(t, in("near/openapi.json/none"), "")
	if err := os.Symlink(in("far/shop.yaml"), in("near/linked.yaml")); err != nil {
		t.Skip("NOT RUN: no links here: ", err)
	}
	if err := os.Symlink("../far/shop.yaml", in("near/openapi.yaml")); err != nil {
		t.Fatal(err)
	}
	for name, called := range map[string]string{
		"near/linked.yaml": "linked", "near/openapi.yaml": "near", "far/shop.yaml": "shop",
	} {
		if c, err := Open(in(name)); err != nil || c.Name != called {
			t.Errorf("%s is %+v (%v)", name, c, err)
		}
	}
	if _, err := Open(in("near")); err == nil || !strings.Contains(err.Error(), "it is a link to outside of the folder") {
		t.Errorf("the folder with a link is refused with %v", err)
	}
}

func TestOperationsOfOnePathAreToldApart(t *testing.T) {
	document, _ := swap(t, brought, "components:\n", `  /books/{bookId}?view=short:
    get:
      operationId: short
      parameters: [{name: bookId, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: Ok.}}
components:
`)
	c := mustOpen(t, document)
	short, ok := c.Operation("short")
	if !ok || short.Path != "/books/{bookId}" || !slices.Equal(short.Query, []Mark{{"view", "short"}}) {
		t.Fatalf("it is %+v", short)
	}
	if !short.Takes(url.Values{"view": {"short"}}) || short.Takes(url.Values{"view": {"long"}}) || short.Takes(nil) {
		t.Error("it takes requests that are not its own, or not its own")
	}
}

// TestOurOwnContractsOpenAsTheyLoad holds that nothing is rewritten that is fine.
func TestOurOwnContractsOpenAsTheyLoad(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for _, name := range Names(os.DirFS("..")) {
		loaded, err := Load(os.DirFS(".."), name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Open(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		unused(loaded)
		unused(c)
		placeless(c)
		if strings.Contains(string(loaded.Document), ": *") { // an alias is demanded by who demands what it stands in
			nobodys(loaded)
			nobodys(c)
		} else if !reflect.DeepEqual(c.Requirements, loaded.Requirements) {
			t.Errorf("%s has other requirements than it loads with", name)
		}
		if !reflect.DeepEqual(c.Operations, loaded.Operations) {
			t.Errorf("%s opens as another contract than it loads", name)
		}
		if len(c.Notes) > 0 {
			t.Errorf("%s has the notes\n%.2000s", name, told(c.Notes))
		}
	}
}

// nobodys takes from all schemas who demands them.
func nobodys(c *Contract) {
	w := &wire{writing: true, known: map[*Schema]int{}}
	w.contract(c)
	for _, s := range w.schemas {
		s.By = Authorities{}
	}
}

func TestNamesAndPrefixes(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	for file, want := range map[string]string{
		"My Shop_2/openapi.yml": "my-shop-2 MYSHOP", "x/Books.v1.yaml": "books-v1 BOOKSV", "7/openapi.json": "7 API",
		"longerthaneight/openapi.yaml": "longerthaneight LONGERTH",
	} {
		name := filepath.Join(t.TempDir(), file)
		writeFile(t, name, brought)
		if c, err := Open(name); err != nil || c.Name+" "+c.Prefix != want {
			t.Errorf("%s is %v, want %s (%v)", file, c, want, err)
		}
	}
	if _, err := Open("nowhere"); err == nil || !strings.HasPrefix(err.Error(),
		"nowhere: it can't be read: there is no such file.") {
		t.Errorf("a path that is not there is %v", err)
	}
}

// placeless takes out where the rows stand: those of a brought contract below its own path.
func placeless(c *Contract) {
	for _, q := range c.Requirements {
		q.file = ""
	}
}
