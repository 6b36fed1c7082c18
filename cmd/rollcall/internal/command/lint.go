package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/mockserver"
)

func newLint(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "lint [contract ...]",
		Short: "Check that contracts load and that every requirement has a case and a defect, or a written reason",
		RunE: func(_ *cobra.Command, names []string) error {
			contracts, err := loadAll(names)
			if err != nil {
				return err
			}
			findings := 0
			for _, c := range contracts {
				found, err := conformance.Unchecked(c)
				if err != nil {
					return &Exit{Code: ExitContract, Err: err}
				}
				plan, err := mockserver.Plan(c)
				if err != nil {
					return exit(ExitContract, "%w", err)
				}
				defects, _ := plan.Defects() // the error is among the findings
				found = append(found, plan.Unbreakable()...)
				for _, f := range found {
					fmt.Fprintf(s.Out, "%s: %s\n", c.Name, f)
				}
				findings += len(found)
				fmt.Fprintf(s.Out, "%s: %d operations, %d requirements, %d defects, %d findings\n",
					c.Name, len(c.Operations), len(c.Requirements), len(defects), len(found))
			}
			if findings > 0 {
				return &Exit{Code: ExitFindings}
			}
			return nil
		},
	}
}
