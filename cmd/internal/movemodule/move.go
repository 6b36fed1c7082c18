package main

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"

	"rollcall/cmd/internal/cli"
)

// file is one that is to be written again.
type file struct {
	path    string
	content []byte
	mode    fs.FileMode
}

// move gives the module in a folder another path, which must be one that can be
// fetched, and tells how many files had to be changed.
func move(root, to string) (int, error) {
	if err := module.CheckPath(to); err != nil {
		return 0, fmt.Errorf("%w; write it as host/owner/rollcall", err)
	}
	return rename(root, to)
}

// rename works out every file before it writes the first one, and writes go.mod
// last: a tree that could not be written whole can be renamed again.
func rename(root, to string) (int, error) {
	raw, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return 0, fmt.Errorf("%w; run it where go.mod is", err)
	}
	mod, err := modfile.Parse("go.mod", raw, nil)
	if err != nil {
		return 0, err
	}
	if mod.Module == nil {
		return 0, fmt.Errorf("%s names no module", filepath.Join(root, "go.mod"))
	}
	m := mention{root: root, from: mod.Module.Mod.Path, to: to}
	if m.from == to {
		return 0, nil
	}
	if err := mod.AddModuleStmt(to); err != nil {
		return 0, err
	}
	head, err := mod.Format()
	if err != nil {
		return 0, err
	}
	files, err := changes(m)
	if err != nil {
		return 0, err
	}
	files = append(files, file{filepath.Join(root, "go.mod"), head, 0o644})
	for _, f := range files {
		if err := cli.WriteFile(context.Background(), f.path, f.content); err != nil {
			return 0, err
		}
		if err := os.Chmod(f.path, f.mode); err != nil {
			return 0, err
		}
	}
	return len(files), nil
}

// changes finds the files but go.mod that name the module. Git's own and files that
// are no text are left alone.
func changes(m mention) (files []file, err error) {
	err = filepath.WalkDir(m.root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.Name() == ".git": // a folder, or in a worktree a file
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case !d.Type().IsRegular() || path == filepath.Join(m.root, "go.mod"):
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil || bytes.IndexByte(raw, 0) >= 0 || !bytes.Contains(raw, []byte(m.from)) {
			return err
		}
		changed := []byte(m.replace(string(raw)))
		if bytes.Equal(changed, raw) {
			return nil
		}
		if strings.HasSuffix(path, ".go") { // another path can want another order of imports
			if changed, err = format.Source(changed); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
		}
		info, err := d.Info()
		files = append(files, file{path, changed, info.Mode().Perm()})
		return err
	})
	return files, err
}
