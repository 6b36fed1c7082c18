package command

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"rollcall/mockserver"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/durable/database"
)

// stateOptions say where a mock keeps its state.
type stateOptions struct {
	where, replica, reads, durability string
	wait                              time.Duration
	reset                             bool
}

func (o *stateOptions) flags(f *pflag.FlagSet) {
	textFlag(f, &o.where, "state",
		"keep the state: FILE.db for this mock alone, postgres://user@host/database for several (default: in memory)")
	f.StringVar(&o.replica, "replica", "", "what this process is called beside others that share the state")
	f.StringVar(&o.reads, "reads", "", "strict or local: whether a read sees what other processes wrote before it"+
		" (default: strict where others may write)")
	f.StringVar(&o.durability, "durability", "full",
		"full or normal: whether a file survives the loss of power with its newest entries, or only the end of the process")
	durationFlag(f, &o.wait, "wait", 0, 0, time.Hour, "wait this long for a state store that can't be reached yet")
	f.BoolVar(&o.reset, "state-reset", false, "forget the state that is there, and begin anew")
}

// open opens the state's store; nil for none.
func (o *stateOptions) open(ctx context.Context) (*mockserver.State, error) {
	switch {
	case o.durability != "full" && o.durability != "normal":
		return nil, exit(ExitUsage, "--durability %q is neither full nor normal", o.durability)
	case o.where == "" && (o.replica != "" || o.reads != "" || o.reset || o.wait != 0):
		return nil, exit(ExitUsage,
			"--replica, --reads, --wait and --state-reset are about a --state: give one, or leave them out")
	case o.where == "":
		return nil, nil //nolint:nilnil // no state is no error
	case o.reads != "" && o.reads != "strict" && o.reads != "local":
		return nil, exit(ExitUsage, "--reads %q is neither strict nor local", o.reads)
	}
	log, err := o.waited(ctx, database.Options{Normal: o.durability == "normal"})
	if err != nil {
		return nil, stateExit(err)
	}
	if o.reset {
		if err := log.Reset(ctx); err != nil {
			return nil, stateExit(errors.Join(err, log.Close()))
		}
	}
	return &mockserver.State{Log: log, Local: o.reads == "local", Replica: o.replica}, nil
}

// newServer makes a mock that keeps its state where it is to.
func (o *stateOptions) newServer(ctx context.Context, config mockserver.Config) (server *mockserver.Server, err error) {
	if config.State, err = o.open(ctx); err != nil {
		return nil, err
	}
	server, err = mockserver.New(config)
	switch {
	case err != nil && config.State != nil:
		return nil, stateExit(errors.Join(err, config.State.Log.Close()))
	case err != nil:
		return nil, exit(ExitUsage, "%w", err)
	}
	if aside := server.SetAside(); len(aside) > 0 {
		return nil, errors.Join(exit(ExitContract, "--state: %s", strings.Join(aside, "; ")), server.Close())
	}
	return server, nil
}

// between is how long is waited between two tries.
const between = 250 * time.Millisecond

// waited opens the store, which may not be there yet.
func (o *stateOptions) waited(ctx context.Context, with database.Options) (*database.Database, error) {
	until := time.Now().Add(o.wait)
	for {
		log, err := database.Open(ctx, o.where, with)
		if err == nil || !durable.IsTrouble(err, durable.Unreachable) || time.Now().After(until) {
			return log, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(between):
		}
	}
}

// stateExit gives what is wrong with a state its exit code.
func stateExit(err error) error {
	var trouble *durable.Trouble
	var other *mockserver.StateMismatch
	var already *Exit
	switch {
	case err == nil:
		return nil
	case errors.As(err, &already):
		return err
	case errors.As(err, &other):
		return exit(ExitUsage, "--state: %w", other)
	case !errors.As(err, &trouble):
		return exit(ExitUsage, "%w", err)
	case trouble.Of == durable.Broken:
		return exit(ExitContract, "--state: %w", err)
	case trouble.Of == durable.Refused:
		return exit(ExitUsage, "--state: %w", err)
	}
	return exit(ExitTarget, "--state: %w", err)
}

// serve serves until the context ends, or the store has lost what it said was kept.
func (o *stateOptions) serve(ctx context.Context, server *mockserver.Server, serve func(context.Context) error) error {
	if o.where == "" {
		return serve(ctx)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go func() {
		select {
		case err := <-server.Lost():
			stop(err)
		case <-ctx.Done():
		}
	}()
	err := serve(ctx)
	if why := context.Cause(ctx); why != nil && !errors.Is(why, context.Canceled) {
		return exit(ExitBug, "%w", why)
	}
	return err
}
