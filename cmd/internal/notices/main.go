// Command notices prints the licences of all modules that are linked into a program, on
// any of the platforms that it is shipped for, and of the language's own library.
//
//	go run ./cmd/internal/notices ./cmd/rollcall
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// licence are the names under which licences, and the notices that some of them want
// handed on, stand in a module's folder.
var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([-._].*)?$`)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, packages []string) error {
	if len(packages) == 0 {
		return errors.New("name the package of the program")
	}
	modules, err := linked(packages)
	if err != nil {
		return err
	}
	var all bytes.Buffer
	for _, m := range modules {
		text, err := notice(m.folder)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		fmt.Fprintf(&all, "%s\n%s\n\n%s\n", m.name, strings.Repeat("=", len(m.name)), text)
	}
	_, err = all.WriteTo(out)
	return err
}

type module struct{ name, folder string }

// linked gives the modules that a program is made of but its own, by name, and the library
// of the language.
func linked(packages []string) ([]module, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	all := []module{{"The Go standard library " + runtime.Version(), strings.TrimSpace(string(root))}}
	format := "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}"
	for _, system := range []string{"linux", "darwin", "windows"} {
		list := exec.Command("go", append([]string{"list", "-deps", "-f", format}, packages...)...)
		list.Env, list.Stderr = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0"), os.Stderr
		lines, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", list, err)
		}
		for line := range strings.Lines(string(lines)) {
			if name, folder, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
				all = append(all, module{name, folder})
			}
		}
	}
	slices.SortFunc(all[1:], func(a, b module) int { return strings.Compare(a.name, b.name) })
	return slices.Compact(all), nil
}

// notice gives all licences of a folder. A module without one may not be handed on, which
// is an error.
func notice(folder string) (string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return "", err
	}
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !licence.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			return "", err
		}
		texts = append(texts, string(raw))
	}
	if len(texts) == 0 {
		return "", fmt.Errorf("there is no licence in %s", folder)
	}
	return strings.Join(texts, "\n"), nil
}
