package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
	"rollcall/specs/infer"
)

func newExplain(s Streams) *cobra.Command {
	var operation string
	var write bool
	var only []string
	c := &cobra.Command{
		Use:   "explain <folder or document> | <requirement>",
		Short: "Say what is inferred of a contract of your own, or what a requirement asks for and why",
		Long: "Of a folder or document: prints the behavior of a contract of your own as YAML, what its document lets one\n" +
			"expect and what its behavior.yaml says, each line with a confidence (3 sure, 2 likely, 1 guess) and the reason.\n" +
			"Paste what is wrong into behavior.yaml and correct it there.\n" +
			"Of a requirement, as in COU-WARD-06: prints its sentence, who says so, the statuses it takes and its cases.",
		Example: "  rollcall explain ./openapi.yaml\n  rollcall explain COU-WARD-06\n" +
			"  rollcall explain SHOP-listPets-LISTED --contract ./shop.yaml",
		Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			if len(only) > 0 || !brought.IsPath(args[0]) { // ids of requirements may have a slash, too
				contracts, err := loadAll(only)
				if err != nil {
					return err
				}
				c, q, err := requirementOf(args[0], contracts, only)
				if err != nil {
					return err
				}
				return explainRequirement(fit(s.Out), c, q, only)
			}
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			b := c.Behavior
			if operation != "" {
				if b, err = onlyAct(c, operation); err != nil {
					return err
				}
			}
			if !write {
				return explained(s.Out, c, b)
			}
			return writeBehavior(command.Context(), filepath.Join(args[0], brought.BehaviorFile), c, 0)
		},
	}
	c.Flags().StringVar(&operation, "operation", "", "only this operation")
	c.Flags().BoolVar(&write, "write", false, "write it into the folder's behavior.yaml, where there is none yet")
	c.Flags().StringArrayVar(&only, "contract", nil, "look for the requirement in this contract or folder only (repeatable)")
	return c
}

// explained prints what is inferred, in one write.
func explained(w io.Writer, c *contract.Contract, b *contract.Behavior) error {
	var text bytes.Buffer
	if err := infer.Explain(&text, c, b); err != nil {
		return err
	}
	_, err := fit(w).Write(text.Bytes())
	return err
}

// loadBrought reads a contract of the user's own.
func loadBrought(name string) (*contract.Contract, error) {
	if !brought.IsPath(name) {
		return nil, exit(ExitUsage, "%q is no folder and no document: write it as ./%s", name, name)
	}
	return loadOne(name)
}

// onlyAct is a behavior with one operation and its resource.
func onlyAct(c *contract.Contract, operation string) (*contract.Behavior, error) {
	a, ok := c.Behavior.Act(operation)
	if !ok {
		var ids []string
		for _, op := range c.Operations {
			ids = append(ids, op.ID)
		}
		near := contract.Nearest(operation, ids)
		if near != "" {
			near = "; did you mean " + near + "?"
		}
		return nil, exit(ExitUsage, "the document has no operation %q%s", operation, near)
	}
	out := &contract.Behavior{Operations: []*contract.Act{a}}
	out.Resources = slices.DeleteFunc(slices.Clone(c.Behavior.Resources),
		func(r *contract.Resource) bool { return r.Name != a.Resource })
	return out, nil
}

// writeBehavior writes a behavior into a file that is not there yet. Lines that are less sure
// than asked for are comments.
func writeBehavior(ctx context.Context, file string, c *contract.Contract, sure int) error {
	var text bytes.Buffer
	text.WriteString("# yaml-language-server: $schema=" + contract.BehaviorSchemaFile + "\n")
	if err := infer.Explain(&text, c, c.Behavior); err != nil {
		return err
	}
	_, err := os.Stat(file)
	switch {
	case err == nil:
		return exit(ExitUsage, "%s is there already: print without --write, and paste what you want to change", file)
	case !errors.Is(err, fs.ErrNotExist):
		return exit(ExitUsage, "%w", err)
	}
	if err := cli.NewFile(file, []byte(unsure(text.String(), sure)), 0o644); err != nil {
		return err
	}
	return writeSchema(ctx, filepath.Join(filepath.Dir(file), contract.BehaviorSchemaFile), contract.BehaviorSchema())
}

// unsure makes comments of the operations and members that are inferred with less confidence.
func unsure(text string, sure int) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		for n := 1; n < sure; n++ {
			mark := ": " + []string{"", "1 guess", "2 likely"}[n] + ": "
			if strings.Contains(line, mark) && strings.HasPrefix(line, "  ") && strings.Contains(line, ": {") {
				lines[i] = "#" + line
			}
		}
	}
	return strings.Join(lines, "")
}
