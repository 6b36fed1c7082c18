package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/userfile"
)

// mostDocument is how many bytes a document may have.
const mostDocument = 64 << 20

// asPath is a folder as a shell and a command take it for a path.
func asPath(folder string) string {
	if !brought.IsPath(folder) {
		folder = "./" + folder
	}
	return reports.ShellQuote(folder)
}

// initContract makes a folder of a document: the document, and what is inferred of it, with
// what is not sure as comments.
func initContract(s Streams, out *string) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return c.Help()
		}
		loaded, err := loadBrought(args[0])
		if err != nil {
			return err
		}
		folder := *out
		if folder == "" {
			folder = loaded.Name
		}
		if info, err := os.Stat(args[0]); err != nil || info.IsDir() {
			return exit(
				ExitUsage,
				"%s is a folder already: `rollcall explain %s --write` adds a behavior.yaml to it",
				args[0],
				reports.ShellQuote(args[0]),
			)
		}
		if _, err := os.Stat(folder); err == nil {
			return exit(ExitUsage, "%s is there already: name another folder with --out", folder)
		}
		text, err := userfile.ReadKept(args[0], mostDocument)
		if err != nil {
			return exit(ExitUsage, "%w", err)
		}
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return exit(ExitUsage, "%w", err)
		}
		document := filepath.Join(folder, "openapi"+strings.ToLower(filepath.Ext(args[0])))
		err = cli.NewFile(document, text, 0o644)
		if err == nil {
			err = writeBehavior(c.Context(), filepath.Join(folder, brought.BehaviorFile), loaded, 3)
		}
		if err != nil { // a part of the folder would be in the way of the next try
			return errors.Join(err, os.RemoveAll(folder))
		}
		fmt.Fprintf(fit(s.Out), "%s: %d operations, %d kinds of records. Next: rollcall mock %s\n", folder,
			len(loaded.Operations), len(loaded.Behavior.Resources), asPath(folder))
		return nil
	}
}
