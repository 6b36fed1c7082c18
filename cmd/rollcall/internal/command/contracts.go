package command

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"rollcall/specs"
	"rollcall/specs/contract"
)

// reader is contract.Load, or contract.Open where the linter has had its say.
type reader func(fsys fs.FS, name string) (*contract.Contract, error)

// loadAll reads the named contracts, or all there are.
func loadAll(names []string) ([]*contract.Contract, error) { return readAll(names, contract.Open) }

// readAll reads them side by side; the error is that of the first that has one.
func readAll(names []string, read reader) ([]*contract.Contract, error) {
	if len(names) == 0 {
		names = contract.Names(specs.FS)
	}
	all, wrong := make([]*contract.Contract, len(names)), make([]error, len(names))
	var group sync.WaitGroup
	for i, n := range names {
		group.Go(func() { all[i], wrong[i] = readOne(n, read) })
	}
	group.Wait()
	if i := slices.IndexFunc(wrong, func(err error) bool { return err != nil }); i >= 0 {
		return nil, wrong[i]
	}
	return all, nil
}

func loadOne(name string) (*contract.Contract, error) { return readOne(name, contract.Open) }

func readOne(name string, read reader) (*contract.Contract, error) {
	known := contract.Names(specs.FS)
	if slices.Contains(known, name) {
		c, err := read(specs.FS, name)
		if err != nil {
			return nil, &Exit{Code: ExitContract, Err: fmt.Errorf("the contract %s does not load:\n%w", name, err)}
		}
		return c, nil
	}
	hint := ""
	if near := contract.Nearest(name, known); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return nil, exit(ExitUsage, "there is no contract %q (there are %s)%s", name, strings.Join(known, ", "), hint)
}
