package command

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
	"rollcall/specs/secret"
)

type mockOptions struct {
	host, portFile, size, auth string
	port                       int
	seed                       uint64
	defects, variants, origins []string
	logFormat, logLevel, token string
	maxWorlds                  int
	worldIdle                  time.Duration
	journal                    int
	noJournal, noReload        bool
	tokenMade                  bool // none was given
	clock                      clockOptions
	data                       dataOptions
	network                    networkOptions
	state                      stateOptions
}

func newMock(s Streams) *cobra.Command {
	o := &mockOptions{}
	c := &cobra.Command{
		Use:   "mock [contract ...]",
		Short: "Serve the contracts from generated data",
		Long: "Serves the named contracts, or all of them, each under /<contract>; a single one at /.\n" +
			"The control API is at /__admin.",
		RunE: func(c *cobra.Command, names []string) error { return runMock(c.Context(), s, o, names) },
	}
	f := c.Flags()
	f.StringVar(&o.host, "host", "127.0.0.1", "address to listen on; 0.0.0.0 is all that this machine has")
	intFlag(f, &o.port, "port", 4010, 0, math.MaxUint16, "port to listen on; 0 takes a free one")
	f.StringVar(&o.portFile, "port-file", "", "write the port into this file once it listens")
	seedFlag(f, &o.seed, 1, "seed of the generated data")
	f.StringVar(&o.size, "size", "small", "amount of data: small, medium, large or a number")
	f.StringVar(&o.auth, "auth", "on", "on, or off: every caller is the default persona")
	f.StringArrayVar(&o.defects, "defect", nil, "break a requirement on purpose, as ID/OPERATOR (repeatable)")
	f.StringArrayVar(&o.variants, "variant", nil, "answer in another legal way (repeatable)")
	f.StringArrayVar(&o.origins, "cors", nil,
		"origin of a page that may call the control API, too, as http://localhost:3000 (repeatable); none shuts every page out")
	f.StringVar(&o.logFormat, "log-format", "text", "text or json")
	f.StringVar(&o.logLevel, "log-level", "info", "debug, info, warn or error")
	f.StringVar(&o.token, "admin-token", "", "token of the control API; off loopback one is made up when none is given")
	intFlag(f, &o.maxWorlds, "max-worlds", mockserver.DefaultMaxWorlds, 1, 1_000_000,
		"worlds there may be at a time, with the default one")
	durationFlag(f, &o.worldIdle, "world-idle", mockserver.DefaultWorldIdle, time.Second, 8760*time.Hour,
		"forget a world that nobody has used for this long")
	intFlag(f, &o.journal, "max-request-journal-entries", journalSize, 1, 1_000_000, "requests that the journal of a world keeps")
	f.BoolVar(&o.noJournal, "no-request-journal", false, "keep no request")
	f.BoolVar(&o.noReload, "no-reload", false, "do not read a contract of your own anew when its files change")
	o.clock.flags(f)
	o.data.flags(f)
	o.network.flags(f)
	o.state.flags(f)
	return c
}

// journalSize is how many requests of a world are kept.
const journalSize = 500

func runMock(ctx context.Context, s Streams, o *mockOptions, names []string) (err error) {
	began := time.Now()
	log, err := logger(s.Err, o.logFormat, o.logLevel)
	if err != nil {
		return err
	}
	size, err := fixtures.ParseSize(o.size)
	if err != nil {
		return exit(ExitUsage, "--size: %w", err)
	}
	if o.auth != "on" && o.auth != "off" {
		return exit(ExitUsage, "--auth %q is neither on nor off", o.auth)
	}
	if err := o.check(names); err != nil {
		return err
	}
	contracts, err := loadApart(names)
	if err != nil {
		return err
	}
	if o.token == "" && !loopback(o.host) {
		o.token, o.tokenMade = rand.Text(), true
	}
	tuneMemory(s, size)
	bar := newBar(s, "making "+o.size+" data")
	config := mockserver.Config{Contracts: contracts, Seed: o.seed, Size: size, Defects: o.defects,
		Variants: o.variants, NoAuth: o.auth == "off", AdminToken: o.token, MaxWorlds: o.maxWorlds, WorldIdle: o.worldIdle,
		Origins: o.origins, JournalSize: o.journalSize(),
		Idempotency: o.network.idempotency, TrustProxy: o.network.trustProxy, Documents: specs.FS, Log: log, Progress: bar.show,
		Reloads: !o.noReload && brings(contracts) && o.state.where == ""}
	if err := o.clock.set(&config, began); err != nil {
		return err
	}
	if err := o.data.set(ctx, &config); err != nil {
		return err
	}
	server, err := o.state.newServer(ctx, config)
	bar.clear()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Close()) }()
	returnMemory(s, size)
	certificates, err := o.network.certificates(ctx, callable(o.host))
	if err != nil {
		return err
	}
	listener, port, err := o.network.listen(o.host, o.port)
	if err != nil {
		return err
	}
	if err := cli.WritePort(ctx, o.portFile, port); err != nil {
		return errors.Join(err, listener.Close())
	}
	base := o.network.base(callable(o.host), port, len(certificates) > 0)
	ready(s.Out, base, contracts, server, o, time.Since(began))
	watch(ctx, s, server, names, contracts)
	weight := floor(s)
	defer runtime.KeepAlive(weight)
	return o.state.serve(ctx, server, func(ctx context.Context) error {
		return cli.Serve(ctx, listener, server,
			certificates...)
	})
}

// check refuses what is no address, token or origin, and files that are the same.
func (o *mockOptions) check(contracts []string) (err error) {
	if o.host, err = hostOf(o.host); err != nil {
		return err
	}
	if err := checkToken(o.token); err != nil {
		return err
	}
	if err := checkOrigins(o.origins); err != nil {
		return err
	}
	return o.places(contracts).apart()
}

// places are the files that a mock reads and writes.
func (o *mockOptions) places(contracts []string) places {
	used := places{}.contract(contracts...).within("--data", o.data.paths...).state("--state", o.state.where).
		read("--tls-key", o.network.key).write("--port-file", o.portFile)
	return used.with(place{"--tls-cert", o.network.cert, o.network.tls == selfSigned})
}

func (o *mockOptions) journalSize() int {
	if o.noJournal {
		return -1
	}
	return o.journal
}

// checkOrigins refuses what no browser sends as the origin of a page.
func checkOrigins(origins []string) error {
	for _, origin := range origins {
		u, err := url.Parse(origin)
		if origin != mockserver.NoOrigins && (err != nil || u.Scheme == "" || u.Host == "" || u.Scheme+"://"+u.Host != origin) {
			return exit(ExitUsage, "--cors %q is no origin: write it as http://localhost:3000, without a path, or none",
				secret.Address(origin))
		}
	}
	return nil
}

// ready prints the one line that says the mock answers, then how to call it.
func ready(
	w io.Writer, base string, contracts []*contract.Contract, server *mockserver.Server, o *mockOptions, took time.Duration,
) {
	w = fit(w) // names are of documents, which are anybody's
	var names []string
	for _, c := range contracts {
		names = append(names, c.Name)
	}
	fmt.Fprintf(w, "ready: %s serves %s (seed %d, %s data, %d ms)\n", base, strings.Join(names, ", "),
		o.seed, o.size, took.Milliseconds())
	for _, c := range contracts {
		prefix := ""
		if len(contracts) > 1 {
			prefix = "/" + c.Name
		}
		if line := curl(o.network.curl(), base+prefix, c, server); line != "" {
			fmt.Fprintf(w, "  %s: %d operations\n    %s\n", c.Name, len(c.Operations), line)
		}
		personas(w, server, c.Name)
		forgiven(w, c)
	}
	if callable(o.host) != o.host {
		fmt.Fprintln(w, "  listens on every address of this machine")
	}
	fmt.Fprintf(w, "  control API: %s %s/__admin/health\n", o.network.curl(), base)
	switch {
	case o.tokenMade:
		fmt.Fprintf(w, "  control API token: %s\n", o.token)
	case o.token != "": // who gave it knows it, and what is printed is kept in logs
		fmt.Fprintln(w, "  control API token: as given")
	}
}

// forgiven prints what of the document was not read as it stands: whoever calls can't mend it.
func forgiven(w io.Writer, c *contract.Contract) {
	const most = 5
	for i, note := range c.Notes {
		if i == most {
			fmt.Fprintf(w, "    and %d more notes on the document\n", len(c.Notes)-most)
			return
		}
		fmt.Fprintf(w, "    note: %v\n", note)
	}
}

func personas(w io.Writer, server *mockserver.Server, contract string) {
	for _, p := range server.Personas(contract) {
		fmt.Fprintf(w, "    %-20s %s\n", p.Name, strings.Join(headers(p.Headers), ", "))
	}
}

func headers(h map[string]string) (lines []string) {
	for name, value := range h {
		if len(value) > 72 {
			value = value[:60] + "…"
		}
		lines = append(lines, name+": "+value)
	}
	slices.Sort(lines)
	return lines
}

// curl is a line that works at once: the default persona on the first reading
// operation that needs no parameter but given ones.
func curl(command, base string, c *contract.Contract, server *mockserver.Server) string {
	p, ok := server.Persona(c.Name, "default")
	if !ok {
		return ""
	}
	path, ok := server.Sample(c.Name)
	if !ok {
		return ""
	}
	line := command
	for name, value := range p.Headers {
		line += fmt.Sprintf(" -H '%s: %s'", name, value)
	}
	return line + " '" + base + path + "'"
}
