package main_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/mod/modfile"
)

// Budgets of the house.
const (
	maxFileLines = 400
	halfBelow    = 130
	maxFuncLines = 70
	maxColumns   = 130
	tab          = 4 // columns

	maxReadmeLines = 150
)

const root = "../.."

// source is one Go file of the repository.
type source struct {
	path    string // slash-separated, from the root
	pkg     string // its folder
	test    bool
	lines   int
	file    *ast.File
	fileSet *token.FileSet
	module  string // path of the module, which it is imported from
}

func sources(t *testing.T) []source {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	module := modfile.ModulePath(mod)
	var all []source
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != root {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, rel, raw, parser.ParseComments)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		all = append(all, source{rel, path.Dir(rel), strings.HasSuffix(rel, "_test.go"), strings.Count(string(raw), "\n"), file,
			set, module})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("only %d files found below %s", len(all), root)
	}
	return all
}

func TestFilesAreShort(t *testing.T) {
	var below, total int
	for _, s := range sources(t) {
		if s.lines > maxFileLines {
			t.Errorf("%s has %d lines, over %d: split it by idea", s.path, s.lines, maxFileLines)
		}
		if total++; s.lines < halfBelow {
			below++
		}
	}
	if below*2 < total {
		t.Errorf("%d of %d files are under %d lines; half of them should be", below, total, halfBelow)
	}
}

// TestLinesAreNarrow holds the width of lines. Word lists and documents, which are texts
// over several lines, are as wide as they are, but for those of tests.
func TestLinesAreNarrow(t *testing.T) {
	for _, s := range sources(t) {
		wide := textLines(s)
		for i, line := range strings.Split(text(t, s), "\n") {
			columns := utf8.RuneCountInString(line) + (tab-1)*strings.Count(line, "\t")
			if columns > maxColumns && (s.test || !wide[i+1]) {
				t.Errorf("%s:%d has %d columns, over %d", s.path, i+1, columns, maxColumns)
			}
		}
	}
}

// TestCasesHaveAnOrder holds that no case goes through a list that is written as a map: its requests would come in
// another order each time, and a certificate of the run could not be recomputed.
func TestCasesHaveAnOrder(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || !slices.ContainsFunc([]string{"api", "kit", "check", "declared"}, func(room string) bool {
			return strings.HasPrefix(s.path, "conformance/"+room+"/")
		}) {
			continue
		}
		for i, line := range strings.Split(text(t, s), "\n") {
			if strings.Contains(line, "range map[") {
				t.Errorf("%s:%d goes through a map in any order: write a list", s.path, i+1)
			}
		}
	}
}

// TestExamplesRun holds that every example is run and says what comes of it: one without its
// output is only compiled.
func TestExamplesRun(t *testing.T) {
	seen := 0
	for _, s := range sources(t) {
		for _, e := range doc.Examples(s.file) {
			if seen++; e.Output == "" && !e.EmptyOutput {
				t.Errorf("%s: Example%s has no // Output:, so that nobody runs it", s.path, e.Name)
			}
		}
	}
	if seen == 0 {
		t.Error("no example was looked at")
	}
}

// textLines are the lines that a text over several lines is on.
func textLines(s source) map[int]bool {
	lines := map[int]bool{}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(lit.Value, "`") && strings.Contains(lit.Value, "\n") {
			for l := s.fileSet.Position(lit.Pos()).Line; l <= s.fileSet.Position(lit.End()).Line; l++ {
				lines[l] = true
			}
		}
		return true
	})
	return lines
}

func TestFunctionsAreShort(t *testing.T) {
	for _, s := range sources(t) {
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := s.fileSet.Position(f.End()).Line - s.fileSet.Position(f.Pos()).Line + 1; n > maxFuncLines {
				t.Errorf("%s: %s has %d lines, over %d", s.path, f.Name.Name, n, maxFuncLines)
			}
			if f.Name.Name == "init" && f.Recv == nil {
				t.Errorf("%s: init functions are not used here: make it an explicit call", s.path)
			}
		}
	}
}

func TestNoStateInPackages(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, d := range s.file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR || embedded(g) || linked(g) {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				if !constant(v) {
					t.Errorf("%s: package variable %s: state hangs on a value; make it a constant or a function", s.path,
						v.Names[0].Name)
				}
			}
		}
	}
}

func embedded(g *ast.GenDecl) bool {
	return g.Doc != nil &&
		slices.ContainsFunc(g.Doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//go:embed") })
}

// linked tells what the linker writes before the program begins, and nothing after: texts
// without a value, which their comment says.
func linked(g *ast.GenDecl) bool {
	return g.Doc != nil && strings.Contains(g.Doc.Text(), "set by the linker: -X") &&
		!slices.ContainsFunc(g.Specs, func(spec ast.Spec) bool {
			v := spec.(*ast.ValueSpec)
			typ, ok := v.Type.(*ast.Ident)
			return !ok || typ.Name != "string" || v.Values != nil
		})
}

// constant tells the two kinds of variable that never change: errors made by
// errors.New, and interface assertions.
func constant(v *ast.ValueSpec) bool {
	if v.Names[0].Name == "_" || strings.HasPrefix(strings.ToLower(v.Names[0].Name), "err") {
		return true
	}
	if len(v.Values) != 1 {
		return false
	}
	call, ok := v.Values[0].(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains([]string{"MustCompile", "Must"}, f.Sel.Name)
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, d := range s.file.Decls {
			if name, ok := undocumented(d); ok {
				t.Errorf("%s: %s is exported without a comment", s.path, name)
			}
		}
	}
}

func undocumented(d ast.Decl) (string, bool) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name, d.Name.IsExported() && d.Doc == nil && receiverExported(d)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if ts, ok := spec.(*ast.TypeSpec); ok && ts.Name.IsExported() && d.Doc == nil && ts.Doc == nil {
				return ts.Name.Name, true
			}
		}
	}
	return "", false
}

func receiverExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

// TestPackagesSayWhomTheyServe holds that whoever can import a package is told whether
// to build on it.
func TestPackagesSayWhomTheyServe(t *testing.T) {
	told := map[string]bool{}
	for _, s := range sources(t) {
		if s.test || s.file.Name.Name == "main" || strings.Contains(s.path, "internal/") {
			continue
		}
		told[s.pkg] = told[s.pkg] ||
			slices.ContainsFunc([]string{"API for users", "API for authors of contracts", "It is no API"},
				func(words string) bool { return strings.Contains(s.file.Doc.Text(), words) })
	}
	for pkg, ok := range told {
		if !ok {
			t.Errorf("the comment of package %s says neither whose API it is (\"API for users\", \"API for authors of "+
				"contracts\") "+
				"nor \"It is no API\"", pkg)
		}
	}
}

func TestNoDotImports(t *testing.T) {
	for _, s := range sources(t) {
		for _, i := range s.file.Imports {
			if i.Name != nil && i.Name.Name == "." {
				t.Errorf("%s imports %s with a dot", s.path, i.Path.Value)
			}
		}
	}
}

func imported(s source) (ours, libraries []string) {
	for _, i := range s.file.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		switch {
		case err != nil:
		case strings.HasPrefix(p, s.module+"/"):
			ours = append(ours, strings.TrimPrefix(p, s.module+"/"))
		case strings.Contains(strings.SplitN(p, "/", 2)[0], "."):
			libraries = append(libraries, p)
		}
	}
	return ours, libraries
}

func text(t *testing.T, s source) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(s.path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestReadmeIsShort: what a newcomer reads first is short, and deeper pages stand in the folders they are about.
func TestReadmeIsShort(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(raw), "\n"); n > maxReadmeLines {
		t.Errorf("README.md has %d lines, of at most %d: move what is deeper to the page of its folder", n, maxReadmeLines)
	}
}

// TestReadmeSpeedsAreMeasured holds that each ratio of the first page stands on the benchmark's.
func TestReadmeSpeedsAreMeasured(t *testing.T) {
	page, measured := text(t, source{path: "README.md"}), text(t, source{path: "cmd/rollcall-bench/README.md"})
	_, section, _ := strings.Cut(page, "## Speed and scale\n")
	section, _, _ = strings.Cut(section, "\n## ")
	ratios := regexp.MustCompile(`\b0\.\d+`).FindAllString(section, -1)
	if len(ratios) == 0 {
		t.Error("README.md has no ratio under Speed and scale")
	}
	for _, ratio := range ratios {
		if !strings.Contains(measured, ratio) {
			t.Errorf("README.md says %s, which cmd/rollcall-bench/README.md has not measured", ratio)
		}
	}
}
