package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

type testOptions struct {
	target   targetOptions
	only     []string
	rate     float64
	procs    int
	failOn   string
	profile  string
	shard    string
	readOnly bool
	yes      bool
	keep     bool
	ledger   string
	sweep    string
	files    reportFiles
	view     view
	// how the mock was started, here or elsewhere
	defects, variants []string
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
	o.manner(f)
	f.StringArrayVar(&o.only, "only", nil, "decide only requirements or operations that match the pattern (repeatable)")
	intFlag(f, &o.procs, "procs", 0, 0, suite.MostProcs,
		"processes to run the cases in, at the same time; 0 chooses by the time the target takes to answer")
	f.StringVar(&o.profile, "profile", "", "what is decided: "+strings.Join(contract.Profiles(), ", ")+" (default: full)")
	f.StringVar(&o.shard, "shard", "",
		"run one part of several, as in 2/5; `rollcall report merge` puts their run files together")
	f.BoolVar(&o.readOnly, "read-only", false, "send no write at all; what needs one stays undetermined")
	f.StringVar(&o.failOn, "fail-on", reports.FailOnMust,
		"what decides: must, what the documents demand; should, what was inferred from them as well")
	textFlag(f, &o.sweep, "sweep", "take back what a killed run has left in its ledger FILE, and test nothing")
	o.files.flags(f)
	o.view.flags(f)
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
	if err := o.check(c.Name, places{}.contract(name)); err != nil {
		return err
	}
	if err := o.files.readProof(ctx, c.Name, c.Digest); err != nil {
		return err
	}
	if o.sweep != "" {
		if len(o.only) > 0 {
			return exit(ExitUsage, "--sweep takes back all that a run has left, and tests nothing: leave --only out")
		}
		return runSweep(ctx, s, o, c)
	}
	return o.goAbout(ctx, s, c, func(ctx context.Context, config suite.Config) error {
		o.files.expect(c.Name, s.Outputs)
		run, err := conformance.Run(ctx, config)
		clearProgress(s)
		if err != nil {
			return errors.Join(asExit(err), printLeft(s, c, config.Ledger))
		}
		o.tell(run)
		return conclude(run, errors.Join(o.report(ctx, s, run), printLeft(s, c, config.Ledger)))
	})
}

// warn tells what keeps nothing from being run.
func (o *testOptions) warn(s Streams, c *contract.Contract, target suite.Target) error {
	warnings := suite.Warnings(&target, time.Now())
	if o.target.config != "" {
		api, err := conformance.API(c)
		if err != nil {
			return err
		}
		odd, err := strange(c, api, target)
		if err != nil {
			return err
		}
		warnings = append(warnings, odd...)
	}
	for _, warning := range warnings {
		fmt.Fprintln(s.Err, "rollcall: "+oneLine(warning))
	}
	return nil
}

// check refuses what can't be meant, before anything is started.
func (o *testOptions) check(contract string, used places) error {
	if o.failOn != reports.FailOnMust && o.failOn != reports.FailOnShould {
		return exit(ExitUsage, "--fail-on %q: use %s or %s", o.failOn, reports.FailOnMust, reports.FailOnShould)
	}
	if problem := suite.RateProblem(o.rate); problem != "" {
		return exit(ExitUsage, "--rate %v: %s", o.rate, problem)
	}
	if _, err := suite.ParseShard(o.shard); err != nil {
		return exit(ExitUsage, "--shard: %w", err)
	}
	if err := errors.Join(o.view.check(), cli.Writable("ledger", o.ledger)); err != nil {
		return err
	}
	used = used.read("--config", o.target.config).write("--ledger", o.ledger)
	if o.sweep != o.ledger {
		used = used.write("--sweep", o.sweep)
	}
	return o.files.check(contract, used)
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

// tell notes in the run what the suite does not know of it: what it was built from, and
// how the mock was started.
func (o *testOptions) tell(run *reports.Run) {
	run.SuiteCommit = cli.Commit()
	if len(o.defects)+len(o.variants) > 0 || o.target.config != "" {
		if run.Options == nil {
			run.Options = &reports.Options{}
		}
		run.Options.Defects, run.Options.Variants, run.Options.Config = o.defects, o.variants, o.target.config
	}
	run.Summarise()
}

// self is where this program is. Where the system does not tell, as in a root without
// /proc, it is where it was called.
func self() (string, error) {
	if path, err := os.Executable(); err == nil {
		return path, nil
	}
	path, err := exec.LookPath(os.Args[0])
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

func (o *testOptions) suiteConfig(
	ctx context.Context, s Streams, c *contract.Contract, target suite.Target,
) (suite.Config, error) {
	executable, err := self()
	if err != nil {
		return suite.Config{}, err
	}
	shard, _ := suite.ParseShard(o.shard) // checked at the start
	config := suite.Config{
		Contract: c, Target: target, Only: o.only, Seed: o.target.seed, Version: Version, Rate: o.rate,
		Progress: progress(s, time.Now),
		Secrets:  s.Secrets, Waiting: waiting(s), Procs: o.procs, Executable: executable, Ledger: o.ledger,
		Profile: o.profile, Shard: shard, ReadOnly: o.readOnly, Yes: o.yes, KeepWorlds: o.keep,
	}
	if config.Procs == 0 {
		config.Procs = target.Procs
	}
	if config.Procs == 0 {
		config.Procs = suite.ProcsFor(ctx, config)
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
	failed := o.view.print(s, run)
	if failed == nil && !o.view.quiet && run.Summary.Fail+run.Summary.Missed > 0 && strings.HasPrefix(run.Target.URL, inProcess) {
		fmt.Fprintf(s.Out,
			"The mock ran inside this process. To repeat single requests, start `rollcall mock %s` with the same defects: "+
				"the page (--html FILE) has a curl line for each, for its address.\n", run.Named())
	}
	return errors.Join(failed, o.files.write(ctx, run, s.Outputs), tellGitHub(ctx, s, run))
}

// waiting tells that nothing is broken while the run waits.
func waiting(s Streams) func(time.Duration) {
	return func(wait time.Duration) {
		if wait >= time.Second {
			fmt.Fprintf(s.Err, "rollcall: the target limits the rate (429) and asks to wait %s\n", wait)
		}
	}
}
