package command

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

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
	if (o.config != "" || o.url != "") && len(o.defects)+len(o.variants) > 0 {
		return suite.Target{}, exit(ExitUsage, "--defect and --variant are for a mock started here; leave out --target and --config, or start the mock with them")
	}
	if u, err := url.Parse(o.url); o.url != "" && (err != nil || u.Scheme == "" || u.Host == "") {
		return suite.Target{}, exit(ExitUsage, "--target %q is no URL; write it as http://host:port", o.url)
	}
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
	if err := carried(o.token); err != nil {
		return suite.Target{}, err
	}
	base := strings.TrimSuffix(o.url, "/")
	client := &http.Transport{ResponseHeaderTimeout: 10 * time.Second, MaxIdleConnsPerHost: 16}
	t, err := describe(c.Name, base, withToken{client, o.token})
	if err != nil {
		if root, cut := strings.CutSuffix(base, "/"+c.Name); cut {
			t, err = describe(c.Name, root, withToken{client, o.token})
		}
	}
	if err == nil {
		t.Transport = nil
		return owned(t, o.token), nil
	}
	if wants := new(guarded); errors.As(err, &wants) {
		return t, wants.told(base, o.token)
	}
	if res, reach := (&http.Client{Transport: client}).Get(base); reach != nil {
		return t, exit(ExitTarget, "the target %s can't be reached: %w; start it, or correct --target", base, reach)
	} else {
		io.Copy(io.Discard, res.Body) //nolint:errcheck // only the connection matters
		res.Body.Close()
	}
	return t, exit(ExitUsage, "%s does not say who may call it (%w). A target that is not the mock needs --config target.yaml with url and personas; see README, \"For vendors\"", base, err)
}

func readTarget(file string) (suite.Target, error) {
	var t suite.Target
	raw, err := os.ReadFile(file)
	if err != nil {
		return t, exit(ExitUsage, "--config: %w", err)
	}
	if err := decodeTarget(raw, &t); err != nil {
		return t, exit(ExitUsage, "--config %s: %w", file, err)
	}
	if err := expand(&t); err != nil {
		return t, exit(ExitUsage, "--config %s: %w", file, err)
	}
	if _, ok := t.Personas[suite.DefaultPersona]; !ok {
		return t, exit(ExitUsage, "--config %s has no persona %q; it is the one that calls unless a case asks for another", file, suite.DefaultPersona)
	}
	return t, nil
}

// decodeTarget reads YAML; an empty file says nothing.
func decodeTarget(raw []byte, t *suite.Target) error {
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil || doc.IsZero() {
		return err
	}
	datesAreText(&doc)
	return doc.Load(t, yaml.WithKnownFields())
}

// datesAreText takes a day that is written without quotes for the text it is: the
// library would refuse it where a text is wanted.
func datesAreText(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		datesAreText(child)
	}
}

// expand fills in the variables of the environment, where a target file keeps no
// secrets. One that is not set is an error: an empty credential would be tried.
func expand(t *suite.Target) error {
	var unset []string
	fill := func(values map[string]string) {
		for name, v := range values {
			values[name] = os.Expand(v, func(key string) string {
				value, ok := os.LookupEnv(key)
				if !ok {
					unset = append(unset, "$"+key)
				}
				return value
			})
		}
	}
	for _, p := range t.Personas {
		fill(p.Headers)
	}
	fill(t.WorldHeaders)
	fill(t.Given)
	if len(unset) > 0 {
		slices.Sort(unset)
		return fmt.Errorf("%s is not set; export it, or write the value into the file", strings.Join(slices.Compact(unset), ", "))
	}
	return nil
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
