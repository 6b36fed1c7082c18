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
const layout = "rollcall contract, layout 1, "

// compile gives the bytes of compiledFile for a contract just read, before what
// is derived has been added.
func compile(c *Contract, openapi, requirements []byte) []byte {
	w := &wire{writing: true, known: map[*Schema]int{}}
	w.contract(c)
	return append(head(openapi, requirements, w.raw), w.raw...)
}

// head binds a compiled contract to the bytes of its two files, and to its own.
func head(openapi, requirements, body []byte) []byte {
	return append([]byte(layout), digest(openapi, requirements, body)+"\n"...)
}

// compiledContract gives what was compiled from these two files; ok is false when
// there is nothing, or something that was compiled from others.
func compiledContract(fsys fs.FS, name string, openapi, requirements []byte) (c *Contract, ok bool) {
	raw, err := fs.ReadFile(fsys, path.Join(name, compiledFile))
	if err != nil {
		return nil, false // a folder without it is a whole one
	}
	_, body, _ := bytes.Cut(raw, []byte("\n"))
	if !bytes.HasPrefix(raw, head(openapi, requirements, body)) {
		return nil, false
	}
	w := &wire{raw: body, text: string(body)}
	c = new(Contract)
	w.contract(c)
	return c, !w.failed && w.at == len(w.raw)
}
