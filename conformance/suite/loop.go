package suite

import (
	"context"
	"math/rand/v2"
	"slices"

	"rollcall/reports"
)

// RunLoop decides the same as Run, probe and random order included, without Ginkgo,
// whose tree belongs to the process: any number of them may run at once, and beside
// a Ginkgo suite of the caller's own. It errs as Run does; Config.Procs is not read.
func RunLoop(ctx context.Context, config Config) (*reports.Run, error) {
	config.Procs = 0
	return decide(ctx, config, func(ctx context.Context, s *session, p *plan) ([]outcome, string, error) {
		seen, refused, err := s.probe(ctx)
		if err != nil || refused != "" {
			return []outcome{seen}, refused, err
		}
		mixed := *p
		mixed.cases = slices.Clone(p.cases)
		order := rand.New(rand.NewPCG(s.seed, 0))
		order.Shuffle(len(mixed.cases), func(i, j int) { mixed.cases[i], mixed.cases[j] = mixed.cases[j], mixed.cases[i] })
		neighboursFirst(s.contract, mixed.cases)
		return append(s.runLoop(ctx, &mixed, ""), seen), interrupted, nil
	})
}
