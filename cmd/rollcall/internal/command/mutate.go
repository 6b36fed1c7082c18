package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance/mutation"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
	"rollcall/mockserver/defect"
	"rollcall/reports"
	"rollcall/specs/contract"
)

type mutateOptions struct {
	json    string
	only    []string
	sample  int
	workers int
}

// mostWorkers is beyond any machine's processors.
const mostWorkers = 1024

func newMutate(s Streams) *cobra.Command {
	o := &mutateOptions{}
	c := &cobra.Command{
		Use:   "mutate [contract ...]",
		Short: "Prove the suite: every defect must be noticed by a case of its own requirement",
		RunE:  func(c *cobra.Command, names []string) error { return runMutate(c.Context(), s, o, names) },
	}
	f := c.Flags()
	f.StringVar(&o.json, "json", "", "write the matrix; with several contracts, a list of them")
	f.StringArrayVar(&o.only, "only", nil, "only defects whose name matches the pattern (repeatable)")
	intFlag(f, &o.sample, "sample", 0, 0, math.MaxInt32,
		"only this many of each contract's defects, chosen by a fixed seed; 0 means all")
	intFlag(f, &o.workers, "workers", runtime.NumCPU(), 1, 1024, "defects at a time")
	return c
}

func runMutate(ctx context.Context, s Streams, o *mutateOptions, names []string) error {
	if o.sample < 0 || o.workers < 1 || o.workers > mostWorkers {
		return exit(ExitUsage, "--sample %d and --workers %d: give 0 or more defects, and 1 to %d at a time",
			o.sample, o.workers, mostWorkers)
	}
	used := places{}.contract(names...).write("--json", o.json)
	if err := errors.Join(cli.Writable("json", o.json), used.apart()); err != nil {
		return err
	}
	contracts, err := loadAll(names)
	if err != nil {
		return err
	}
	var all []*reports.Matrix
	for _, c := range contracts {
		m, err := mutate(ctx, s, o, c)
		if err != nil {
			return err
		}
		if err := reports.WriteMatrixConsole(s.Out, m, reports.Style(s.Colour)); err != nil {
			return err
		}
		all = append(all, m)
	}
	if err := writeMatrices(ctx, o.json, all); err != nil {
		return err
	}
	for _, m := range all {
		if len(m.Survived) > 0 {
			return &Exit{Code: ExitFindings}
		}
	}
	return nil
}

func mutate(ctx context.Context, s Streams, o *mutateOptions, c *contract.Contract) (*reports.Matrix, error) {
	plan, err := mockserver.Plan(c)
	if err != nil {
		return nil, exit(ExitContract, "%w", err)
	}
	known, err := mutants.List(plan)
	if err != nil {
		return nil, exit(ExitContract, "%w", err)
	}
	chosen, err := choose(known, o)
	if err != nil {
		return nil, err
	}
	all, err := withCompanions(c)
	if err != nil {
		return nil, err
	}
	sound, err := mockserver.New(mockserver.Config{Contracts: all, Seed: 1, Size: fixtures.Small})
	if err != nil {
		return nil, exit(ExitContract, "%w", err)
	}
	cfg := mutation.Config{Contract: c, Reasons: plan.API.Excuses, Workers: o.workers, Version: Version,
		Partial: len(o.only) > 0 || o.sample > 0,
		Launch: func(name string) (suite.Target, func(), error) {
			broken, err := sound.Broken(slices.DeleteFunc([]string{name}, func(one string) bool { return one == "" }))
			if err != nil {
				return suite.Target{}, nil, err
			}
			t, err := inProcessTarget(c.Name, broken)
			return t, func() {}, err
		}}
	for _, d := range chosen {
		cfg.Mutants = append(cfg.Mutants, mutation.Mutant{Name: d.ID(), Requirement: d.Requirement, Operations: d.Operations,
			Excuse: d.Excuse})
	}
	if s.Terminal {
		cfg.Progress = func(done, total int, name string, _ bool) {
			fmt.Fprintf(s.Err, "\r\033[K%s: %d of %d  %s", c.Name, done, total, name)
		}
	}
	m, err := mutation.Run(ctx, cfg)
	if s.Terminal {
		fmt.Fprint(s.Err, "\r\033[K")
	}
	switch {
	case ctx.Err() != nil:
		return nil, exit(ExitInconclusive, "interrupted: %s is proved in part, and nothing is written", c.Name)
	case errors.As(err, new(*mutation.Unsound)):
		return nil, &Exit{Code: ExitFindings, Err: err}
	case err != nil:
		return nil, &Exit{Code: ExitTarget, Err: err}
	}
	return m, nil
}

// choose narrows the defects down; a pattern that matches none is an error.
func choose(all []defect.Defect, o *mutateOptions) ([]defect.Defect, error) {
	chosen := all
	if len(o.only) > 0 {
		chosen = nil
		for _, pattern := range o.only {
			n := len(chosen)
			found := false
			for _, d := range all {
				if matches(pattern, d) {
					found = true
					// by an earlier pattern
					if !slices.ContainsFunc(chosen[:n], func(o defect.Defect) bool { return o.ID() == d.ID() }) {
						chosen = append(chosen, d)
					}
				}
			}
			if !found {
				return nil, exit(ExitUsage, "--only %q matches no defect; `rollcall list defects` prints them all", pattern)
			}
		}
	}
	if o.sample > 0 && o.sample < len(chosen) {
		r := rand.New(rand.NewPCG(1, 2))
		chosen = slices.Clone(chosen)
		r.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
		chosen = chosen[:o.sample]
	}
	return chosen, nil
}

// matches compares a pattern with a defect's requirement, or with its whole name
// when the pattern has a slash.
func matches(pattern string, d defect.Defect) bool {
	return suite.Matches(pattern, d.Requirement) || strings.Contains(pattern, "/") && suite.Matches(pattern, d.ID())
}

func writeMatrices(ctx context.Context, file string, all []*reports.Matrix) error {
	if file == "" {
		return nil
	}
	var b bytes.Buffer
	var err error
	if len(all) == 1 {
		err = reports.WriteMatrixJSON(&b, all[0])
	} else {
		b.WriteString("[\n")
		for i, m := range all {
			if i > 0 {
				b.WriteString(",\n")
			}
			err = errors.Join(err, reports.WriteMatrixJSON(&b, m))
		}
		b.WriteString("]\n")
	}
	if err != nil {
		return err
	}
	return cli.WriteFile(ctx, file, b.Bytes())
}
