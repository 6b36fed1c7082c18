package contract

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pb33f/libopenapi/datamodel"
	"go.yaml.in/yaml/v4"
)

// Open reads somebody's contract: a folder with openapi.yaml, openapi.yml or openapi.json and
// perhaps a requirements.yaml, or a document itself, of OpenAPI 3.0 or 3.1. What can be
// understood with some goodwill is, and is told in Contract.Notes. A document that can't be
// served at all is an Errors, as is what is wrong in requirements.yaml.
//
// What was read is kept among the user's cached files, so that it is there at once the next
// time.
func Open(name string) (*Contract, error) {
	b, err := openBundle(name)
	if err != nil {
		return nil, err
	}
	defer b.close()
	c, err := b.contract()
	var wrong Errors
	if errors.As(err, &wrong) {
		return nil, Errors(b.placed(wrong))
	}
	if err != nil {
		return nil, err
	}
	c.Notes, c.Path, c.Files = b.placed(c.Notes), name, b.files()
	for _, q := range c.Requirements {
		q.file = path.Join(filepath.ToSlash(b.shown), b.document)
		if q.Check == "" {
			q.file = path.Join(filepath.ToSlash(b.shown), catalogueFile)
		}
	}
	c.index()
	return c, nil
}

// contract reads the contract, or what was kept of it.
func (b *bundle) contract() (*Contract, error) {
	raw, err := b.file(b.document)
	if err != nil {
		return nil, Errors{{File: b.document, Text: "it can't be read: " + reason(err),
			Fix: "Name a folder with an openapi.yaml, " +
				"or a document itself"}}
	}
	var catalogue []byte
	if b.whole {
		if catalogue, err = b.file(catalogueFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, Errors{{File: catalogueFile, Text: "it can't be read: " + reason(err)}}
		}
	}
	kept := newCache(b)
	if c, ok := kept.find(b); ok {
		return c, nil
	}
	c, err := b.brought(raw, catalogue)
	if err == nil {
		kept.keep(b, c)
	}
	return c, err
}

// brought reads a contract from the bytes of its document and catalogue.
func (b *bundle) brought(raw, catalogue []byte) (*Contract, error) {
	forgiven := &notes{}
	root, err := forgive(b, raw, forgiven)
	if err != nil {
		return nil, err
	}
	found := &complaints{file: b.document}
	c := &Contract{Name: b.name()}
	readBrought(root, c, found, forgiven)
	if len(c.Operations) == 0 {
		found.add(0, "Add paths with operations", "the document has no operation that can be served")
		return nil, joined(found)
	}
	tellLarge(c, found)
	forgiven.all = append(forgiven.all, found.all...)
	if catalogue != nil {
		wrong := &complaints{file: catalogueFile}
		readCatalogue(catalogue, c, wrong)
		if err := joined(wrong); err != nil {
			return nil, err
		}
	}
	if c.Prefix == "" {
		c.Prefix = prefixOf(c.Name)
	}
	c.Notes, c.Digest = forgiven.settled(), b.digest()
	if c.Document, err = NodeAsJSON(root, mostDocument); err != nil {
		return nil, Errors{{File: b.document, Text: "the document can't be said in JSON: " + err.Error()}}
	}
	derive(c)
	return c, nil
}

// readBrought fills c from a document that forgive has rewritten.
func readBrought(root *yaml.Node, c *Contract, found *complaints, forgiven *notes) {
	text := []byte{}
	low, err := lowDocument(&datamodel.SpecInfo{
		SpecType: "openapi", SpecFormat: datamodel.OAS3, Version: "3.0.3", VersionNumeric: 3.0,
		SpecFileType: datamodel.YAMLFileType,
		SpecBytes:    &text, RootNode: &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{root}},
	})
	if err != nil {
		found.add(lineIn(err.Error()), "", "the document can't be read in full: %v", err)
	}
	if low == nil {
		return
	}
	d := newDocument(root, found)
	d.forgiving = true
	c.whole = d.who.document()
	d.read(low, c)
	d.tellApart(c, forgiven)
}

// placed says of complaints in which file they are, as the user calls it.
func (b *bundle) placed(all []Complaint) []Complaint {
	out := slices.Clone(all)
	for i := range out {
		out[i].File = filepath.ToSlash(filepath.Join(b.shown, out[i].File))
	}
	return out
}

// name is what the contract is called: as its folder, or as its file.
func (b *bundle) name() string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(cmp.Or(b.called, b.title())))
	if name = strings.Trim(name, "-"); name == "" {
		return "contract"
	}
	return name
}

// title is the name of the folder, or of the document where that stands alone.
func (b *bundle) title() string {
	if b.whole {
		if full, err := filepath.Abs(b.shown); err == nil {
			return filepath.Base(full)
		}
	}
	return strings.TrimSuffix(b.document, path.Ext(b.document))
}

// prefixOf makes the prefix of requirement ids from a name: its letters, in capitals.
func prefixOf(name string) string {
	const least, most = 2, 8
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return -1
	}, name)
	if len(letters) < least {
		return "API"
	}
	return letters[:min(most, len(letters))]
}

// digest is that of all files that were read, and of those that were missed.
func (b *bundle) digest() string {
	var all [][]byte
	for _, p := range b.read {
		all = append(all, []byte(p.name), []byte(p.digest))
	}
	return digest(all...)
}
