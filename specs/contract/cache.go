package contract

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"rollcall/specs/userfile"
)

// What is kept of brought contracts at most; the ones that were used last stay.
const (
	mostKept  = 64
	mostBytes = 512 << 20
)

// cache keeps brought contracts as they were read, by what they were read from. It only
// ever saves time: whatever is wrong with it, contracts are read anew.
type cache struct{ folder, file string } // "" where there is no folder for it

// newCache finds where the contract of a bundle is kept, whose own files have been read.
// Another build of this program may read it otherwise, and keeps its own.
func newCache(b *bundle) cache {
	home, err := os.UserCacheDir()
	if err != nil {
		return cache{}
	}
	key := digest([]byte(layout), []byte(build()), []byte(b.name()), []byte(b.document), []byte(b.digest()))
	folder := filepath.Join(home, "rollcall", "contracts")
	return cache{folder, filepath.Join(folder, key[len("sha256:"):]+".bin")}
}

// build tells one build of this program from another.
func build() string {
	name, err := os.Executable()
	if err != nil {
		return ""
	}
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return strconv.FormatInt(info.Size(), 10) + " " + info.ModTime().UTC().Format(time.RFC3339Nano)
}

// find gives what is kept, if it is whole and the files that the document refers to are
// still the same.
func (k cache) find(b *bundle) (*Contract, bool) {
	raw, err := userfile.ReadKept(k.file, 256<<20)
	if err != nil {
		return nil, false
	}
	first, body, _ := bytes.Cut(raw, []byte("\n"))
	if string(first) != layout+digest(body) {
		return nil, false
	}
	w := &wire{raw: body, text: string(body)}
	c, own := new(Contract), len(b.read)
	if w.kept(c, &b.read); w.failed || w.at != len(w.raw) {
		b.read = b.read[:min(own, len(b.read))]
		return nil, false
	}
	for _, p := range b.read[own:] {
		raw, err := b.bytes(p.name)
		if sum := sumOf(raw, err); sum != p.digest {
			b.read = b.read[:own]
			return nil, false
		}
	}
	now := time.Now()
	os.Chtimes(k.file, now, now) // whether it works or not
	return c, true
}

// keep writes a contract, and takes away what has not been used for long.
func (k cache) keep(b *bundle, c *Contract) {
	if k.file == "" || os.MkdirAll(k.folder, 0o700) != nil {
		return
	}
	w := &wire{writing: true, known: map[*Schema]int{}}
	w.kept(c, &b.read)
	f, err := os.CreateTemp(k.folder, "new-*")
	if err != nil {
		return
	}
	_, err = f.Write(append([]byte(layout+digest(w.raw)+"\n"), w.raw...))
	if closed := f.Close(); err != nil || closed != nil || os.Rename(f.Name(), k.file) != nil {
		os.Remove(f.Name()) // it is the next one's to take away, where that fails
	}
	k.prune()
}

// kept carries a contract with all that was read for it.
func (w *wire) kept(c *Contract, read *[]part) {
	list(w, read, func(p *part) {
		w.word(&p.name)
		w.word(&p.digest)
	})
	w.word(&c.Name)
	w.word(&c.Digest)
	w.bytes(&c.Document)
	w.contract(c)
}

// prune takes away the contracts that were used longest ago, and writings that came to
// nothing.
func (k cache) prune() {
	entries, err := os.ReadDir(k.folder)
	if err != nil {
		return
	}
	var all []os.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil || !info.Mode().IsRegular():
		case path.Ext(e.Name()) == ".bin":
			all = append(all, info)
		case time.Since(info.ModTime()) > time.Hour:
			os.Remove(filepath.Join(k.folder, e.Name()))
		}
	}
	slices.SortFunc(all, func(a, b os.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var size int64
	for i, info := range all {
		if size += info.Size(); i >= mostKept || size > mostBytes && i > 0 {
			os.Remove(filepath.Join(k.folder, info.Name()))
		}
	}
}
