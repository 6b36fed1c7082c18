// Package brought loads a contract that a user brings: an OpenAPI document, what it lets one
// expect of its operations, and what a behavior.yaml beside it says instead.
//
// It is an API for authors of contracts, and may change with any version.
package brought

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/infer"
	"rollcall/specs/userfile"
)

// BehaviorFile says, in the folder of a contract, what can't be inferred.
const BehaviorFile = "behavior.yaml"

// mostBehavior is how many bytes a behavior.yaml may have.
const mostBehavior = 16 << 20

// IsPath tells whether an argument names a folder or a document, and no contract of ours: it
// has a slash, or the ending of a document.
func IsPath(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return strings.ContainsRune(name, '/') || strings.ContainsRune(name, filepath.Separator) || name == "." || name == ".."
}

// Load reads a folder with an openapi.yaml, or a document, gives its operations the behavior
// that its document lets one expect, and reads the folder's behavior.yaml over that. What is
// wrong is a contract.Errors.
func Load(name string) (*contract.Contract, error) {
	c, err := contract.Open(name)
	if err != nil {
		return nil, err
	}
	b := infer.Behavior(c)
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		file := filepath.Join(name, BehaviorFile)
		c.Files = append(c.Files, file)
		if b, err = read(file, c, b); err != nil {
			return nil, err
		}
	}
	c.Behave(b)
	return c, nil
}

// Find gives the contract that a name or a path stands for: see contract.Find and Load.
func Find(name string) (*contract.Contract, error) {
	if IsPath(name) {
		return Load(name)
	}
	return contract.Find(specs.FS, name)
}

// Same tells whether two names stand for one contract, however they are spelt: as a folder or as its document, by
// a link, or from elsewhere. A folder with a behavior is another contract than its document alone.
func Same(one, other string) bool {
	if one == other || !IsPath(one) || !IsPath(other) {
		return one == other
	}
	document, behavior := filesOf(one)
	itsDocument, itsBehavior := filesOf(other)
	return document != nil && itsDocument != nil && os.SameFile(document, itsDocument) &&
		(behavior == nil) == (itsBehavior == nil) && (behavior == nil || os.SameFile(behavior, itsBehavior))
}

// filesOf are the files that say what a contract is, nil for one that is not there.
func filesOf(name string) (document, behavior fs.FileInfo) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return info, nil
	}
	for _, known := range contract.DocumentFiles() {
		if info, err := os.Stat(filepath.Join(name, known)); err == nil && document == nil {
			document = info
		}
	}
	if info, err := os.Stat(filepath.Join(name, BehaviorFile)); err == nil {
		behavior = info
	}
	return document, behavior
}

func read(file string, c *contract.Contract, b *contract.Behavior) (*contract.Behavior, error) {
	raw, err := userfile.ReadKept(file, mostBehavior)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, nil
	case err != nil:
		return nil, fmt.Errorf("%s can't be read: %w", file, err)
	}
	sum := sha256.Sum256(append([]byte(c.Digest), raw...))
	c.Digest = "sha256:" + hex.EncodeToString(sum[:])
	return contract.ReadBehavior(raw, file, c, b)
}
