package main_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"rollcall/specs"
	"rollcall/specs/contract"
)

// htmlValidate is a validator of HTML, from npm.
const htmlValidate = "html-validate@9.7.1"

// reported writes the HTML report of a run in which something failed.
func reported(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "report.html")
	byCommand(t, "council", "--defect", "COU-WARD-06/omit", "--only", "COU-WARD-*", "--html", file)
	return file
}

// TestReportIsAccessible holds the HTML report of a run to axe, in light and dark and on a phone.
func TestReportIsAccessible(t *testing.T) {
	tab := browserOf(t)
	axe, file := fromNpm(t, axePackage, "axe.min.js"), reported(t)
	for _, v := range views() {
		visit(t, tab, v.apply(), chromedp.Navigate("file://"+file))
		until(t, tab, `document.readyState === "complete"`)
		visit(t, tab, chromedp.Evaluate(`document.querySelectorAll("details").forEach((d) => { d.open = true; })`, nil))
		accessible(t, tab, axe, "report, "+v.name, `[]`)
		picture(t, tab, "look-report-"+v.name)
	}
}

// TestReportOnPaper holds the report of a clean run, of each contract, to a few pages.
func TestReportOnPaper(t *testing.T) {
	const most = 7
	tab := browserOf(t)
	for _, name := range contract.Names(specs.FS) {
		file := filepath.Join(t.TempDir(), "report.html")
		byCommand(t, name, "--html", file)
		visit(t, tab, chromedp.Navigate("file://"+file))
		until(t, tab, `document.readyState === "complete"`)
		var paper []byte
		visit(t, tab, chromedp.ActionFunc(func(ctx context.Context) (err error) {
			paper, _, err = page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
			return err
		}))
		pages := len(aPage.FindAll(paper, -1))
		if t.Logf("%s: %d pages", name, pages); pages < 1 || pages > most {
			t.Errorf("%s: a clean run takes %d pages, not 1 to %d", name, pages, most)
		}
	}
}

// aPage is how a page begins in a PDF.
var aPage = regexp.MustCompile(`/Type\s*/Page[^s]`)

// TestPagesAreValid holds the HTML report, and every page of the mock, to a validator of HTML.
func TestPagesAreValid(t *testing.T) {
	if _, err := exec.LookPath("npx"); err != nil || testing.Short() {
		t.Skip("NOT RUN: npm is not installed, so no page was held to " + htmlValidate)
	}
	folder := t.TempDir()
	text, err := os.ReadFile(reported(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string][]byte{"report.html": text}
	_, base := mockOf(t, "")
	for name, path := range map[string]string{"callers.html": "{mock}/", "console.html": "/ui", "docs.html": "/docs"} {
		_, pages[name] = controlled(t, base, "GET", path, "", map[string]string{"Accept": "text/html"})
	}
	line := []string{"--yes", htmlValidate, "--preset", "standard"}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
		line = append(line, name)
	}
	c := exec.CommandContext(t.Context(), "npx", line...)
	c.Dir = folder
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
