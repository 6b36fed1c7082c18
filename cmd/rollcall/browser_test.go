package main_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// axePackage is the checker of accessibility, from npm.
const axePackage = "axe-core@4.10.3"

// browserOf starts a headless Chromium for a test, or says that it was not run.
func browserOf(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" || testing.Short() {
		t.Skip("NOT RUN: there is no Chromium on this machine, so no page was looked at")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.WSURLReadTimeout(time.Minute))
	allocated, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	tab, close := chromedp.NewContext(allocated)
	t.Cleanup(close)
	tab, end := context.WithTimeout(tab, 3*time.Minute)
	t.Cleanup(end)
	var mu sync.Mutex
	chromedp.ListenTarget(tab, func(event any) { // what a script throws, or its page forbids, is a fault of the page
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page throws %s", e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError {
				t.Errorf("the page complains: %s %s", e.Args[0].Value, e.Args[0].Description)
			}
		}
	})
	return tab
}

// visit runs actions in the browser, or ends the test.
func visit(t *testing.T, tab context.Context, actions ...chromedp.Action) {
	t.Helper()
	if err := chromedp.Run(tab, actions...); err != nil {
		t.Fatalf("in the browser: %v", err)
	}
}

// until waits until an expression of the page is true.
func until(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		var yes bool
		err := chromedp.Run(tab, chromedp.Evaluate("!!("+expression+")", &yes))
		if yes {
			return
		}
		if time.Now().Before(deadline) && tab.Err() == nil { // while a page is loaded there may be nothing to ask
			time.Sleep(30 * time.Millisecond) // another process draws the page; there is nothing to be told by
			continue
		}
		var page string
		_ = chromedp.Run(tab, chromedp.Evaluate("document.body.innerText", &page))
		t.Fatalf("it does not come to %s: %v\n%.2000s", expression, err, page)
	}
}

// view is how wide and in which colours a page is shown.
type view struct {
	name  string
	width int64
	dark  bool
}

func views() []view {
	return []view{{"light", 1280, false}, {"dark", 1280, true}, {"phone", 390, false}}
}

func (v view) apply() chromedp.Action {
	scheme := "light"
	if v.dark {
		scheme = "dark"
	}
	return chromedp.Tasks{
		chromedp.EmulateViewport(v.width, 900),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
	}
}

// picture keeps how a page looks, for those who set ROLLCALL_SHOTS to a folder.
func picture(t *testing.T, tab context.Context, name string) {
	t.Helper()
	folder := os.Getenv("ROLLCALL_SHOTS")
	if folder == "" {
		return
	}
	var png []byte
	visit(t, tab, chromedp.CaptureScreenshot(&png))
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// fromNpm unpacks a file of a package of npm, or says that something was not run.
func fromNpm(t *testing.T, pkg, file string) string {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("NOT RUN: npm is not installed, so no page was held to " + pkg)
	}
	folder := t.TempDir()
	for _, line := range [][]string{{"npm", "pack", pkg, "--silent"}, {"sh", "-c", "tar -xzf *.tgz package/" + file}} {
		c := exec.CommandContext(t.Context(), line[0], line[1:]...)
		c.Dir = folder
		if out, err := c.CombinedOutput(); err != nil {
			t.Skipf("NOT RUN: %s can't be had, so no page was held to it: %v\n%s", pkg, err, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(folder, "package", file))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// accessible holds the page that the browser shows to axe, but for what others have made.
func accessible(t *testing.T, tab context.Context, axe, what, except string) {
	t.Helper()
	var found string
	visit(t, tab, chromedp.Evaluate(axe+";0", nil), chromedp.Evaluate(fmt.Sprintf(
		`axe.run({exclude: %s}).then((r) => JSON.stringify(r.violations.map((v) => ({id: v.id, help: v.help,
			nodes: v.nodes.slice(0, 5).map((n) => n.html + ' ' + n.failureSummary)}))))`, except), &found,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		t.Fatal(err)
	}
	for _, v := range violations {
		t.Errorf("%s: %s, %s: %q", what, v.ID, v.Help, v.Nodes)
	}
}
