package command

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/specs/contract"
)

func newList(s Streams) *cobra.Command {
	var asJSON, names bool
	var only []string
	c := &cobra.Command{
		Use:       "list contracts|operations|requirements|defects|variants [contract...]",
		Short:     "Print what there is",
		ValidArgs: []string{"contracts", "operations", "requirements", "defects", "variants"},
		Args: cobra.MatchAll(cobra.MinimumNArgs(1), func(c *cobra.Command, args []string) error {
			return cobra.OnlyValidArgs(c, args[:1]) // what follows names contracts, as --contract does
		}),
		RunE: func(_ *cobra.Command, args []string) error {
			contracts, err := loadAll(append(args[1:], only...))
			if err != nil {
				return err
			}
			head, rows, err := listing(args[0], contracts)
			if err != nil {
				return err
			}
			if names {
				return printNames(s.Out, rows)
			}
			return printTable(s.Out, asJSON, head, rows)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	c.Flags().BoolVar(&names, "names", false, "only the first column, one a line, for scripts")
	c.Flags().StringArrayVar(&only, "contract", nil, "only this contract (repeatable)")
	return c
}

func listing(what string, contracts []*contract.Contract) (head []string, rows [][]string, err error) {
	switch what {
	case "contracts":
		head = []string{"contract", "title", "operations", "requirements"}
	case "operations":
		head = []string{"contract", "operation", "method", "path"}
	case "requirements":
		head = []string{"requirement", "level", "decides", "source", "text"}
	case "defects":
		head = []string{"defect", "operations"}
	case "variants":
		for _, v := range mockserver.Variants() {
			rows = append(rows, []string{v})
		}
		return []string{"variant"}, rows, nil
	}
	for _, c := range contracts {
		more, err := rowsOf(what, c)
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, more...)
	}
	return head, rows, nil
}

func rowsOf(what string, c *contract.Contract) (rows [][]string, err error) {
	switch what {
	case "contracts":
		rows = append(rows, []string{c.Name, c.Title, fmt.Sprint(len(c.Operations)), fmt.Sprint(len(c.Requirements))})
	case "operations":
		for _, o := range c.Operations {
			rows = append(rows, []string{c.Name, o.ID, o.Method, o.Path})
		}
	case "requirements":
		for _, r := range c.Requirements {
			rows = append(rows, []string{r.ID, string(r.Level), string(r.Decides), r.Source, r.Text})
		}
	case "defects":
		plan, err := mockserver.Plan(c)
		if err != nil {
			return nil, exit(ExitContract, "%w", err)
		}
		all, err := mutants.List(plan)
		if err != nil {
			return nil, exit(ExitContract, "%w", err)
		}
		for _, d := range all {
			rows = append(rows, []string{d.ID(), strings.Join(d.Operations, " ")})
		}
	}
	return rows, nil
}

func printNames(w io.Writer, rows [][]string) error {
	for _, r := range rows {
		if _, err := fmt.Fprintln(w, oneLine(r[0])); err != nil {
			return err
		}
	}
	return nil
}

func printTable(w io.Writer, asJSON bool, head []string, rows [][]string) error {
	if asJSON {
		out := make([]map[string]string, 0, len(rows))
		for _, r := range rows {
			m := map[string]string{}
			for i, h := range head {
				m[h] = r[i]
			}
			out = append(out, m)
		}
		return writeJSON(w, out)
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, strings.ToUpper(strings.Join(head, "\t")))
	for _, r := range rows {
		cells := make([]string, len(r))
		for i, cell := range r {
			cells[i] = oneLine(cell) // of a document of anybody's
		}
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	return t.Flush()
}
