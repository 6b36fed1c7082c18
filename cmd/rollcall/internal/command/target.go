package command

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// targetOptions say what to test: a mock started here, a running mock, or
// anything that a target file describes.
type targetOptions struct {
	url, config, reading string
	token                string // of the control API of a running mock
	variants, defects    []string
	seed                 uint64
	listen               bool   // a mock that is started here gets an address
	stop                 func() // ends what was started here, nil when nothing was
	streams              Streams
}

// close ends what resolve has started.
func (o *targetOptions) close() {
	if o.stop != nil {
		o.stop()
	}
}

// resolve gives the target. A target that answers neither as a mock nor has a
// file is tested with what the command line says.
func (o *targetOptions) resolve(ctx context.Context, c *contract.Contract) (suite.Target, error) {
	t, err := o.find(ctx, c)
	if err != nil {
		return t, err
	}
	if o.streams.Secrets != nil { // none for a command whose very answer is a credential
		suite.RegisterSecrets(&t, o.streams.Secrets)
	}
	if o.reading != "" {
		if o.reading != suite.Strict && o.reading != suite.Accepting {
			return t, exit(ExitUsage, "--reading %q is unknown: use %s or %s", o.reading, suite.Strict, suite.Accepting)
		}
		t.Reading = o.reading
	}
	return t, nil
}

func (o *targetOptions) find(ctx context.Context, c *contract.Contract) (suite.Target, error) {
	if (o.config != "" || o.url != "") && len(o.defects)+len(o.variants) > 0 {
		return suite.Target{}, exit(ExitUsage,
			"--defect and --variant are for a mock started here; leave out --target and --config, or start the mock with them")
	}
	if o.streams.Secrets != nil {
		o.streams.Secrets.URL(o.url) // which errors name before there is a target
	}
	if problem := suite.URLProblem(o.url); o.url != "" && problem != "" {
		return suite.Target{}, exit(ExitUsage, "--target %s", problem)
	}
	if o.config != "" {
		t, err := readTarget(ctx, o.config, o.streams.Env)
		if err == nil && o.url != "" {
			t.URL = o.url
			t.Source.Forget("url") // it was not read there
		}
		if err == nil && t.URL == "" {
			return t, exit(ExitUsage, "%s: there is none, and no --target; give one of them", t.At("url"))
		}
		return t, err
	}
	if o.url == "" {
		seed := o.seed
		if seed == 0 {
			seed = 1
		}
		all, err := withCompanions(c)
		if err != nil {
			return suite.Target{}, err
		}
		start := mockTarget
		if o.listen {
			start = o.listeningTarget
		}
		t, err := start(c, all, seed, o.defects, o.variants)
		if err != nil {
			return t, exit(ExitUsage, "%w", err)
		}
		return t, nil
	}
	return o.discover(ctx, c)
}

// discover asks a running mock for its credentials; a target that is no mock
// must come with a target file.
func (o *targetOptions) discover(ctx context.Context, c *contract.Contract) (suite.Target, error) {
	if err := checkToken(o.token); err != nil {
		return suite.Target{}, err
	}
	base := strings.TrimSuffix(o.url, "/")
	through := withToken{http.DefaultTransport, o.token}
	t, err := describe(ctx, c.Name, base, through)
	if err != nil {
		if root, cut := strings.CutSuffix(base, "/"+c.Name); cut {
			t, err = describe(ctx, c.Name, root, through)
		}
	}
	if err == nil {
		t.Transport = nil
		return withWorldToken(t, o.token), nil
	}
	if wants := new(tokenWanted); errors.As(err, &wants) {
		return t, wants.explain(base, o.token)
	}
	if errors.Is(err, errNoEnd) {
		return t, exit(ExitTarget, "the target can't be asked who may call it: %w; correct --target, or give --config", err)
	}
	if said, reach := ask(ctx, nil, base); said.status == 0 {
		return t, exit(ExitTarget, "the target %s can't be reached: %w; start it, or correct --target", base, reach)
	}
	return t, exit(ExitUsage,
		"%s does not say who may call it (%w). A target that is not the mock needs --config target.yaml with url and "+
			"personas; see README, \"For vendors\"", base, err)
}

// asExit gives a suite error its exit code.
func asExit(err error) error {
	var unreachable *suite.Unreachable
	var config *suite.ConfigError
	var keyless *suite.Keyless
	switch {
	case errors.As(err, &unreachable), errors.As(err, &keyless):
		return &Exit{Code: ExitTarget, Err: err}
	case errors.As(err, &config):
		return &Exit{Code: ExitUsage, Err: err}
	case err != nil:
		return &Exit{Code: ExitTarget, Err: fmt.Errorf("the run could not be finished: %w", err)}
	}
	return nil
}
