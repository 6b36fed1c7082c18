package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/specs/contract"
)

func newLint(s Streams) *cobra.Command {
	return &cobra.Command{
		Use: "lint [contract ...]",
		Short: "Check that contracts load, that linters of OpenAPI take them, and that every requirement has a case " +
			"and a defect, or a written reason",
		RunE: func(cmd *cobra.Command, names []string) error { return runLint(cmd.Context(), s, names) },
	}
}

func runLint(ctx context.Context, s Streams, names []string) error {
	contracts, err := loadAll(names)
	if err != nil {
		return err
	}
	findings := 0
	for _, c := range contracts {
		n, err := lintOne(ctx, s, c)
		if err != nil {
			return err
		}
		findings += n
	}
	if findings > 0 {
		return &Exit{Code: ExitFindings}
	}
	return nil
}

func lintOne(ctx context.Context, s Streams, c *contract.Contract) (findings int, err error) {
	all, err := withCompanions(c)
	if err != nil {
		return 0, err
	}
	target, err := mockTarget(c, all, 1, nil, nil)
	if err != nil {
		return 0, err
	}
	calls, err := conformance.Watch(ctx, c, target)
	switch {
	case ctx.Err() != nil: // what was not looked at is no finding
		return 0, exit(ExitInconclusive, "interrupted: %s is checked in part", c.Name)
	case err != nil:
		return 0, asExit(err)
	}
	found, err := conformance.Unchecked(c, calls)
	if err != nil {
		return 0, &Exit{Code: ExitContract, Err: err}
	}
	unreadable, err := c.Unreadable()
	if err != nil {
		return 0, &Exit{Code: ExitContract, Err: err}
	}
	found = append(found, unreadable...)
	plan, err := mockserver.Plan(c)
	if err != nil {
		return 0, exit(ExitContract, "%w", err)
	}
	defects, _ := mutants.List(plan) // the error is among the findings
	found = append(found, mutants.Unbreakable(plan)...)
	for _, f := range found {
		fmt.Fprintln(s.Out, oneLine(fmt.Sprintf("%s: %s", c.Name, f)))
	}
	fmt.Fprintf(s.Out, "%s: %d operations, %d requirements, %d defects, %d findings\n",
		c.Name, len(c.Operations), len(c.Requirements), len(defects), len(found))
	return len(found), nil
}
