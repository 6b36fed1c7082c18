// Command manpages writes what a package brings beside the binary: the manual page of
// each command, and the completions of the shells.
//
//	go run ./cmd/rollcall/internal/manpages FOLDER [DATE]
//
// The date, as in 2026-11-01, is that of the release, so that the same release gives the
// same bytes.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall/internal/command"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manpages:", err)
		os.Exit(int(cli.ExitUsage))
	}
}

func run(args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return errors.New("give the folder, and the date if it is not today's")
	}
	date := time.Now().UTC()
	if len(args) == 2 {
		var err error
		if date, err = time.Parse("2006-01-02", args[1]); err != nil {
			return err
		}
	}
	return write(args[0], date)
}

// write makes the folders man and completions.
func write(folder string, date time.Time) error {
	root := command.Root(cli.System())
	root.DisableAutoGenTag = true
	root.InitDefaultCompletionCmd()
	man, shells := filepath.Join(folder, "man"), filepath.Join(folder, "completions")
	err := errors.Join(os.MkdirAll(man, 0o755), os.MkdirAll(shells, 0o755))
	if err != nil {
		return err
	}
	header := &doc.GenManHeader{Section: "1", Date: &date, Source: "rollcall " + cli.Version, Manual: "Rollcall"}
	return errors.Join(doc.GenManTree(root, header, man), complete(root, shells))
}

func complete(root *cobra.Command, folder string) error {
	return errors.Join(
		root.GenBashCompletionFileV2(filepath.Join(folder, "rollcall.bash"), true),
		root.GenZshCompletionFile(filepath.Join(folder, "_rollcall")),
		root.GenFishCompletionFile(filepath.Join(folder, "rollcall.fish"), true),
		root.GenPowerShellCompletionFileWithDesc(filepath.Join(folder, "rollcall.ps1")),
	)
}
