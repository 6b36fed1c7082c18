package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/mod/modfile"
)

// TestReadmeAddsAContract takes the contract that specs/README.md prints, builds the command
// with it, and holds what the page says comes out: it is linted, judged, proved and served.
func TestReadmeAddsAContract(t *testing.T) {
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("NOT RUN: the contract of specs/README.md was not built, for there is no go command: ", err)
	}
	page, err := os.ReadFile(root + "/specs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files := printed(t, string(page))
	overlay := overlaid(t, files)
	program := filepath.Join(t.TempDir(), "rollcall")
	run(t, root, "go", "build", "-overlay", overlay, "-o", program, "./cmd/rollcall")
	for _, said := range consoles(string(page)) {
		t.Run(said.command, func(t *testing.T) {
			args := strings.Fields(strings.TrimPrefix(said.command, "go run ./cmd/rollcall "))
			if args[0] == "mock" {
				serves(t, program, args, said.output)
				return
			}
			said.holds(t, run(t, root, program, args...))
		})
	}
	vetted(t, files)
}

// printed are the files of the page: each a path alone on a line, then its text in a fence.
func printed(t *testing.T, page string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, at := range regexp.MustCompile("(?ms)^\\*\\*`([^`]+)`\\*\\*\n\n```\\w+\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		name, text := at[1], at[2]
		if !regexp.MustCompile(`^(specs|mockserver/api|conformance/api)/library/\w+\.(go|yaml)$`).MatchString(name) {
			t.Errorf("%s is in none of the three rooms", name)
		}
		files[name] = text
		if !strings.HasSuffix(name, ".go") {
			continue
		}
		if well, err := format.Source([]byte(text)); err != nil || string(well) != text {
			t.Errorf("%s is not as gofmt has it (%v)", name, err)
		}
		for i, line := range strings.Split(text, "\n") {
			if columns := utf8.RuneCountInString(line) + 3*strings.Count(line, "\t"); columns > 130 {
				t.Errorf("%s:%d has %d columns, over 130", name, i+1, columns)
			}
		}
	}
	if len(files) < 4 {
		t.Fatalf("the page prints %d files: where are the rooms?", len(files))
	}
	return files
}

// overlaid is the build with the files in their places, and the lists that `make contracts`
// would write with them there. The tree itself stays as it is.
func overlaid(t *testing.T, files map[string]string) string {
	t.Helper()
	tree := fstest.MapFS{}
	for _, pattern := range []string{"go.mod", "specs/*/openapi.yaml", "mockserver/api/*/*.go", "conformance/api/*/*.go"} {
		names, err := fs.Glob(os.DirFS(root), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			tree[name] = &fstest.MapFile{}
		}
	}
	tree["go.mod"].Data = []byte(read(t, "go.mod"))
	all := map[string]string{}
	for name, text := range files {
		tree[name], all[name] = &fstest.MapFile{}, text
	}
	lists, err := render(tree)
	if err != nil {
		t.Fatal(err)
	}
	for name, list := range lists {
		all[name] = string(list)
	}
	home, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	dir, replace := t.TempDir(), map[string]string{}
	for name, text := range all {
		at := filepath.Join(dir, strings.ReplaceAll(name, "/", "_"))
		put(t, at, text)
		replace[filepath.Join(home, filepath.FromSlash(name))] = at
	}
	raw, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "overlay.json"), string(raw))
	return filepath.Join(dir, "overlay.json")
}

// vetted vets the two packages in a module of their own, for vet looks for files where they
// are said to be.
func vetted(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	mod := []byte(read(t, "go.mod"))
	path := modfile.ModulePath(mod)
	home, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "go.mod"), strings.Replace(string(mod), "module "+path+"\n", "module scratch\n", 1)+
		fmt.Sprintf("\nrequire %s v0.0.0\n\nreplace %s => %q\n", path, path, filepath.ToSlash(home)))
	put(t, filepath.Join(dir, "go.sum"), read(t, "go.sum"))
	for name, text := range files {
		if strings.HasSuffix(name, ".go") {
			put(t, filepath.Join(dir, filepath.FromSlash(name)), text)
		}
	}
	run(t, dir, "go", "vet", "./...")
}

// console is a command of the page with what it prints. An ellipsis stands for anything.
type console struct{ command, output string }

func consoles(page string) (all []console) {
	for _, block := range regexp.MustCompile("(?ms)^```console\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		for _, one := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, output, _ := strings.Cut(one, "\n")
			all = append(all, console{command, output})
		}
	}
	return all
}

func (c console) holds(t *testing.T, got string) {
	t.Helper()
	want := strings.ReplaceAll(regexp.QuoteMeta(strings.TrimSpace(c.output)), "…", "(?s:.*?)")
	want = strings.ReplaceAll(want, regexp.QuoteMeta("127.0.0.1:4010"), `127\.0\.0\.1:\d+`)
	if !regexp.MustCompile("^" + want + "$").MatchString(strings.TrimSpace(got)) {
		t.Errorf("specs/README.md says that %s prints\n%s\nand it prints\n%s", c.command, c.output, got)
	}
}

// serves starts the mock, reads what it says, and makes the call of the curl line.
func serves(t *testing.T, program string, args []string, output string) {
	t.Helper()
	mock := exec.CommandContext(t.Context(), program, append(args, "--port", "0")...)
	said, err := mock.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := mock.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = mock.Process.Kill(); _ = mock.Wait() }() // it ends by being killed
	var got strings.Builder
	lines := bufio.NewScanner(said)
	for range strings.Count(strings.TrimSpace(output), "\n") + 1 {
		if !lines.Scan() {
			t.Fatalf("the mock ended after\n%s", got.String())
		}
		got.WriteString(lines.Text() + "\n")
	}
	console{strings.Join(args, " "), output}.holds(t, got.String())
	call := regexp.MustCompile(`curl -H '([^:]+): ([^']+)' '([^']+)'`).FindStringSubmatch(got.String())
	if call == nil {
		t.Fatalf("there is no curl line in\n%s", got.String())
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, call[3], nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(call[1], call[2])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var cards []any
	if err := json.NewDecoder(answer.Body).Decode(&cards); err != nil || answer.StatusCode != 200 || len(cards) == 0 {
		t.Errorf("%s: %d with %d cards (%v)", call[0], answer.StatusCode, len(cards), err)
	}
}

// run runs a program and gives all it prints. One that fails ends the test.
func run(t *testing.T, dir, program string, args ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), program, args...)
	command.Dir, command.Env = dir, append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(command.Args, " "), err, said.String())
	}
	return said.String()
}

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
