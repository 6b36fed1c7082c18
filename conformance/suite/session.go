package suite

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rollcall/conformance/access"
	"rollcall/conformance/client"
	"rollcall/conformance/judge"
	"rollcall/specs/contract"
	"rollcall/specs/secret"
)

const (
	defaultBudget = 30 * time.Second
	defaultLimit  = 10 * time.Second
)

// Config says what to run against what. Contract, API and Target are needed, the
// rest has defaults.
type Config struct {
	Contract     *contract.Contract
	API          API
	Target       Target
	Only         []string // patterns over requirement and operation ids, see path.Match; none = all
	Seed         uint64   // of Env.Unique and of the order; 0 = 1 where the target has worlds, else the time
	Version      string   // of the suite
	Rate         float64  // requests a second, 0 = unlimited
	CaseBudget   time.Duration
	AnswerLimit  time.Duration  // for one answer; 0 = 10 s
	Procs        int            // Run in that many processes; 0 = in this one
	Executable   string         // what to start them from: a program that calls Child
	StopAtFailOf string         // requirement whose failure ends the run, RunPlain only; "" = all cases run
	Ledger       string         // file for what is made on a target without worlds; "" = none is kept
	Secrets      *secret.Keeper // what must not be told; the target's own are added. nil makes one
	Judge        *judge.Judge   // of this contract; nil makes one
	ReadOnly     bool           // no write is sent: what would have to is undetermined
	KeepWorlds   bool           // the worlds of cases that did not pass are left at the target
	Yes          bool           // cases may change what is given as disposable, whatever the target's file says
	Profile      string         // of the contract, which narrows what is decided; "" = all
	Shard        Shard          // decide only the cases of one part
	FailOn       string         // reports.FailOnShould lets recommendations decide, too
	Progress     func(Progress)
	Waiting      func(time.Duration)    // told before the run waits for a target that limits the rate
	Observe      func(*client.Exchange) // told of one after the other, in the order of the answers
	Now          func() time.Time       // nil = time.Now

	UniqueSeed uint64 // of Env.Unique, which the processes of a run share, and a replay has; 0 makes one
	// Wire stands between the suite and the target: what it returns carries all requests but those
	// for tokens, and StepOf says of each which case it belongs to. nil leaves the way as it is
	Wire func(http.RoundTripper) http.RoundTripper
	// InTurn sends what is to be sent at once one after the other, so that the run can be played again
	InTurn bool

	pace *client.Pace // of a run that has several processes; nil makes one of Rate
}

// Progress tells that one more case is decided.
type Progress struct {
	Done, Total        int
	Requirement, Title string
	Verdict            string
}

// ConfigError lists what is wrong with a Config: nothing was sent.
type ConfigError struct{ Problems []string }

// Error returns the problems, one a line.
func (e *ConfigError) Error() string { return strings.Join(e.Problems, "\n") }

// Unreachable tells that the target did not answer the first request.
type Unreachable struct {
	URL    string
	Cause  string
	Advice string // what to do
}

// unreachable is the error of a target of which an exchange came to nothing.
func (s *session) unreachable(of *client.Exchange) error {
	return &Unreachable{URL: s.target.URL, Cause: of.String(), Advice: client.Advice(of.Err)}
}

// Error names the target, the cause and what to do.
func (e *Unreachable) Error() string {
	return fmt.Sprintf("target %s cannot be tested: %s; %s", e.URL, e.Cause, e.Advice)
}

// Keyless tells that no run can start, since the token of the default persona can't be had.
type Keyless struct{ Cause string }

// Error says whose token it is, and why there is none.
func (e *Keyless) Error() string { return "a run would not start: " + e.Cause }

// session is what all cases of one run share. It is safe for concurrent use once
// made.
type session struct {
	contract    *contract.Contract
	target      Target
	methods     methods
	api         API
	samples     map[string]Sample
	client      *client.Client
	pace        *client.Pace
	transport   http.RoundTripper // to the target and to its worlds
	judge       *judge.Judge
	secrets     *secret.Keeper
	seed        uint64
	uniqueSeed  uint64         // the seed of Env.Unique
	process     int            // of the run, from 1 on; 0 where there is only one
	made        *regexp.Regexp // finds the run's own names, see madeBy
	budget      time.Duration
	limit       time.Duration            // for one answer
	spellings   spellings                // of the target
	silences    silences                 // what had no answer within it
	atFirst     sync.Map                 // what Env.AtFirst was asked for, by name
	remembered  sync.Map                 // what Env.Remember noted, by name
	tellNote    func(name, value string) // to the other processes of a run; nil where there are none
	now         func() time.Time
	progress    func(Progress)
	unwrap      map[string]string // operation id -> member, by the target's readings
	wrapped     sync.Map          // name of a reading -> whether the first answer that it is about was as it says
	failOn      string
	ledger      *ledger // nil where none is kept
	cases       atomic.Int64
	clockOffset atomic.Int64 // nanoseconds from our clock to that of the target, or of its new worlds
	worldsClock sync.Once    // a new world was asked for its time
	waited      atomic.Int64 // nanoseconds for answers
	asked       atomic.Int64 // requests
	tokens      *access.Tokens
	unsendable  atomic.Pointer[access.Unsendable] // a token that no header can carry
	noWorlds    atomic.Pointer[Unreachable]       // worlds that no answer came from in time
	left        tally                             // what cases have left at the target, until an outcome tells it
	silent      atomic.Int64                      // exchanges in a row that nothing came back from
	letIn       bool                              // the probe was let in
	over        atomic.Pointer[string]            // why nothing more is sent, once the target has turned the run away
	readOnly    bool
	inTurn      bool
	keepWorlds  bool
	leaving     sync.WaitGroup    // of worlds that are no longer needed
	lock        func(wanted bool) // takes the run's lock and gives it back; nil when this is the only process
}

// newSession checks the configuration and returns the session with what to run.
func newSession(config Config) (*session, *plan, error) {
	if config.Contract == nil {
		return nil, nil, errors.New("suite: Config.Contract is missing")
	}
	if config.Yes {
		yes := true
		config.Target.Destructive = &yes
	}
	chosen, problems := choose(config)
	unwrap, wrong := readings(config.API, &config.Target)
	problems = slices.Concat(config.problems(), targetProblems(&config.Target, config.Contract), wrong, problems)
	if len(problems) > 0 {
		return nil, nil, &ConfigError{Problems: problems}
	}
	oracle := config.Judge
	if oracle == nil {
		var err error
		if oracle, err = judge.New(config.Contract); err != nil {
			return nil, nil, fmt.Errorf("the judge cannot read contract %s: %w", config.Contract.Name, err)
		}
	}
	s := &session{
		contract: config.Contract, target: config.Target, api: config.API, samples: config.API.Samples,
		judge: oracle, seed: config.Seed, budget: config.CaseBudget, limit: config.AnswerLimit, now: config.Now,
		progress: config.Progress, unwrap: unwrap, failOn: config.FailOn, secrets: config.Secrets, uniqueSeed: config.UniqueSeed,
		readOnly: config.ReadOnly, keepWorlds: config.KeepWorlds, inTurn: config.InTurn,
	}
	s.defaults()
	RegisterSecrets(&s.target, s.secrets)
	if err := s.open(config); err != nil {
		return nil, nil, err
	}
	return s, chosen, nil
}

// open makes the way to the target, and to who issues the tokens of its callers.
func (s *session) open(config Config) error {
	issuers := s.target.Transport
	if s.transport = s.target.Transport; s.transport == nil {
		kept, err := access.Transport(&s.target)
		if err != nil {
			return &ConfigError{Problems: []string{err.Error()}}
		}
		s.transport, issuers = client.Over(kept), kept
	}
	if config.Wire != nil {
		s.transport = config.Wire(s.transport)
	}
	s.tokens = access.NewTokens(s.target.Personas, issuers, s.secrets)
	s.tokens.Within(s.limit)
	if s.pace = config.pace; s.pace == nil {
		s.pace = client.NewPace(config.rate())
	}
	s.client = client.New(client.Config{
		BaseURL: s.target.URL, Transport: s.transport, Pace: s.pace,
		Version: config.Version, Paths: s.target.Paths, Query: s.target.Query, Headers: s.target.Headers,
		Retries: s.target.Retries, Tolerate: s.target.Tolerate,
		Observe: oneByOne(config.Observe), Secrets: s.secrets, Waiting: config.Waiting,
	})
	return nil
}

// oneByOne calls what observes exchanges once at a time, for several may be answered at once.
func oneByOne(observe func(*client.Exchange)) func(*client.Exchange) {
	if observe == nil {
		return nil
	}
	var mutex sync.Mutex
	return func(e *client.Exchange) {
		mutex.Lock()
		defer mutex.Unlock()
		observe(e)
	}
}

// rate is that of the run, or of the target's file.
func (config Config) rate() float64 {
	if config.Rate != 0 {
		return config.Rate
	}
	return config.Target.Rate
}

func (s *session) defaults() {
	if s.budget == 0 {
		s.budget = defaultBudget
	}
	if s.limit == 0 {
		s.limit = time.Duration(s.target.Timeouts.Answer)
	}
	if s.limit == 0 {
		s.limit = defaultLimit
	}
	s.budget = max(s.budget, 3*s.limit)
	if s.now == nil {
		s.now = time.Now
	}
	if s.secrets == nil {
		s.secrets = &secret.Keeper{}
	}
	if s.progress == nil {
		s.progress = func(Progress) {}
	}
	s.target.Worlds = strings.TrimRight(s.target.Worlds, "/")
	if s.target.Reading == "" {
		s.target.Reading = Accepting
	}
	if s.seed == 0 {
		s.seed = 1
	}
	// What a run leaves behind in a target without worlds must not stand in the
	// way of the next run, whatever its seed.
	if s.uniqueSeed == 0 {
		if s.uniqueSeed = s.seed; s.target.Worlds == "" {
			s.uniqueSeed ^= uint64(s.now().UnixNano())
		}
	}
	s.made = madeBy(s.mark())
}

// nextCase numbers the cases that this process carries out.
func (s *session) nextCase() string { return fmt.Sprintf("%d-c%d", os.Getpid(), s.cases.Add(1)) }
