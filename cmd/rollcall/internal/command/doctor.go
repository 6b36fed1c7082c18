package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

func newDoctor(s Streams) *cobra.Command {
	o := &targetOptions{streams: s}
	c := &cobra.Command{
		Use:   "doctor <contract>",
		Short: "Say what would run against a target and what is missing, without a single write",
		Args:  oneContract,
		RunE: func(command *cobra.Command, args []string) error {
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			t, err := o.resolve(command.Context(), c)
			if err != nil {
				return err
			}
			api, err := conformance.API(c)
			if err != nil {
				return err
			}
			// What `test` refuses is refused here, before anything is sent.
			if err := suite.Validate(suite.Config{Contract: c, API: api, Target: t, Seed: o.seed}); err != nil {
				return asExit(err)
			}
			if err := reachable(command.Context(), t); err != nil {
				return err
			}
			return diagnose(s.Out, c, api, t)
		},
	}
	o.flags(c.Flags())
	return c
}

// reachable makes sure that something answers there, by one read.
func reachable(ctx context.Context, t suite.Target) error {
	if said, err := ask(ctx, t.Transport, t.URL); said.status == 0 {
		return exit(ExitTarget, "the target %s can't be reached: %w; start it, or correct its url", t.URL, err)
	}
	return nil
}

func diagnose(w io.Writer, c *contract.Contract, api suite.API, t suite.Target) error {
	missing := map[string][]string{}
	for _, r := range c.Requirements {
		for _, n := range needs(r, api) {
			if !t.Has(n) && !slices.Contains(missing[n], r.ID) {
				missing[n] = append(missing[n], r.ID)
			}
		}
	}
	fmt.Fprintf(w, "%s at %s, %s reading\n", c.Name, t.URL, orAccepting(t.Reading))
	var undecided []string
	for _, ids := range missing {
		undecided = append(undecided, ids...)
	}
	slices.Sort(undecided)
	undecided = slices.Compact(undecided)
	fmt.Fprintf(w, "%d of %d requirements can be decided\n", len(c.Requirements)-len(undecided), len(c.Requirements))
	names := make([]string, 0, len(missing))
	for n := range missing {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		fmt.Fprintf(w, "missing %s: %s stay undetermined\n", n, strings.Join(missing[n], ", "))
	}
	if t.Worlds == "" {
		fmt.Fprintln(w, "the target has no worlds: cases share its state, and what they make is cleaned up as far as the contract allows")
	}
	return nil
}

func needs(r *contract.Requirement, api suite.API) []string {
	all := slices.Clone(r.Needs)
	for _, c := range api.Cases {
		if c.Requirement == r.ID {
			all = append(all, c.Needs...)
		}
	}
	return all
}

func orAccepting(reading string) string {
	if reading == "" {
		return suite.Accepting
	}
	return reading
}
