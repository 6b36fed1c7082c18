package command

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance/certificate"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/userfile"
)

// year is how long a certificate holds that says nothing else, and longestValid how long it may.
const (
	year         = 365 * 24 * time.Hour
	longestValid = 5 * year
)

type certifyOptions struct {
	test     testOptions
	key, out string
	validFor time.Duration
}

func newCertify(s Streams) *cobra.Command {
	o := &certifyOptions{test: testOptions{target: targetOptions{streams: s}, failOn: reports.FailOnMust}}
	c := &cobra.Command{
		Use:   "certify <contract>",
		Short: "Judge a target and sign the result, for others to check",
		Long: "Runs the whole suite and writes one file: the run with all exchanges, secrets cut out, the contract, and an\n" +
			"in-toto statement signed with Ed25519. `rollcall report verify` recomputes the verdicts from it, offline.\n" +
			"A run that is not conformant is certified as what it is. Exit codes are those of test.\n" +
			"There is no --procs: the clock of a run that is played again moves with its exchanges, so that one case follows\n" +
			"the other, in one process.",
		Args: oneContract,
		RunE: func(c *cobra.Command, args []string) error { return runCertify(c.Context(), s, o, args[0]) },
	}
	f := c.Flags()
	o.test.target.flags(f)
	f.StringVar(&o.key, "key", "", "private Ed25519 key in PEM; `rollcall certify keygen` writes one")
	f.StringVar(&o.out, "out", "", "where the bundle goes (default: <contract>.rollcall.tar)")
	durationFlag(f, &o.validFor, "valid-for", year, time.Minute, longestValid, "how long the certificate holds, as in 720h")
	o.test.manner(f)
	o.test.view.flags(f)
	c.AddCommand(newKeygen(s))
	return c
}

func (o *certifyOptions) check(ctx context.Context, contract, name string) (ed25519.PrivateKey, error) {
	if o.key == "" {
		return nil, exit(ExitUsage, "--key is missing; `rollcall certify keygen` writes one")
	}
	if o.out == "" {
		o.out = contract + ".rollcall.tar"
	}
	if err := cli.Writable("out", o.out); err != nil {
		return nil, err
	}
	used := places{}.contract(name).read("--key", o.key).write("--out", o.out)
	if err := o.test.check(contract, used); err != nil {
		return nil, err
	}
	text, err := userfile.Read(ctx, o.key, mostConfig)
	if err != nil {
		return nil, exit(ExitUsage, "--key: %w", err)
	}
	key, err := certificate.PrivateKey(text)
	if err != nil {
		return nil, exit(ExitUsage, "--key %s: %w", o.key, err)
	}
	return key, nil
}

func runCertify(ctx context.Context, s Streams, o *certifyOptions, name string) error {
	c, err := loadOne(name)
	if err != nil {
		return err
	}
	key, err := o.check(ctx, c.Name, name)
	if err != nil {
		return err
	}
	// Several processes would each have a clock of their own, and which of two exchanges was first
	// would be told by none: what a case reads of the time could not be recomputed.
	o.test.procs = 1
	return o.test.goAbout(ctx, s, c, func(ctx context.Context, config suite.Config) error {
		run, bundle, err := certificate.Issue(ctx, certificate.Order{
			Config: config, Key: key, ValidFor: o.validFor, Finish: o.test.tell})
		clearProgress(s)
		if err != nil {
			return errors.Join(asExit(err), printLeft(s, c, config.Ledger))
		}
		failed := errors.Join(o.test.view.print(s, run), cli.WriteFile(ctx, o.out, bundle), printLeft(s, c, config.Ledger))
		if failed == nil {
			own := ""
			if c.Path != "" {
				own = " --contract " + run.Named()
			}
			fmt.Fprintf(s.Out, "certified as %s: %s, signed by %s\n`rollcall report verify %s --key PUBLIC%s` checks it.\n",
				run.Outcome(), o.out, certificate.KeyID(key.Public().(ed25519.PublicKey)), o.out, own)
		}
		return conclude(run, failed)
	})
}

func newKeygen(s Streams) *cobra.Command {
	out := ""
	c := &cobra.Command{
		Use:   "keygen",
		Short: "Write a pair of keys: FILE, which stays with you, and FILE.pub, which others check with",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			private, public, err := certificate.NewKey()
			if err != nil {
				return err
			}
			if err := writeKey(out, private, 0o600); err != nil {
				return err
			}
			if err := writeKey(out+".pub", public, 0o644); err != nil {
				return errors.Join(err, os.Remove(out)) // half a pair is of no use
			}
			key, err := certificate.PublicKey(public)
			fmt.Fprintf(s.Out, "%s: keep it to yourself\n%s.pub: give it to whoever verifies your certificates\nkey id %s\n",
				out, out, certificate.KeyID(key))
			return err
		},
	}
	c.Flags().StringVar(&out, "out", "rollcall.key", "the file of the private key")
	return c
}

// writeKey makes a file, and never writes over one.
func writeKey(path string, content []byte, mode os.FileMode) error {
	err := cli.NewFile(path, content, mode)
	if errors.Is(err, os.ErrExist) {
		return exit(ExitUsage, "%s is there already, and a key is never written over; give another name with --out", path)
	}
	if err != nil {
		return exit(ExitUsage, "--out: %w", err)
	}
	return nil
}
