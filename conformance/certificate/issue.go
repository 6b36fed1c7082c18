package certificate

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"math/rand/v2"
	"time"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/secret"
)

// Order says what to certify, how long it holds, and who signs.
type Order struct {
	Config   suite.Config // Contract and Target are needed; the cases run one after the other
	Key      ed25519.PrivateKey
	ValidFor time.Duration
	Finish   func(*reports.Run) // notes in the run what the suite does not know of it; may be nil
}

// Issue judges the target and returns the run and its bundle. The error is that of a run that
// could not be made, or that was broken off: such a one is not certified.
func Issue(ctx context.Context, order Order) (*reports.Run, []byte, error) {
	config := order.Config
	tape := newRecorder()
	config.Wire, config.Now, config.Procs = tape.over, tape.clock.now, 0
	config.InTurn = true
	if config.Secrets == nil {
		config.Secrets = &secret.Keeper{}
	}
	if config.UniqueSeed == 0 {
		config.UniqueSeed = max(config.Seed, 1)
		if config.Target.Worlds == "" {
			config.UniqueSeed = rand.Uint64() | 1
		}
	}
	api, err := conformance.API(config.Contract)
	if err != nil {
		return nil, nil, err
	}
	config.API = api
	run, err := suite.RunLoop(ctx, config)
	if err != nil {
		return nil, nil, err
	}
	if ctx.Err() != nil {
		return run, nil, errors.New("the run was broken off: what is not decided to its end is not certified")
	}
	if order.Finish != nil {
		order.Finish(run)
	}
	run.Summarise()
	bundle, err := bind(ctx, order, config, run, tape.redacted(config.Secrets))
	return run, bundle, err
}

// bind puts the bundle of a run together and signs it.
func bind(
	ctx context.Context, order Order, config suite.Config, run *reports.Run, exchanges []*Exchange,
) ([]byte, error) {
	its := settingsOf(config)
	contract, err := contractParts(config.Contract)
	if err != nil {
		return nil, err
	}
	tape, err := encode(exchanges)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := reports.WriteJSON(&text, run); err != nil {
		return nil, err
	}
	settings, err := its.write()
	if err != nil {
		return nil, err
	}
	public, err := publicPEM(order.Key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	all := append(parts{{partKey, public}, {partRun, text.Bytes()}, {partTarget, settings}, {partExchanges, tape}}, contract...)
	issued := time.Now().UTC().Truncate(time.Second)
	says := certify(run, its, len(exchanges), issued, issued.Add(order.ValidFor))
	return sealed(ctx, predicateOf(run, says, all), all, order.Key)
}

// sealed is the bundle of the parts with the statement about them.
func sealed(ctx context.Context, p Predicate, all parts, key ed25519.PrivateKey) ([]byte, error) {
	statement, err := statementOf(p, all)
	if err != nil {
		return nil, err
	}
	envelope, err := seal(ctx, statement, key)
	if err != nil {
		return nil, err
	}
	return pack(append(parts{{partStatement, envelope}}, all...))
}
