package command

import (
	"os"
	"path/filepath"

	"rollcall/cmd/internal/cli"
)

// place is a file that a command reads or writes, and what it is told of as.
type place struct {
	name, path string
	written    bool
}

// places are all files of a command. What is written must be none of the others: a file that
// is read would be gone, and of two that are written one.
type places []place

// read adds what is read, where a path is given.
func (p places) read(name, path string) places { return p.with(place{name: name, path: path}) }

// write adds what is written, where a path is given.
func (p places) write(name, path string) places { return p.with(place{name, path, true}) }

func (p places) with(one place) places {
	if one.path == "" {
		return p
	}
	return append(p[:len(p):len(p)], one)
}

// state adds a file of kept state with what stands beside it, of which none is to be written
// over. A database has no file, and is never one.
func (p places) state(name, path string) places {
	if path == "" {
		return p
	}
	for _, end := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		p = p.read(name, path+end)
	}
	return p
}

// contract adds the documents of a contract that was named by its path; one that comes with
// the program has none.
func (p places) contract(names ...string) places { return p.within("the contract", names...) }

// within adds files that are read, and of folders what is in them.
func (p places) within(name string, paths ...string) places {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
		case !info.IsDir():
			p = p.read(name, path)
		default:
			entries, _ := os.ReadDir(path) // who reads the folder tells that it can't be read
			for _, entry := range entries {
				p = p.read(name, filepath.Join(path, entry.Name()))
			}
		}
	}
	return p
}

// apart refuses two of which one would be written over the other.
func (p places) apart() error {
	for i, one := range p {
		for _, other := range p[:i] {
			if (one.written || other.written) && cli.SameFile(one.path, other.path) {
				if !one.written {
					one, other = other, one
				}
				return exit(ExitUsage, "%s and %s name the same file, %s; give each its own", one.name, other.name, one.path)
			}
		}
	}
	return nil
}
