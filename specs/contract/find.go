package contract

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Unknown tells that nobody has a contract of that name.
type Unknown struct {
	Name  string
	Known []string // what there is
}

// Error names the contracts that there are, and the nearest.
func (e *Unknown) Error() string {
	hint := ""
	if near := Nearest(e.Name, e.Known); near != "" {
		hint = "; did you mean " + near + "?"
	}
	return fmt.Sprintf("there is no contract %q (there are %s)%s", e.Name, strings.Join(e.Known, ", "), hint)
}

// Find loads the contract of that name; see Load. A name that fsys does not have is
// an *Unknown, everything else Load's.
func Find(fsys fs.FS, name string) (*Contract, error) {
	known := Names(fsys)
	if !slices.Contains(known, name) {
		return nil, &Unknown{name, known}
	}
	c, err := Load(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("the contract %s does not load:\n%w", name, err)
	}
	return c, nil
}
