package contract

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// The two files of a contract folder.
const (
	documentFile  = "openapi.yaml"
	catalogueFile = "requirements.yaml"
)

// Load reads the contract folder name of fsys. Where the contract is at fault
// the error is an Errors that lists every complaint with file and line. A compiled
// contract beside the two files spares the reading of them, as long as it is
// theirs to the byte.
func Load(fsys fs.FS, name string) (*Contract, error) {
	document := &complaints{file: path.Join(name, documentFile)}
	catalogue := &complaints{file: path.Join(name, catalogueFile)}
	openapi, requirements := document.readFile(fsys), catalogue.readFile(fsys)
	if err := joined(document, catalogue); err != nil {
		return nil, err
	}
	sum := digest(openapi, requirements)
	c, ok := compiledContract(fsys, name, sum)
	if !ok {
		c = new(Contract)
		readDocument(openapi, c, document)
		readCatalogue(requirements, c, catalogue)
	}
	if err := joined(document, catalogue); err != nil {
		return nil, err
	}
	c.Name, c.Document, c.Digest = name, openapi, sum
	derive(c)
	c.index()
	return c, nil
}

func (c *complaints) readFile(fsys fs.FS) []byte {
	raw, err := fs.ReadFile(fsys, c.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.add(0, "Add it: a contract is a folder with "+documentFile+" and "+catalogueFile, "the file does not exist")
	case err != nil:
		c.add(0, "", "the file can't be read: %v", err)
	}
	return raw
}

// digest changes with any byte of either file.
func digest(files ...[]byte) string {
	sum := sha256.New()
	for _, f := range files {
		fmt.Fprintf(sum, "%d\n", len(f)) // a hash never fails to write
		sum.Write(f)
	}
	return fmt.Sprintf("sha256:%x", sum.Sum(nil))
}

// index fills the maps behind the lookups.
func (c *Contract) index() {
	c.operations = make(map[string]*Operation, len(c.Operations))
	for _, op := range c.Operations {
		c.operations[op.ID] = op
	}
	c.requirements = make(map[string]*Requirement, len(c.Requirements))
	for _, q := range c.Requirements {
		c.requirements[q.ID] = q
	}
}
