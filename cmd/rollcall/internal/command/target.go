package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// targetOptions say what to test: a mock started here, a running mock, or
// anything that a target file describes.
type targetOptions struct {
	url, config, reading string
	variants, defects    []string
	seed                 uint64
	listen               bool   // a mock that is started here gets an address
	stop                 func() // ends what was started here, nil when nothing was
}

// close ends what resolve has started.
func (o *targetOptions) close() {
	if o.stop != nil {
		o.stop()
	}
}

// resolve gives the target. A target that answers neither as a mock nor has a
// file is tested with what the command line says.
func (o *targetOptions) resolve(c *contract.Contract) (suite.Target, error) {
	t, err := o.find(c)
	if err != nil {
		return t, err
	}
	if o.reading != "" {
		t.Reading = o.reading
	}
	return t, nil
}

func (o *targetOptions) find(c *contract.Contract) (suite.Target, error) {
	if o.config != "" {
		t, err := readTarget(o.config)
		if err == nil && o.url != "" {
			t.URL = o.url
		}
		if err == nil && t.URL == "" {
			return t, exit(ExitUsage, "%s names no url, and there is no --target; give one of them", o.config)
		}
		return t, err
	}
	if o.url == "" {
		seed := o.seed
		if seed == 0 {
			seed = 1
		}
		all, err := together(c)
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
	return o.discover(c)
}

// discover asks a running mock for its credentials; a target that is no mock
// must come with a target file.
func (o *targetOptions) discover(c *contract.Contract) (suite.Target, error) {
	base := strings.TrimSuffix(o.url, "/")
	client := &http.Transport{ResponseHeaderTimeout: 10 * time.Second, MaxIdleConnsPerHost: 16}
	t, err := describe(c.Name, base, client)
	if err != nil {
		if root, cut := strings.CutSuffix(base, "/"+c.Name); cut {
			t, err = describe(c.Name, root, client)
		}
	}
	if err == nil {
		t.Transport = nil
		return t, nil
	}
	if res, reach := (&http.Client{Transport: client}).Get(base); reach != nil {
		return t, exit(ExitTarget, "the target %s can't be reached: %w; start it, or correct --target", base, reach)
	} else {
		io.Copy(io.Discard, res.Body) //nolint:errcheck // only the connection matters
		res.Body.Close()
	}
	return t, exit(ExitUsage, "%s does not say who may call it (%w). A target that is not the mock needs --config target.yaml with url and personas; see README, \"Testing something else\"", base, err)
}

func readTarget(file string) (suite.Target, error) {
	var t suite.Target
	raw, err := os.ReadFile(file)
	if err != nil {
		return t, exit(ExitUsage, "--config: %w", err)
	}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	d.KnownFields(true)
	if err := d.Decode(&t); err != nil && !errors.Is(err, io.EOF) {
		return t, exit(ExitUsage, "--config %s: %w", file, err)
	}
	for name, p := range t.Personas {
		for h, v := range p.Headers {
			p.Headers[h] = os.ExpandEnv(v)
		}
		t.Personas[name] = p
	}
	if _, ok := t.Personas[suite.DefaultPersona]; !ok {
		return t, exit(ExitUsage, "--config %s has no persona %q; it is the one that calls unless a case asks for another", file, suite.DefaultPersona)
	}
	return t, nil
}

// asExit gives a suite error its exit code.
func asExit(err error) error {
	var unreachable *suite.Unreachable
	var config *suite.ConfigError
	switch {
	case errors.As(err, &unreachable):
		return &Exit{Code: ExitTarget, Err: err}
	case errors.As(err, &config):
		return &Exit{Code: ExitUsage, Err: err}
	case err != nil:
		return &Exit{Code: ExitTarget, Err: fmt.Errorf("the run could not be finished: %w", err)}
	}
	return nil
}
