package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

type testOptions struct {
	target targetOptions
	only   []string
	rate   float64
	procs  int
	failOn string
	ledger string
	sweep  string
	files  reportFiles
}

func newTest(s Streams) *cobra.Command {
	o := &testOptions{target: targetOptions{streams: s}}
	c := &cobra.Command{
		Use:   "test <contract>",
		Short: "Judge a target by a contract",
		Long: "Runs the suite of a contract against a target. Without --target it starts a mock in this\n" +
			"process; a running mock tells the suite its credentials; anything else needs --config.",
		Args: oneContract,
		RunE: func(c *cobra.Command, args []string) error { return runTest(c.Context(), s, o, args[0]) },
	}
	f := c.Flags()
	o.target.flags(f)
	f.StringArrayVar(&o.only, "only", nil, "decide only requirements or operations that match the pattern (repeatable)")
	floatFlag(f, &o.rate, "rate", 0, 0, 1_000_000, "requests a second at most; 0 is unlimited")
	intFlag(f, &o.procs, "procs", 1, 1, 256, "processes to run the cases in, at the same time")
	f.StringVar(&o.failOn, "fail-on", reports.FailOnMust, "what decides: must, what the documents demand; should, what was inferred from them as well")
	f.StringVar(&o.ledger, "ledger", "", "file for what is made on a target without worlds, until it is taken back (default: one in the user's cache folder)")
	f.StringVar(&o.sweep, "sweep", "", "take back what a killed run has left in its ledger FILE, and test nothing")
	o.files.flags(f)
	return c
}

func oneContract(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return errors.New("name one contract; `rollcall list contracts` prints them")
	}
	return nil
}

func runTest(ctx context.Context, s Streams, o *testOptions, name string) error {
	c, err := loadOne(name)
	if err != nil {
		return err
	}
	if err := o.check(); err != nil {
		return err
	}
	if o.sweep != "" {
		return runSweep(ctx, s, o, c)
	}
	o.target.listen = o.procs > 1
	target, err := o.target.resolve(ctx, c)
	if err != nil {
		return err
	}
	defer o.target.close()
	config, err := o.suiteConfig(s, c, target)
	if err != nil {
		return err
	}
	run, err := conformance.Run(ctx, config)
	if s.Terminal {
		fmt.Fprint(s.Err, "\r\033[K")
	}
	if err != nil {
		return errors.Join(asExit(err), printLeft(s, c, config.Ledger))
	}
	failed := o.report(ctx, s, run)
	return conclude(run, errors.Join(failed, printLeft(s, c, config.Ledger)))
}

// check refuses what can't be meant, before anything is started.
func (o *testOptions) check() error {
	if o.failOn != reports.FailOnMust && o.failOn != reports.FailOnShould {
		return exit(ExitUsage, "--fail-on %q: use %s or %s", o.failOn, reports.FailOnMust, reports.FailOnShould)
	}
	if problem := suite.RateProblem(o.rate); problem != "" {
		return exit(ExitUsage, "--rate %v: %s", o.rate, problem)
	}
	if o.procs < 1 || o.procs > suite.MostProcs {
		return exit(ExitUsage, "--procs %d: give a number from 1 to %d", o.procs, suite.MostProcs)
	}
	return o.files.check(map[string]string{"--config": o.target.config, "--ledger": o.ledger, "--sweep": o.sweep})
}

// conclude gives the exit code of a run. A report that could not be written changes
// only the code of a run that is fine otherwise: both are said.
func conclude(run *reports.Run, failed error) error {
	code := Code(run.Exit())
	if failed == nil && code == ExitFine {
		return nil
	}
	if failed == nil {
		return &Exit{Code: code}
	}
	verdict := fmt.Sprintf("the verdict of the run stands: %s, exit code %d", run.Outcome(), code)
	if code == ExitFine {
		verdict = fmt.Sprintf("the run itself is %s; the exit code is %d for what could not be written", run.Outcome(), ExitUsage)
		code = ExitUsage
	}
	return &Exit{Code: code, Err: fmt.Errorf("%w\n%s", failed, verdict)}
}

func (o *testOptions) suiteConfig(s Streams, c *contract.Contract, target suite.Target) (suite.Config, error) {
	executable, err := os.Executable()
	if err != nil {
		return suite.Config{}, err
	}
	config := suite.Config{
		Contract: c, Target: target, Only: o.only, Seed: o.target.seed, Version: Version, Rate: o.rate, Progress: progress(s),
		Secrets: s.Secrets, Waiting: waiting(s), Procs: o.procs, Executable: executable, Ledger: o.ledger,
	}
	if o.failOn == reports.FailOnShould {
		config.FailOn = o.failOn
	}
	if config.Ledger == "" && target.Worlds == "" {
		config.Ledger = defaultLedger(c.Name)
	}
	return config, nil
}

// report prints the run and writes the files that were asked for.
func (o *testOptions) report(ctx context.Context, s Streams, run *reports.Run) error {
	failed := reports.WriteConsole(s.Out, run, reports.Style(s.Colour))
	if failed == nil && run.Exit() == int(ExitFindings) && strings.HasPrefix(run.Target.URL, inProcess) {
		fmt.Fprintf(s.Out, "The mock ran inside this process. To repeat a request, start `rollcall mock %s` with the same defects and put its address into the line.\n", run.Contract)
	}
	return errors.Join(failed, o.files.write(ctx, run))
}

// waiting tells that nothing is broken while the run waits.
func waiting(s Streams) func(time.Duration) {
	return func(wait time.Duration) {
		if wait >= time.Second {
			fmt.Fprintf(s.Err, "rollcall: the target limits the rate (429) and asks to wait %s\n", wait)
		}
	}
}

// progress draws a live count on a terminal, and nothing elsewhere.
func progress(s Streams) func(suite.Progress) {
	if !s.Terminal {
		return nil
	}
	return func(p suite.Progress) {
		fmt.Fprintf(s.Err, "\r\033[K%d of %d  %s", p.Done, p.Total, p.Requirement)
	}
}
