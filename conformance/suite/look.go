package suite

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// Sight is what a look at a target shows, without a single write.
type Sight struct {
	Latency time.Duration // the fastest of all requests: the first ones may wait for a connection, or for a path nobody has
	Skew    time.Duration // the target's clock ahead of ours, by its Date; 0 when less than it can tell
	Expires time.Time     // the certificate of the target, zero without TLS
	Reads   []Seen        // one safe read as each persona
	Problem string        // why a run would not start; "" = it would
}

// Seen is what one persona's read was answered with.
type Seen struct {
	Persona   string
	Operation string
	Status    int    // 0 when no answer came
	Error     string // why not
}

// Let says whether the persona got in: whatever else an answer says, it does not refuse
// the credential.
func (s Seen) Let() bool {
	return s.Status != 0 && s.Status != http.StatusUnauthorized && s.Status != http.StatusForbidden
}

// Says is what the answer says of the persona, and no more than that: a path that is not there
// lets nobody in, and refuses nobody, and a question without what it needs is answered as such.
func (s Seen) Says() string {
	switch {
	case !s.Let():
		return "is refused"
	case s.Status >= 200 && s.Status < 300:
		return "is let in"
	case s.Status == http.StatusTooManyRequests || s.Status >= 500:
		return "was not served, and may be let in later"
	case s.Status >= 300 && s.Status < 400:
		return "is sent elsewhere"
	}
	if s.Status == http.StatusNotFound {
		return "is neither refused nor served: what was asked for is not there, which may be for what url or given say"
	}
	return "is not refused, and not served, for it was asked without a record"
}

// Look reads once as each persona, and measures. It returns a *ConfigError or an
// *Unreachable as Run does. What it asks for needs no record to be there.
func Look(ctx context.Context, config Config) (*Sight, error) {
	config.ReadOnly = true
	s, _, err := newSession(config)
	if err != nil {
		return nil, err
	}
	defer s.leaving.Wait()
	seen := &Sight{}
	var failed *client.Exchange
	if seen.Latency, failed = Latency(ctx, &s.target, s.transport); failed != nil {
		return nil, s.unreachable(failed)
	}
	seen.Expires = s.expires(ctx)
	reads := s.safeReads()
	if len(reads) == 0 {
		return seen, nil
	}
	var skew time.Duration
	for _, persona := range slices.Sorted(maps.Keys(s.target.Personas)) {
		if _, elsewhere := s.api.Info[persona]["url"]; elsewhere {
			continue // who calls another API has no business here, and to be refused is right
		}
		one := Seen{Persona: persona, Operation: reads[0].ID}
		exchange, failed := s.glance(ctx, persona, reads[0])
		switch {
		case failed != "":
			one.Error = failed
		case exchange != nil:
			one.Status = exchange.Status
			if exchange.Status != 0 {
				seen.Latency = min(seen.Latency, exchange.Duration)
			}
			if at, err := http.ParseTime(exchange.Header.Get("Date")); err == nil {
				skew = at.Sub(exchange.Started).Truncate(time.Second)
			}
		}
		if err := s.unsendable.Load(); err != nil {
			return nil, &ConfigError{Problems: []string{err.Error()}}
		}
		seen.Reads = append(seen.Reads, one)
	}
	if skew > 2*time.Second || skew < -2*time.Second {
		seen.Skew = skew
	}
	seen.Problem = s.problem(ctx, seen, reads)
	return seen, nil
}

// problem says why a run would stop at its start.
func (s *session) problem(ctx context.Context, seen *Sight, reads []*contract.Operation) string {
	first := slices.IndexFunc(seen.Reads, func(one Seen) bool { return one.Persona == DefaultPersona })
	if first < 0 {
		return fmt.Sprintf("there is no persona %q, which calls unless a case asks for another", DefaultPersona)
	}
	one := seen.Reads[first]
	switch {
	case one.Error != "":
		return one.Error
	case !one.Let():
		return fmt.Sprintf("the target refuses the default credential (%s was answered %d): check personas.%s",
			one.Operation, one.Status, DefaultPersona)
	case one.Status >= http.StatusMultipleChoices && one.Status < http.StatusBadRequest:
		return fmt.Sprintf(sentElsewhere, fmt.Sprintf("%s was answered %d", one.Operation, one.Status))
	case one.Status != http.StatusNotFound:
		if read, _ := s.glance(ctx, DefaultPersona, reads[0]); read != nil && read.Success() {
			return s.catchesAll(ctx, reads[0], read)
		}
		return ""
	}
	for _, op := range reads {
		exchange, _ := s.glance(ctx, DefaultPersona, op)
		if exchange == nil || exchange.Status != http.StatusNotFound {
			return ""
		}
	}
	if NeedsSample(reads[0]) {
		return "" // nobody has the ids that were asked for, so that 404 is right
	}
	return "every path was answered 404: is the base path in url right?"
}

// Reader sends one read as the default persona. Where no answer came, the text says why.
type Reader func(operation string, options ...client.Option) (answer *client.Exchange, failed string)

// Reads lets somebody look at the target by reads alone: what would write is not sent. It returns a *ConfigError where the
// target can't be asked.
func Reads(ctx context.Context, config Config, look func(Reader)) error {
	config.ReadOnly = true
	s, _, err := newSession(config)
	if err != nil {
		return err
	}
	defer s.leaving.Wait()
	look(func(operation string, options ...client.Option) (*client.Exchange, string) {
		return s.once(ctx, DefaultPersona, operation, func(*Env) []client.Option { return options })
	})
	if err := s.unsendable.Load(); err != nil {
		return &ConfigError{Problems: []string{err.Error()}}
	}
	return nil
}

// glance reads once, with what the target gives, or made-up values for what the operation needs.
func (s *session) glance(ctx context.Context, persona string, op *contract.Operation) (got *client.Exchange, failed string) {
	return s.once(ctx, persona, op.ID, func(env *Env) []client.Option {
		if options, enough := env.fromGiven(op); enough {
			return options
		}
		return s.guessed(op)
	})
}

// once sends one read.
func (s *session) once(ctx context.Context, persona, operation string, with func(*Env) []client.Option) (got *client.Exchange,
	failed string) {
	run := s.perform(ctx, Case{Title: "look", Check: func(ctx context.Context, env *Env) {
		env.As(persona).Call(ctx, operation, append(with(env), client.Invalid())...)
	}})
	if len(run.exchanges) == 0 {
		return nil, run.reason
	}
	last := run.exchanges[len(run.exchanges)-1]
	if last.Err != nil {
		return nil, last.String()
	}
	return last, ""
}

// guessed are made-up values for what a read needs, but for what the target gives of its path.
func (s *session) guessed(op *contract.Operation) (options []client.Option) {
	for _, p := range op.Parameters {
		value := madeUp(p.Schema)
		switch {
		case p.In == "path" && s.target.Given[p.Name] != "":
			options = append(options, client.Path(p.Name, s.target.Given[p.Name]))
		case p.In == "path":
			options = append(options, client.Path(p.Name, value))
		case p.In == "query" && p.Required:
			options = append(options, client.Query(p.Name, value))
		}
	}
	return options
}

// madeUp is a value that is nobody's.
func madeUp(schema *contract.Schema) string {
	if schema != nil && (schema.Type == "integer" || schema.Type == "number") {
		return "1999999973"
	}
	return "rollcall-doctor"
}

// safeReads lists the secured reads, first those that need nothing.
func (s *session) safeReads() []*contract.Operation {
	var plain, others []*contract.Operation
	for _, op := range s.contract.Operations {
		switch {
		case op.Method != http.MethodGet || !op.Secured:
		case !NeedsSample(op):
			plain = append(plain, op)
		default:
			others = append(others, op)
		}
	}
	if len(plain) > 0 {
		return plain
	}
	return others
}

// expires is the end of the certificate that the target shows.
func (s *session) expires(ctx context.Context) time.Time {
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, s.target.URL, nil)
	if err != nil {
		return time.Time{}
	}
	answer, err := s.transport.RoundTrip(request)
	if err != nil {
		return time.Time{}
	}
	defer answer.Body.Close()
	if answer.TLS == nil || len(answer.TLS.PeerCertificates) == 0 {
		return time.Time{}
	}
	return answer.TLS.PeerCertificates[0].NotAfter
}
