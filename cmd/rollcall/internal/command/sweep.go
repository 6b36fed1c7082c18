package command

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// defaultLedger names a file of this run's own in the user's cache folder, or
// where there is none in the folder for temporary files.
func defaultLedger(contract string) string {
	name := fmt.Sprintf("%s-%s-%d.ledger", contract, time.Now().UTC().Format("20060102T150405"), os.Getpid())
	if cache, err := os.UserCacheDir(); err == nil {
		folder := filepath.Join(cache, "rollcall")
		if os.MkdirAll(folder, 0o700) == nil {
			return filepath.Join(folder, name)
		}
	}
	return filepath.Join(os.TempDir(), "rollcall-"+name)
}

// printLeft says what a run could not take back, and how to try again. What another one that
// is going on has not taken back yet is that one's.
func printLeft(s Streams, c *contract.Contract, ledger string) error {
	if ledger == "" || suite.InUse(ledger) != nil {
		return nil
	}
	lines, err := suite.Left(ledger)
	if err != nil || len(lines) == 0 {
		return err
	}
	fmt.Fprintf(fit(s.Err),
		"rollcall: the run has left something at the target; %s says what:\n  %s\nTry again with `rollcall test %s "+
			"--sweep %s` and the target of this run.\n",
		ledger, strings.Join(firstFew(lines), "\n  "), c.Name, reports.ShellQuote(ledger))
	return nil
}

func firstFew(lines []string) []string {
	const most = 5
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most:most], fmt.Sprintf("and %d more", len(lines)-most))
}

// runSweep takes back what a killed run has left. Without a target on the command
// line it is the one that the ledger names.
func runSweep(ctx context.Context, s Streams, o *testOptions, c *contract.Contract) error {
	if err := suite.InUse(o.sweep); err != nil {
		return asExit(err)
	}
	where, err := suite.LeftAt(o.sweep)
	if err != nil {
		return exit(ExitUsage, "--sweep: %w", err)
	}
	if o.target.url == "" && o.target.config == "" {
		o.target.url = where
	}
	target, err := o.target.resolve(ctx, c)
	if err != nil {
		return err
	}
	api, err := conformance.API(c)
	if err != nil {
		return err
	}
	swept, err := suite.Sweep(ctx, suite.Config{Contract: c, API: api, Target: target, Version: Version, Rate: o.rate}, o.sweep)
	if err != nil {
		return asExit(err)
	}
	whole := "everything is taken back"
	if len(swept.Stays) > 0 {
		whole = "everything that can be is taken back"
		fmt.Fprintf(fit(s.Out), "left at %s for good, where the contract has no way to take it back: %s\n", where,
			reports.CountsAndIDs(swept.Stays))
	}
	if len(swept.Left) == 0 {
		fmt.Fprintf(fit(s.Out), "%s; %s is removed\n", whole, o.sweep)
		return nil
	}
	return exit(ExitFindings, "this is left at %s:\n  %s\nRemove %s once you have seen to it", where,
		strings.Join(swept.Left, "\n  "), o.sweep)
}
