package contract

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

const (
	largestFile = 256 << 20 // bytes
	mostFiles   = 1000      // of one contract
)

// DocumentFiles are the names of a document in a folder, the first that is there counts.
func DocumentFiles() []string { return []string{documentFile, "openapi.yml", "openapi.json"} }

var (
	errNotRegular = errors.New("it is no regular file")
	errBig        = errors.New("it is larger than 256 MiB")
	errMany       = errors.New("the contract has more than 1000 files")
	errEmpty      = errors.New("it is empty")
	errElsewhere  = errors.New("it is not in the folder")
)

// bundle is where a brought contract is read from: nothing outside of it is, links included.
type bundle struct {
	root     *os.Root
	shown    string // as the user calls it
	document string // the name of the document in it
	called   string // what the contract is called, where the document was found by a link
	whole    bool   // the folder is the contract; otherwise the document alone is
	read     []part // each file that was asked for, in that order
}

// part is one file that a contract is made of.
type part struct{ name, digest string }

// missing is the digest of a file that is not there.
const missing = "missing"

// openBundle finds the document of a path that names a folder or a document.
func openBundle(name string) (*bundle, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, Errors{{File: filepath.ToSlash(name), Text: "it can't be read: " + reason(err),
			Fix: "Name a folder with an openapi.yaml, or a document itself"}}
	}
	f := &bundle{shown: name, whole: true}
	if !info.IsDir() {
		f = bundleOf(name)
	}
	if f.root, err = os.OpenRoot(f.shown); err != nil {
		return nil, Errors{{File: filepath.ToSlash(name), Text: "it can't be read: " + reason(err)}}
	}
	for _, known := range DocumentFiles() {
		if _, err := f.root.Lstat(known); err == nil && f.document == "" {
			f.document = known
		}
	}
	if f.document == "" {
		f.close()
		return nil, Errors{{File: filepath.ToSlash(name),
			Text: "the folder has no " + documentFile + ", openapi.yml or openapi.json",
			Fix:  "Add it, or name the document itself"}}
	}
	return f, nil
}

// bundleOf is the bundle of a document that is named itself. A link to a file in another folder is what the user
// named, and so is what stands beside that file; the contract is called as the link is.
func bundleOf(name string) *bundle {
	f := bundled(name)
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		return f
	}
	if root, err := os.OpenRoot(f.shown); err == nil {
		defer root.Close()
		if _, err := root.Stat(f.document); err == nil {
			return f
		}
	}
	linked := bundled(real)
	linked.called = f.title()
	return linked
}

func bundled(name string) *bundle {
	base := filepath.Base(name)
	return &bundle{shown: filepath.Dir(name), document: base, whole: strings.TrimSuffix(base, path.Ext(base)) == "openapi"}
}

// reason is what is wrong with a file, without its name.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	if err.Error() == "path escapes from parent" { // which package os gives no name
		return "it is a link to outside of the folder of the contract, which is not read"
	}
	return err.Error()
}

// files are those that were asked for, each once.
func (f *bundle) files() (names []string) {
	for _, p := range f.read {
		names = append(names, filepath.Join(f.shown, filepath.FromSlash(p.name)))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (f *bundle) close() { f.root.Close() } // it was only read

// file reads one file of the folder.
func (f *bundle) file(name string) ([]byte, error) {
	if len(f.read) >= mostFiles {
		return nil, errMany
	}
	raw, err := f.bytes(name)
	f.read = append(f.read, part{name, sumOf(raw, err)})
	return raw, err
}

// sumOf is the digest of a file, also of one that can't be read.
func sumOf(raw []byte, err error) string {
	if err != nil {
		return missing
	}
	return digest(raw)
}

func (f *bundle) bytes(name string) ([]byte, error) {
	info, err := f.root.Stat(filepath.FromSlash(name))
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	case info.Size() > largestFile:
		return nil, errBig
	}
	return f.root.ReadFile(filepath.FromSlash(name))
}

// beside gives the name in the folder of a file that a file of the folder refers to.
func beside(from, reference string) (string, error) {
	u, err := url.Parse(reference)
	if err != nil {
		return "", err
	}
	name := path.Join(path.Dir(from), u.Path)
	if u.Scheme != "" || u.Host != "" || !filepath.IsLocal(filepath.FromSlash(name)) || path.IsAbs(u.Path) {
		return "", errElsewhere
	}
	return name, nil
}

// nodesOf reads a text of JSON or YAML, in plain nodes.
func nodesOf(name string, text []byte, n *notes) (*yaml.Node, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	root, err := jsonNodes(text)
	if err != nil || root.Kind == yaml.ScalarNode {
		var file, another yaml.Node
		in := yaml.NewDecoder(bytes.NewReader(text))
		if err := in.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		if len(file.Content) == 0 {
			return nil, errEmpty
		}
		if in.Decode(&another) == nil {
			n.note(name, &another, "Make it a file of its own", "another document begins here; it is left out")
		}
		root = file.Content[0]
	}
	if parts(root, map[*yaml.Node]int{}) > mostNodes { // before any of them takes memory
		return nil, errTooLarge
	}
	p := &plain{notes: n, file: name, budget: mostNodes}
	return p.node(root, 0)
}
