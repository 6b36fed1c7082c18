package contract

import (
	"bytes"
	"io/fs"
	"path"
)

// compiledFile holds what reading the two files of a contract folder gives, so
// that a mock starts without reading, resolving and judging them again. Only a
// contract without a complaint is compiled. `make contracts` writes it.
const compiledFile = "contract.bin"

// layout changes with the order or kind of what wire carries.
const layout = "rollcall contract, layout 5, "

// compile gives the bytes of compiledFile for a contract just read from two files
// of that digest, before what is derived has been added.
func compile(c *Contract, files string) []byte {
	w := &wire{writing: true, known: map[*Schema]int{}}
	w.contract(c)
	return append(head(files, w.raw), w.raw...)
}

// head binds a compiled contract to the bytes of its two files, and to its own.
func head(files string, body []byte) []byte {
	return []byte(layout + digest([]byte(files), body) + "\n")
}

// compiledContract gives what was compiled from two files of that digest; ok is
// false when there is nothing, or something that was compiled from others.
func compiledContract(fsys fs.FS, name, files string) (c *Contract, ok bool) {
	raw, err := fs.ReadFile(fsys, path.Join(name, compiledFile))
	if err != nil {
		return nil, false // a folder without it is a whole one
	}
	_, body, _ := bytes.Cut(raw, []byte("\n"))
	if !bytes.HasPrefix(raw, head(files, body)) {
		return nil, false
	}
	w := &wire{raw: body, text: string(body)}
	c = new(Contract)
	w.contract(c)
	return c, !w.failed && w.at == len(w.raw)
}
