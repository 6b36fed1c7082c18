package command

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rollcall/mockserver/adminclient"
	"rollcall/specs/userfile"
)

type coverageOptions struct {
	control
	world, of   string
	contracts   []string
	least       int
	asJSON, all bool
}

func newCoverage(s Streams) *cobra.Command {
	o := &coverageOptions{}
	c := &cobra.Command{
		Use:   "coverage [file]",
		Short: "Tell what of the contracts the calls to a mock have met, and hold it to a minimum",
		Long: "Counts operations, the documented statuses and parameters of each, and requirements: of a running mock,\n" +
			"or of a file that --json has written. With --min it exits with 1 when less is met. What a fault or a\n" +
			"preference answered does not count.",
		Example: "  rollcall coverage --contract council --min 60\n  rollcall coverage --world w3 --missing\n" +
			"  rollcall coverage --json > coverage.json && rollcall coverage coverage.json --min 60 --of operations",
		Args: cobra.MaximumNArgs(1),
		RunE: func(command *cobra.Command, args []string) error { return o.run(command.Context(), s, args) },
	}
	f := c.Flags()
	o.flags(f)
	f.StringVar(&o.world, "world", "", "of this world; without it of all that there are and were")
	f.StringArrayVar(&o.contracts, "contract", nil, "only this contract (repeatable)")
	intFlag(f, &o.least, "min", 0, 0, 100, "least percentage that is to be met")
	f.StringVar(&o.of, "of", "all", "what --min is about: "+strings.Join(measures(), ", "))
	f.BoolVar(&o.asJSON, "json", false, "as JSON, which this command reads again")
	f.BoolVar(&o.all, "missing", false, "name what was not met")
	return c
}

func (o *coverageOptions) run(ctx context.Context, s Streams, args []string) error {
	if !slices.Contains(measures(), o.of) {
		return exit(ExitUsage, "--of %.80q is none of %s", o.of, strings.Join(measures(), ", "))
	}
	got, err := o.get(ctx, args)
	if err != nil {
		return err
	}
	if err := o.choose(&got); err != nil {
		return err
	}
	if err := o.print(s.Out, got); err != nil {
		return err
	}
	sum := total(got)
	if met := share(sum, o.of); met.Of > 0 && met.Met*100 < o.least*met.Of || met.Of == 0 && o.least > 0 {
		fmt.Fprintf(s.Err, "rollcall: %s met of %s, under --min %d\n", percent(met), o.of, o.least)
		return &Exit{Code: ExitFindings}
	}
	return nil
}

// get reads the account from a file, or asks for it.
func (o *coverageOptions) get(ctx context.Context, args []string) (got adminclient.Coverage, err error) {
	if len(args) == 0 {
		mock, err := o.client()
		if err != nil {
			return got, err
		}
		got, err = mock.Coverage(ctx, o.world)
		return got, o.called(err)
	}
	if o.world != "" {
		return got, exit(ExitUsage, "--world is asked of a running mock; %s is what was asked already", args[0])
	}
	text, err := userfile.Read(ctx, args[0], mostRun)
	if err != nil {
		return got, exit(ExitUsage, "%w", err)
	}
	if err := json.Unmarshal(text, &got); err != nil || len(got.Contracts) == 0 {
		return got, exit(ExitUsage, "%s is no account of coverage: write one with `rollcall coverage --json`", args[0])
	}
	return got, nil
}

// choose leaves the contracts that are asked for.
func (o *coverageOptions) choose(got *adminclient.Coverage) error {
	var names []string
	for _, c := range got.Contracts {
		names = append(names, c.Contract)
	}
	for _, wanted := range o.contracts {
		if !slices.Contains(names, wanted) {
			return exit(ExitUsage, "--contract %.80q is not served there; %s", wanted, strings.Join(names, ", "))
		}
	}
	if len(o.contracts) > 0 {
		got.Contracts = slices.DeleteFunc(got.Contracts, func(c adminclient.ContractCoverage) bool {
			return !slices.Contains(o.contracts, c.Contract)
		})
	}
	return nil
}

func (o *coverageOptions) print(w io.Writer, got adminclient.Coverage) error {
	if o.asJSON {
		return writeJSON(w, got)
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "\tOPERATIONS\tSTATUSES\tPARAMETERS\tREQUIREMENTS\tALL")
	for _, c := range got.Contracts {
		line(t, oneLine(c.Contract), c.Shares)
	}
	if len(got.Contracts) > 1 {
		line(t, "all", total(got))
	}
	if err := t.Flush(); err != nil || !o.all {
		return err
	}
	var out lines
	for _, c := range got.Contracts {
		out.add("")
		out.add("%s, not met:", c.Contract)
		missing(&out, c)
	}
	return out.write(w)
}

func line(w io.Writer, name string, s adminclient.Shares) {
	fmt.Fprint(w, name)
	for _, of := range append(measures()[1:], "all") {
		fmt.Fprint(w, "\t"+percent(share(s, of)))
	}
	fmt.Fprintln(w)
}

func missing(out *lines, c adminclient.ContractCoverage) {
	for _, op := range c.Operations {
		var lacks []string
		for _, s := range op.Statuses {
			if s.Documented && s.Count == 0 {
				lacks = append(lacks, fmt.Sprint(s.Status))
			}
		}
		for _, p := range op.Parameters {
			if p.Count == 0 {
				lacks = append(lacks, p.Name)
			}
		}
		if len(lacks) > 0 {
			out.add("  %s: %s", op.Operation, strings.Join(lacks, " "))
		}
	}
	for _, r := range c.Requirements {
		if r.Count == 0 {
			out.add("  %s", r.Name)
		}
	}
}

func measures() []string {
	return []string{"all", "operations", "statuses", "parameters", "requirements"}
}

func share(s adminclient.Shares, of string) adminclient.Share {
	switch of {
	case "operations":
		return s.Operations
	case "statuses":
		return s.Statuses
	case "parameters":
		return s.Parameters
	case "requirements":
		return s.Requirements
	}
	return s.Sum()
}

func total(all adminclient.Coverage) (sum adminclient.Shares) {
	for _, c := range all.Contracts {
		sum = sum.Plus(c.Shares)
	}
	return sum
}

func percent(s adminclient.Share) string {
	if s.Of == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d (%d %%)", s.Met, s.Of, s.Met*100/s.Of)
}
