package command

import (
	"context"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"rollcall/conformance"
	"rollcall/conformance/client"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// diagnosis is what doctor finds, as --json prints it.
type diagnosis struct {
	Contract  string               `json:"contract"`
	URL       string               `json:"url"`
	Reading   string               `json:"reading"`
	Problem   string               `json:"problem,omitempty"` // why test would not start
	Warnings  []string             `json:"warnings,omitempty"`
	Personas  []letIn              `json:"personas"`
	LatencyMS float64              `json:"latency_ms"`
	SkewS     float64              `json:"clock_skew_s,omitempty"`
	Expires   *time.Time           `json:"certificate_expires,omitempty"`
	All       int                  `json:"requirements"`
	Decidable int                  `json:"decidable"`
	Missing   map[string][]string  `json:"missing,omitempty"` // need -> requirements that stay open without it
	Worlds    bool                 `json:"worlds"`
	Requests  int64                `json:"requests"`        // about so many
	Stays     map[string]int       `json:"stays,omitempty"` // what a run makes and can't take back, by operation
	Procs     int                  `json:"procs"`
	Seconds   float64              `json:"seconds"`            // about so long
	SettleS   float64              `json:"settle_s,omitempty"` // of it, so that what is written shows
	Learnt    []conformance.Lesson `json:"learnt,omitempty"`

	settling time.Duration // in all processes together
	personas []string      // that the contract's cases ask for: any other need is given
}

type letIn struct {
	Persona   string `json:"persona"`
	Operation string `json:"operation"`
	Status    int    `json:"status,omitempty"`
	Error     string `json:"error,omitempty"`
}

func newDoctor(s Streams) *cobra.Command {
	o := &targetOptions{streams: s}
	asJSON, learn := false, false
	c := &cobra.Command{
		Use:   "doctor <contract>",
		Short: "Look at a target before a run, without a single write",
		Long: "Reaches the target, reads once as each persona, and says what could be decided, what is missing and\n" +
			"how to give it, what a run would leave behind, and about how long it would take.\n" +
			"Exit 0 only if `test` would start.\n" +
			"With --learn, of a contract of your own: more reads confirm or correct how records are named and wrapped, and\n" +
			"how calls are refused; what to paste into behavior.yaml is printed.",
		Args: oneContract,
		RunE: func(command *cobra.Command, args []string) error {
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			t, err := o.resolve(command.Context(), c)
			if err != nil {
				return err
			}
			if learn && c.Behavior == nil {
				return exit(ExitUsage, "%s has no behavior that could be learnt: --learn is for a contract of your own", c.Name)
			}
			d, err := o.diagnose(command.Context(), c, t)
			if err == nil && learn && d.Problem == "" {
				d.Learnt, err = o.learn(command.Context(), c, t)
			}
			if err != nil {
				return asExit(err)
			}
			show := func(w io.Writer) error {
				if err := d.print(w); err != nil {
					return err
				}
				printLearnt(fit(w), d.Learnt)
				return nil
			}
			if asJSON {
				show = func(w io.Writer) error { return writeJSON(w, d) }
			}
			if err := show(s.Out); err != nil {
				return err
			}
			if d.Problem != "" {
				return exit(ExitTarget, "a run would not start: %s", d.Problem)
			}
			return nil
		},
	}
	o.flags(c.Flags())
	c.Flags().BoolVar(&learn, "learn", false, "look how the target names, wraps and refuses, for behavior.yaml")
	c.Flags().BoolVar(&asJSON, "json", false, "print what was found as JSON")
	return c
}

// diagnose looks at the target, and rehearses the run on a mock to count.
func (o *targetOptions) diagnose(ctx context.Context, c *contract.Contract, t suite.Target) (*diagnosis, error) {
	api, err := conformance.API(c)
	if err != nil {
		return nil, err
	}
	config := suite.Config{Contract: c, API: api, Target: t, Seed: o.seed, Secrets: o.streams.Secrets}
	// What `test` refuses is refused here, before anything is sent.
	if err := suite.Validate(config); err != nil {
		return nil, err
	}
	seen, err := suite.Look(ctx, config)
	if err != nil {
		return nil, err
	}
	d := &diagnosis{
		Contract: c.Name, URL: t.URL, Reading: orAccepting(t.Reading), Problem: seen.Problem,
		Warnings:  suite.Warnings(&t, time.Now()),
		LatencyMS: seen.Latency.Seconds() * 1000, SkewS: seen.Skew.Seconds(), All: len(c.Requirements), Worlds: t.Worlds != "",
		Personas: []letIn{}, Missing: lacking(c, api, t),
	}
	asked, err := wants(c, api)
	if err != nil {
		return nil, err
	}
	d.personas = named(asked.Personas)
	odd, err := strange(c, api, t)
	if err != nil {
		return nil, err
	}
	d.Warnings = append(d.Warnings, odd...)
	for _, one := range seen.Reads {
		d.Personas = append(d.Personas, letIn(one))
	}
	if !seen.Expires.IsZero() {
		d.Expires = &seen.Expires
	}
	if d.Requests, err = d.rehearse(ctx, c, t); err != nil {
		return nil, err
	}
	undecided := slices.Concat(slices.Collect(maps.Values(d.Missing))...)
	slices.Sort(undecided)
	d.Decidable = d.All - len(slices.Compact(undecided))
	d.estimate(ctx, config, seen.Latency)
	return d, nil
}

// estimate says about how long a run takes: its requests one after the other, in as many
// processes as test would take, but no faster than the rate allows.
func (d *diagnosis) estimate(ctx context.Context, config suite.Config, latency time.Duration) {
	if d.Procs = config.Target.Procs; d.Procs == 0 {
		config.Executable = "this program"
		d.Procs = suite.ProcsFor(ctx, config)
	}
	d.Seconds = (float64(d.Requests)*max(latency.Seconds(), 0.0005) + d.settling.Seconds()) / float64(d.Procs)
	d.SettleS = d.settling.Seconds() / float64(d.Procs)
	if rate := config.Target.Rate; rate > 0 {
		d.Seconds = max(d.Seconds, float64(d.Requests)/rate)
	}
}

// rehearse runs the suite on a mock that has what the target has, and counts requests; it
// notes what would stay, and what is missed only by a case on its way.
func (d *diagnosis) rehearse(ctx context.Context, c *contract.Contract, t suite.Target) (int64, error) {
	mock, err := rehearsal(c)
	if err != nil {
		return 0, err
	}
	for name := range mock.Personas {
		if _, has := t.Personas[name]; !has {
			delete(mock.Personas, name)
		}
	}
	maps.DeleteFunc(mock.Given, func(name, _ string) bool { return t.Given[name] == "" })
	if t.Worlds == "" {
		mock.Worlds = ""
	}
	mock.Readings = t.Readings
	api, err := conformance.API(c)
	if err != nil {
		return 0, err
	}
	var requests atomic.Int64
	of, shown := "", time.Duration(0) // the case that is on, and what its next read waits for
	run, err := suite.RunPlain(ctx, suite.Config{Contract: c, API: api, Target: mock, Seed: 1, Observe: func(e *client.Exchange) {
		requests.Add(1)
		if e.Case != of {
			of, shown = e.Case, 0
		}
		switch {
		case e.Operation == nil:
		case e.Operation.Reads():
			d.settling, shown = d.settling+shown, 0
		default:
			shown = max(shown, t.Settle.After(e.Operation.ID))
		}
	}})
	if err != nil {
		return 0, err
	}
	d.Stays = run.Left
	d.missed(run, t)
	return requests.Load(), nil
}

// missed adds what stayed open in a rehearsal for want of something under given that no
// requirement lists: a check of all operations asks for a second record, say.
func (d *diagnosis) missed(run *reports.Run, t suite.Target) {
	needed := regexp.MustCompile(`^.*\bneeds (given:[\w-]+), which the target does not give`)
	for _, r := range run.Results {
		found := needed.FindStringSubmatch(r.Reason)
		if r.Verdict != reports.Undetermined || found == nil || t.Has(found[1]) ||
			slices.Contains(d.Missing[found[1]], r.Requirement) {
			continue
		}
		d.Missing[found[1]] = append(d.Missing[found[1]], r.Requirement)
	}
}

// rehearsal is a mock in this process, which has all that a target can have.
func rehearsal(c *contract.Contract) (suite.Target, error) {
	all, err := withCompanions(c)
	if err != nil {
		return suite.Target{}, err
	}
	return mockTarget(c, all, 1, nil, nil)
}

// lacking lists the requirements that stay open for want of something, by what it is.
func lacking(c *contract.Contract, api suite.API, t suite.Target) map[string][]string {
	missing := map[string][]string{}
	for _, r := range c.Requirements {
		for _, n := range needs(r, api) {
			if !t.Has(n) && !slices.Contains(missing[n], r.ID) {
				missing[n] = append(missing[n], r.ID)
			}
		}
	}
	for persona, members := range api.Info {
		for name, known := range members {
			if t.Has(persona) && t.Personas[persona].Info[name] == "" {
				missing["info:"+name+" of "+persona] = known.Requirements
			}
		}
	}
	return missing
}

// print says what was found: names and errors are the target's words.
func (d *diagnosis) print(w io.Writer) error {
	var out lines
	out.add("%s at %s, %s reading", d.Contract, d.URL, d.Reading)
	for _, warning := range d.Warnings {
		out.add("warning: %s", warning)
	}
	answers := fmt.Sprintf("it answers in %.0f ms", d.LatencyMS)
	if d.Expires != nil {
		answers += ", with a certificate that is good until " + d.Expires.Format(time.DateOnly)
	}
	if d.SkewS != 0 {
		answers += fmt.Sprintf("; its clock is %+.0f s from ours", d.SkewS)
	}
	out.add("%s", answers)
	for _, p := range d.Personas {
		switch {
		case p.Error != "":
			out.add("  %-22s %s: %s", p.Persona, p.Operation, p.Error)
		default:
			out.add("  %-22s %s (%s was answered %d)", p.Persona, suite.Seen(p).Says(), p.Operation, p.Status)
		}
	}
	out.add("%d of %d requirements can be decided", d.Decidable, d.All)
	for _, n := range slices.Sorted(maps.Keys(d.Missing)) {
		out.add("missing %s: %s stay undetermined; %s", n, strings.Join(d.Missing[n], ", "), d.remedy(n))
	}
	settling := ""
	if d.SettleS > 0 {
		settling = fmt.Sprintf(", of which %s are for what is written to show (settle)", span(d.SettleS))
	}
	out.add("a run sends about %d requests, in about %s with %d processes%s", d.Requests, span(d.Seconds), d.Procs, settling)
	if !d.Worlds {
		out.add("%s",
			"the target has no worlds: cases share its state, and what they make is cleaned up as far as the contract allows")
		var stays []string
		for _, operation := range slices.Sorted(maps.Keys(d.Stays)) {
			stays = append(stays, fmt.Sprintf("%s %d", operation, d.Stays[operation]))
		}
		if len(stays) > 0 {
			out.add("what no operation takes back stays there: about %s", strings.Join(stays, ", "))
		}
	}
	return out.write(w)
}

// remedy says where in the target file a need is given.
func (d *diagnosis) remedy(need string) string {
	name, isGiven := strings.CutPrefix(need, "given:")
	if info, ok := strings.CutPrefix(need, "info:"); ok {
		name, persona, _ := strings.Cut(info, " of ")
		return "add " + name + " under info of the persona " + persona
	}
	if need == "worlds" {
		return "only a mock has worlds"
	}
	if isGiven || !slices.Contains(d.personas, need) {
		return "add " + name + " under given"
	}
	return "add " + need + " under personas"
}

// span is a time for people.
func span(seconds float64) string {
	if seconds < 1 {
		return "a second"
	}
	return time.Duration(seconds * float64(time.Second)).Round(time.Second).String()
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
