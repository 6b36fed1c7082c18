package main_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// TestFilesAreReadInOnePlace holds that whatever a user names is read with a bound and for no
// longer than it is wanted: what the product itself reads of the disk is listed here.
func TestFilesAreReadInOnePlace(t *testing.T) {
	unbounded := []string{"os.ReadFile", "os.Open", "ioutil.ReadFile", "ioutil.ReadAll", "tls.LoadX509KeyPair"}
	may := map[string]string{
		"specs/userfile/userfile.go":         "is the place",
		"conformance/suite/ledgerlock.go":    "reads a hundred bytes of a file that it has locked",
		"cmd/rollcall-bench/internal/bench/": "reads what a process of its own wrote, and the system",
		"cmd/internal/":                      "serves who works on the product",
		"mockserver/durable/database/sqlite": "reads the line of its own lock",
		"mockserver/durable/pgtest/":         "serves tests: it reads what a process of its own wrote",
	}
	used := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			pkg, name := "", ""
			if ok {
				name = call.Sel.Name
				if id, ok := call.X.(*ast.Ident); ok {
					pkg = id.Name
				}
			}
			if !slices.Contains(unbounded, pkg+"."+name) {
				return true
			}
			for allowed := range may {
				if strings.HasPrefix(s.path, allowed) {
					used[allowed] = true
					return true
				}
			}
			t.Errorf("%s uses %s.%s: a file that a user names is read by specs/userfile", s.path, pkg, name)
			return true
		})
	}
	for allowed, why := range may {
		if !used[allowed] {
			t.Errorf("%s, which %s, reads nothing any more: take it off the list", allowed, why)
		}
	}
}
