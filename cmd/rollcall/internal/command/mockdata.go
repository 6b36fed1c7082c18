package command

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"rollcall/mockserver"
	"rollcall/mockserver/data"
)

// dataOptions say which records of one's own a mock begins with.
type dataOptions struct {
	paths []string
	alone bool
}

func (o *dataOptions) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.paths, "data", nil,
		"file or folder of records of your own, TABLE.json, .ndjson, .yaml or .csv, or what the control API exports (repeatable)")
	f.BoolVar(&o.alone, "data-only", false, "a table that --data has begins with nothing else")
}

// set reads the files into a configuration.
func (o *dataOptions) set(ctx context.Context, c *mockserver.Config) error {
	if o.alone && len(o.paths) == 0 {
		return exit(ExitUsage, "--data-only has no --data: name a file or a folder of records")
	}
	var names []string
	for _, one := range c.Contracts {
		names = append(names, one.Name)
	}
	for _, path := range o.paths {
		folder, name := filepath.Split(filepath.Clean(path))
		if folder == "" {
			folder = "."
		}
		if filepath.Clean(path) == "." {
			folder, name = ".", "."
		}
		rows, err := data.Read(ctx, os.DirFS(folder), name, names)
		if errors.Is(err, fs.ErrNotExist) {
			return exit(ExitUsage, "--data %s: there is no such file or folder", path)
		}
		if err != nil {
			return exit(ExitUsage, "--data %s: %w", path, err)
		}
		c.Data = append(c.Data, rows...)
	}
	c.DataAlone = o.alone
	return nil
}
