package main_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// TestFormatsAreReadInOnePlace holds that what a date-time or a mail address is, is
// said in specs/format alone: the readers of the standard library are narrower and wider
// than the standards, and two readers in one product disagree some day. The independent
// servers are strangers, fixtures read what they wrote themselves, and the days of a
// target file are settings, no values of a contract.
func TestFormatsAreReadInOnePlace(t *testing.T) {
	readers := map[string][]string{ // function -> arguments with which it reads a format; nil = any
		"time.Parse":        {"time.RFC3339", "time.RFC3339Nano", "time.DateOnly"},
		"mail.ParseAddress": nil, "mail.ParseAddressList": nil,
	}
	for _, s := range sources(t) {
		if s.test || s.pkg == "specs/format" || s.pkg == "fixtures" || strings.HasPrefix(s.pkg, "conformance/internal/") ||
			s.path == "conformance/suite/target.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			layouts, reads := readers[dotted(call.Fun)]
			if reads && (layouts == nil || slices.Contains(layouts, dotted(call.Args[0]))) {
				t.Errorf("%s:%d reads a format by %s: ask specs/format", s.path, s.fileSet.Position(call.Pos()).Line,
					dotted(call.Fun))
			}
			return true
		})
	}
}

// dotted writes a name such as time.Parse, "" for what is none.
func dotted(e ast.Expr) string {
	if sel, ok := e.(*ast.SelectorExpr); ok {
		if pkg, ok := sel.X.(*ast.Ident); ok {
			return pkg.Name + "." + sel.Sel.Name
		}
	}
	return ""
}
