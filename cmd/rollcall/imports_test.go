package main_test

import (
	"go/ast"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// may says which packages of ours each package may import, as DESIGN has it.
// A trailing /* stands for one contract's package.
func may() map[string][]string {
	api := []string{"fixtures", "mockserver/behavior", "mockserver/rule", "mockserver/query", "mockserver/store",
		"mockserver/defect", "specs/contract", "specs/format"}
	mock := []string{"mockserver/store", "mockserver/rule", "mockserver/query", "mockserver/defect",
		"mockserver/behavior", "mockserver/behavior/mutants", "mockserver/engine", "mockserver/route", "mockserver/admin",
		"mockserver/internal/coding", "mockserver/internal/console", "mockserver/internal/journal", "mockserver/internal/fault",
		"mockserver/data",
		"mockserver/durable", "mockserver/api/*", "mockserver/declared", "specs/contract", "specs/target", "fixtures"}
	cases := []string{"conformance/suite", "conformance/match", "conformance/client", "specs/contract", "specs/format"}
	of := map[string][]string{
		"fixtures":         {"specs/contract"},
		"mockserver/rule":  {"mockserver/store", "specs/format"},
		"mockserver/query": {"specs/contract", "mockserver/store"},
		"mockserver/behavior": {"fixtures", "specs/contract", "mockserver/rule", "mockserver/query",
			"mockserver/store", "mockserver/defect"},
		"mockserver/behavior/mutants": {"mockserver/behavior", "mockserver/defect", "mockserver/rule", "specs/contract"},
		"mockserver/engine": {"mockserver/behavior", "mockserver/query", "mockserver/rule", "mockserver/store",
			"specs/contract", "mockserver/defect"},
		"mockserver/api/*":                  append(slices.Clone(api), "mockserver/api/internal/directory"),
		"mockserver/declared":               api,
		"mockserver/api/internal/directory": {"mockserver/behavior", "mockserver/rule", "mockserver/store", "specs/contract"},
		"mockserver/internal/journal": {"mockserver/engine", "mockserver/route", "specs/format", "specs/har",
			"specs/secret"},
		"mockserver/internal/fault": {"mockserver/route"}, "mockserver/data": {"specs/contract", "specs/userfile"},
		"mockserver/admin": {"mockserver/store", "mockserver/durable", "mockserver/engine", "mockserver/internal/journal",
			"mockserver/internal/coding", "mockserver/internal/fault", "specs/contract", "specs/format", "specs/target",
			"specs/visible"},
		"mockserver":               mock,
		"conformance/access":       {"specs/target", "specs/userfile", "specs/secret", "specs/trouble"},
		"conformance/client":       {"specs/secret", "specs/contract", "specs/trouble"},
		"conformance/judge":        {"specs/contract", "specs/format", "specs/trouble"},
		"conformance/match":        {"conformance/client", "conformance/judge", "specs/contract", "specs/format"},
		"conformance/internal/toy": {"conformance/suite", "conformance/match", "conformance/client", "specs/contract"},
		// An independent server knows the documents alone: nothing of ours but its own frame.
		"conformance/internal/independent":   {},
		"conformance/internal/independent/*": {"conformance/internal/independent"},
		"conformance/suite/parallel":         {"conformance/client"},
		"conformance/suite": append(slices.Clone(cases), "conformance/suite/parallel", "conformance/access", "conformance/judge",
			"fixtures", "reports", "specs/secret", "specs/target", "specs/trouble", "specs/userfile", "specs/visible"),
		"conformance/check": cases, "conformance/kit": cases,
		"conformance/api/*":    append(slices.Clone(cases), "conformance/kit", "fixtures"),
		"conformance/declared": append(slices.Clone(cases), "conformance/kit", "fixtures"),
		"conformance": {"conformance/suite", "conformance/check", "conformance/client", "conformance/api/*",
			"conformance/declared", "specs/brought", "specs/contract", "specs/target", "reports"},
		"conformance/mutation": {"conformance", "conformance/suite", "conformance/judge", "specs/contract", "reports"},
		"conformance/certificate": {"conformance", "conformance/suite", "conformance/client", "specs/secret",
			"specs/trouble", "specs", "specs/brought", "specs/contract", "specs/target", "reports"},
		"reports":                        {"specs/contract", "specs/visible"},
		"reports/replay":                 {"reports", "specs/contract", "specs/har", "specs/target"},
		"cmd/internal/cli":               {"specs/secret"},
		"cmd/internal/movemodule":        {"cmd/internal/cli"},
		"cmd/rollcall/internal/manpages": {"cmd/internal/cli", "cmd/rollcall/internal/command"},
		"cmd/rollcall":                   {"cmd/internal/cli", "cmd/rollcall/internal/command"},
		"cmd/rollcall/internal/command": {"cmd/internal/cli", "specs", "specs/contract", "fixtures", "mockserver",
			"mockserver/adminclient", "mockserver/behavior", "mockserver/behavior/mutants", "mockserver/data",
			"mockserver/defect", "mockserver/durable", "mockserver/durable/database", "conformance",
			"conformance/access", "conformance/client", "specs/secret", "conformance/suite", "conformance/mutation",
			"conformance/certificate", "reports", "reports/replay", "specs/brought", "specs/format", "specs/infer",
			"specs/target", "specs/targetfile", "specs/trouble", "specs/userfile", "specs/visible"},
	}
	for _, alone := range []string{"specs", "specs/format", "specs/target", "specs/userfile", "specs/visible", "mockserver/store",
		"mockserver/internal/coding", "mockserver/internal/console",
		"mockserver/defect", "mockserver/durable/pgtest", "mockserver/route", "specs/secret", "specs/trouble",
		"cmd/internal/clitest", "cmd/internal/rooms", "cmd/internal/notices", "cmd/rollcall-bench/internal/load"} {
		of[alone] = nil // specs/format is one grammar for both halves
	}
	maps.Copy(of, mayContracts())
	return of
}

// mayContracts is may for the packages of specs that know others, for what keeps state, and for the benchmark.
func mayContracts() map[string][]string {
	return map[string][]string{
		// The benchmark knows the mock from outside alone, as its callers do, and the contracts.
		"cmd/rollcall-bench": {"cmd/internal/cli", "cmd/rollcall-bench/internal/bench"},
		"cmd/rollcall-bench/internal/bench": {"cmd/internal/cli", "cmd/rollcall-bench/internal/floor",
			"cmd/rollcall-bench/internal/load"},
		"cmd/rollcall-bench/internal/floor": {"cmd/rollcall-bench/internal/load", "specs", "specs/contract"},
		"mockserver/adminclient": {"mockserver/admin", "mockserver/internal/fault", "mockserver/internal/journal",
			"specs/trouble"},
		"mockserver/durable":          {"mockserver/store"},
		"mockserver/durable/database": {"mockserver/durable"},
		"mockserver/rollcalltest": {"mockserver", "mockserver/adminclient", "specs", "specs/contract", "specs/target",
			"fixtures"},
		"specs/contract":   {"specs", "specs/format", "specs/userfile"},
		"specs/targetfile": {"specs/target", "specs/contract", "specs/userfile"},
		"specs/brought":    {"specs", "specs/contract", "specs/infer", "specs/userfile"},
		"specs/infer":      {"specs/contract"},
		"specs/har":        {"specs/visible"},
	}
}

// libraries says which packages alone may import a library.
func libraries() map[string][]string {
	return map[string][]string{
		"github.com/pb33f/":           {"specs/contract"},
		"go.yaml.in/yaml/v4":          {"specs/contract", "specs/targetfile", "mockserver/data"},
		"golang.org/x/oauth2":         {"conformance/access"},
		"github.com/rs/cors":          {"mockserver"},
		"github.com/swaggest/swgui":   {"mockserver/internal/console"},
		"golang.org/x/time":           {"conformance/client"},
		"golang.org/x/mod":            {"cmd/internal/movemodule", "cmd/internal/rooms"},
		"github.com/klauspost/":       {"mockserver"},
		"github.com/theory/jsonpath":  {"mockserver/internal/journal"},
		"golang.org/x/term":           {"cmd/internal/cli"},
		"github.com/HdrHistogram/":    {"cmd/rollcall-bench/internal/load", "cmd/rollcall-bench/internal/bench"},
		"github.com/santhosh-tekuri/": {"specs/contract", "specs/targetfile"},
		"github.com/getkin/":          {"conformance/judge"},
		"github.com/julienschmidt/":   {"mockserver/route", "mockserver/admin"},
		"github.com/brianvoe/":        {"fixtures"},
		"github.com/tidwall/btree":    {"mockserver/store"},
		"github.com/onsi/ginkgo":      {"conformance/suite", "conformance/suite/parallel"},
		"github.com/gofrs/flock":      {"conformance/suite", "mockserver/durable/database"},
		"modernc.org/sqlite":          {"mockserver/durable/database", "cmd/rollcall-bench/internal/bench"},
		"github.com/jackc/":           {"mockserver/durable/database", "cmd/rollcall-bench/internal/bench"},
		"github.com/onsi/gomega": {"conformance/match", "conformance/suite", "conformance/check", "conformance/kit",
			"conformance/api/*", "conformance/internal/toy"},
		"github.com/spf13/": {"cmd/rollcall/internal/manpages", "cmd/internal/cli", "cmd/rollcall/internal/command",
			"cmd/rollcall-bench/internal/bench"},
		"github.com/in-toto/":            {"conformance/certificate"},
		"github.com/secure-systems-lab/": {"conformance/certificate"},
		"google.golang.org/protobuf":     {"conformance/certificate"},
		"github.com/rogpeppe/":           {"cmd/internal/clitest"},
	}
}

// pattern writes a contract's package as the common name of all, and what several share as itself.
func pattern(pkg string) string {
	if strings.Contains(pkg, "/internal/directory") {
		return pkg
	}
	for _, parent := range []string{"mockserver/api/", "conformance/api/", "conformance/internal/independent/"} {
		if strings.HasPrefix(pkg, parent) {
			return parent + "*"
		}
	}
	return pkg
}

func TestImports(t *testing.T) {
	allowed, seen := may(), 0
	for _, s := range sources(t) {
		ok, known := allowed[pattern(s.pkg)]
		if !known {
			t.Errorf("%s: package %s has no line in the import matrix", s.path, s.pkg)
			continue
		}
		ours, libs := imported(s)
		seen += len(ours)
		for _, p := range ours {
			own := p == s.pkg || s.test && slices.Contains(testOnly(s.pkg), pattern(p))
			if !own && !slices.Contains(ok, pattern(p)) {
				t.Errorf("%s imports %s, which its package may not", s.path, p)
			}
		}
		for _, p := range libs {
			confined(t, s, p)
		}
	}
	if seen < 500 {
		t.Errorf("only %d imports of ours were looked at: by what path does the module import itself?", seen)
	}
}

// testOnly is what tests may import on top: the embedded contracts, to run on
// the real ones, and for the whole product's tests everything.
func testOnly(pkg string) []string {
	extra := []string{"specs", "specs/contract", "specs/target"}
	if pkg == "cmd/rollcall" || pkg == "cmd/rollcall-bench" {
		extra = append(extra, "cmd/internal/clitest")
	}
	if strings.HasPrefix(pkg, "conformance/") {
		extra = append(extra, "conformance/internal/toy", "conformance/check")
	}
	if pkg == "cmd/rollcall" {
		extra = append(extra, "fixtures", "mockserver", "mockserver/rollcalltest", "conformance", "conformance/mutation",
			"conformance/suite", "conformance/certificate", "conformance/judge", "mockserver/adminclient", "mockserver/defect",
			"reports", "reports/replay", "specs/brought", "mockserver/durable", "mockserver/durable/database",
			"mockserver/durable/pgtest")
	}
	if pkg == "cmd/rollcall" || strings.HasPrefix(pkg, "mockserver/") {
		extra = append(extra, "mockserver/behavior/mutants") // what it lists is what tests break
	}
	if pkg == "conformance/internal/independent" {
		extra = append(extra, pkg+"/*", "conformance", "conformance/suite", "reports", "specs/brought")
	}
	if pkg == "conformance/kit" {
		extra = append(extra, "reports") // verdicts of its checks
	}
	if pkg == "mockserver" || strings.HasPrefix(pkg, "mockserver/api") {
		extra = append(extra, "mockserver", "fixtures", "mockserver/durable/database", "mockserver/durable/pgtest")
	}
	return extra
}

func confined(t *testing.T, s source, library string) {
	for prefix, packages := range libraries() {
		if strings.HasPrefix(library, prefix) && !slices.Contains(packages, pattern(s.pkg)) && !s.test {
			t.Errorf("%s imports %s, which is confined to %s", s.path, library, strings.Join(packages, ", "))
		}
	}
}

// TestOneYAML holds that every file of ours is read by one library: two of them
// read one text differently.
func TestOneYAML(t *testing.T) {
	for _, s := range sources(t) {
		_, libs := imported(s)
		for _, l := range libs {
			if strings.Contains(l, "yaml") && l != "go.yaml.in/yaml/v4" {
				t.Errorf("%s imports %s; YAML is read by go.yaml.in/yaml/v4", s.path, l)
			}
		}
	}
}

// TestHalvesNeverMeet holds whatever the matrix says: no chain of imports leads
// from the suite to the mock or back, and the reports know no test runner.
func TestHalvesNeverMeet(t *testing.T) {
	graph := map[string][]string{}
	uses := map[string][]string{}
	for _, s := range sources(t) {
		if !s.test {
			ours, libs := imported(s)
			graph[s.pkg] = append(graph[s.pkg], ours...)
			uses[s.pkg] = append(uses[s.pkg], libs...)
		}
	}
	for pkg := range graph {
		for _, reached := range closure(graph, pkg) {
			from, to := strings.SplitN(pkg, "/", 2)[0], strings.SplitN(reached, "/", 2)[0]
			if from == "conformance" && to == "mockserver" || from == "mockserver" && (to == "conformance" || to == "reports") {
				t.Errorf("%s reaches %s", pkg, reached)
			}
			if strings.HasPrefix(pkg, "mockserver/api/") && reached == "mockserver/engine" {
				t.Errorf("%s reaches the engine", pkg)
			}
		}
	}
	for _, reached := range append(closure(graph, "reports"), "reports") {
		for _, l := range uses[reached] {
			if strings.HasPrefix(l, "github.com/onsi/") {
				t.Errorf("reports reaches %s through %s", l, reached)
			}
		}
	}
}

func closure(graph map[string][]string, from string) []string {
	seen := map[string]bool{}
	var walk func(string)
	walk = func(p string) {
		for _, next := range graph[p] {
			if !seen[next] {
				seen[next] = true
				walk(next)
			}
		}
	}
	walk(from)
	var all []string
	for p := range seen {
		all = append(all, p)
	}
	slices.Sort(all)
	return all
}

// TestGeneralCodeKnowsNoContract holds that a new contract is mechanisms and rows, never a
// word of it in what serves and judges them all. The list of the contracts is exempt.
func TestGeneralCodeKnowsNoContract(t *testing.T) {
	general := []string{"mockserver", "mockserver/behavior", "mockserver/engine", "mockserver/rule",
		"mockserver/query", "mockserver/store",
		"mockserver/defect", "mockserver/route", "mockserver/admin", "conformance/suite", "conformance/check", "conformance/kit"}
	words := regexp.MustCompile(`(?i)council|probation|\bidentity contract|"identity|volunteer|tenant|\bwards?\b|` +
		`skill|supervisor|touchpoint|learner|offender|pagination|short-users|wrapped-user|text-status`)
	read := 0
	for _, s := range sources(t) {
		if !slices.Contains(general, s.pkg) || s.test || s.path == "mockserver/apis.go" {
			continue
		}
		read++
		if word := words.FindString(text(t, s)); word != "" {
			t.Errorf("%s has %q, a word of one contract: it belongs into the contract's package or into a value of its table",
				s.path, word)
		}
	}
	if read < 80 {
		t.Errorf("only %d files were read: where is the general code?", read)
	}
}

// TestEngineAloneLooksAtDefects holds that whether a defect is active is asked of the
// engine, by everybody else: no other package of the mock has the set of active ones.
func TestEngineAloneLooksAtDefects(t *testing.T) {
	found := false
	for _, s := range sources(t) {
		if s.test || s.pkg == "mockserver/defect" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Active" && sel.Sel.Name != "NewActive" {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "defect" {
				found = true
				if s.pkg != "mockserver/engine" {
					t.Errorf("%s has defect.%s: ask the engine", s.path, sel.Sel.Name)
				}
			}
			return true
		})
	}
	if !found {
		t.Error("not even the engine has the active defects: this test looks for the wrong name")
	}
}
