package suite

import (
	"context"
	"io"
	"math"
	"strings"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"

	"rollcall/reports"
)

// longest is Ginkgo's limit on a whole run: a target with a tight rate limit may
// take hours.
const longest = 24 * time.Hour

// interrupted is why requirements are undetermined that no case came to.
const interrupted = "not run: the run was interrupted"

// silentT is the *testing.T that Ginkgo asks for. Our verdicts are kept apart from
// its own, so that a failure has nobody to tell.
type silentT struct{}

// Fail does nothing.
func (silentT) Fail() {}

// runTree probes the target and runs the plan as a Ginkgo tree.
func runTree(ctx context.Context, s *session, p *plan) ([]outcome, string, error) {
	seen, refused, err := s.probe(ctx)
	outcomes := []outcome{seen}
	if err != nil || refused != "" {
		return outcomes, refused, err
	}
	globals.Reset()
	s.registerSpecs(ctx, p, func(result outcome) {
		outcomes = append(outcomes, result)
		s.reportProgress(len(outcomes)-1, len(p.cases), result)
	})
	s.runSpecs()
	return outcomes, interrupted, nil
}

// registerSpecs makes a spec of every case. Once the run's context has ended, cases are
// passed over.
func (s *session) registerSpecs(ctx context.Context, p *plan, ran func(outcome)) {
	for _, item := range p.cases {
		ginkgo.It(item.Requirement+" "+item.Title, s.labels(item), s.priority(item), func(spec ginkgo.SpecContext) {
			if ctx.Err() != nil {
				ginkgo.Skip(interrupted)
			}
			result := s.executeWithin(ctx, spec, item)
			ran(result)
			conclude(result)
		})
	}
}

// executeWithin executes a case until the run's context or Ginkgo's ends.
func (s *session) executeWithin(ctx, spec context.Context, item Case) outcome {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(spec, cancel)()
	return s.execute(ctx, item)
}

// conclude tells Ginkgo what became of its spec.
func conclude(result outcome) {
	switch result.Result.Verdict {
	case reports.Fail:
		ginkgo.Fail(result.Result.Reason)
	case reports.Undetermined, reports.NotApplicable:
		ginkgo.Skip(result.Result.Reason)
	}
}

func (s *session) priority(item Case) ginkgo.SpecPriority {
	return ginkgo.SpecPriority(priority(s.contract, item))
}

// labels are what a spec can be picked by.
func (s *session) labels(item Case) ginkgo.Labels {
	requirement, _ := s.contract.Requirement(item.Requirement)
	labels := ginkgo.Labels{
		"contract:" + s.contract.Name, "req:" + item.Requirement, "level:" + string(requirement.Level),
	}
	for _, operation := range requirement.Operations {
		labels = append(labels, "op:"+operation)
	}
	for i, text := range labels {
		labels[i] = label(text)
	}
	return labels
}

// label is a text as Ginkgo takes it: the signs of its filters, which anybody's names may have, are escaped as in
// a URL.
func label(text string) string {
	return strings.NewReplacer("%", "%25", "&", "%26", "|", "%7C", "!", "%21", ",", "%2C", "(", "%28", ")", "%29", "/", "%2F").
		Replace(text)
}

func ginkgoSeed(seed uint64) int64 { return int64(seed & math.MaxInt64) }

// runSpecs runs the tree without a word on the console: reports has the writers.
func (s *session) runSpecs() {
	suiteConfig, reporterConfig := ginkgo.GinkgoConfiguration()
	suiteConfig.RandomSeed = ginkgoSeed(s.seed)
	suiteConfig.RandomizeAllSpecs = true
	suiteConfig.Timeout = longest
	reporterConfig.Succinct = true
	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = io.Discard
	defer func() { formatter.ColorableStdOut = console }()
	ginkgo.RunSpecs(silentT{}, s.contract.Name, suiteConfig, reporterConfig)
}
