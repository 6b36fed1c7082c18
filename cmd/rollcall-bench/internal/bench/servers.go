package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// bencher holds the servers under load.
type bencher struct {
	*options
	dir       string
	mock      *process
	floor     *process // see package floor, with the settings of the mock
	bare      *process // net/http with Go's defaults
	alike     *process // as bare, with the settings of the mock
	answers   string   // file of what the servers beside the mock repeat
	scenarios []scenario
	writing   scenario      // what runs beside the first of them with --concurrency
	clients   []load.Client // the first is the one whose figures are quoted
}

func newBencher(ctx context.Context, o *options) (*bencher, error) {
	dir, err := os.MkdirTemp("", "rollcall-bench-")
	if err != nil {
		return nil, cli.Exitf(cli.ExitTarget, "%w", err)
	}
	b := &bencher{options: o, dir: dir}
	if err := b.start(ctx); err != nil {
		b.close()
		if e := (*cli.Exit)(nil); errors.As(err, &e) {
			return nil, err
		}
		return nil, &cli.Exit{Code: cli.ExitTarget, Err: err}
	}
	return b, nil
}

func (b *bencher) start(ctx context.Context) (err error) {
	if b.mock, err = b.launch(ctx, "mock", b.mockProgram(append([]string{"--size", b.size}, b.contracts...)...)); err != nil {
		return err
	}
	if err := b.record(); err != nil {
		return err
	}
	var answers []load.Recorded
	for _, s := range b.scenarios {
		answers = append(answers, s.answer)
	}
	raw, err := json.Marshal(answers)
	if err != nil {
		return err
	}
	b.answers = filepath.Join(b.dir, "answers.json")
	if err := os.WriteFile(b.answers, raw, 0o600); err != nil {
		return err
	}
	for _, one := range []struct {
		name    string
		process **process
		flags   []string
	}{
		{"bare", &b.bare, nil}, {"alike", &b.alike, []string{"--like-mock"}},
		{"floor", &b.floor, []string{"--like-mock", "--floor"}},
	} {
		again, err := bareProgram(b.answers, one.flags...)
		if err != nil {
			return err
		}
		if *one.process, err = b.launch(ctx, one.name, again); err != nil {
			return err
		}
	}
	return nil
}

// leaveToServers keeps this process, which makes the load, off processor 0 where
// that can be done. All its threads must, and those it will start.
func leaveToServers() {
	pin, err := exec.LookPath("taskset")
	if n := runtime.NumCPU(); err == nil && n > 1 {
		err = exec.Command(pin, "-a", "-p", "-c", "1-"+strconv.Itoa(n-1), strconv.Itoa(os.Getpid())).Run()
		if err == nil {
			runtime.GOMAXPROCS(n - 1)
		}
	}
}

func (b *bencher) close() {
	for _, p := range []*process{b.mock, b.floor, b.bare, b.alike} {
		p.stop()
	}
	_ = os.RemoveAll(b.dir) // what is left is in the system's folder for such files
}

// record asks the mock once for each scenario and keeps the answer.
func (b *bencher) record() error {
	base := "http://" + b.mock.address
	var all []scenario
	for _, name := range b.contracts {
		t, err := b.mock.describe(name)
		if err != nil {
			return err
		}
		loads := scenariosOf(name, t)
		all = append(all, loads...)
		for _, s := range loads {
			if !strings.Contains(s.name, b.only) {
				continue
			}
			if err := s.record(base); err != nil {
				return err
			}
			b.scenarios = append(b.scenarios, s)
		}
	}
	if len(b.scenarios) == 0 {
		return cli.Exitf(cli.ExitUsage,
			"there is no load of that name; --contract can be council and volunteers, --only any part of a name in the table")
	}
	if !b.concurrency {
		return nil
	}
	var ok bool
	if b.writing, ok = writingBeside(b.scenarios[0], all); !ok {
		return cli.Exitf(cli.ExitUsage,
			"--concurrency needs a load that writes, and %s has none; --contract can be council and volunteers",
			strings.Join(b.contracts, ", "))
	}
	if strings.Contains(b.writing.name, b.only) {
		return nil // it has been asked above; what is created twice may be refused
	}
	return b.writing.record(base) // one that is refused is told before anything is measured
}

// scenario is one kind of request and its answer.
type scenario struct {
	name, method, target string
	headers              []string
	operation            string // of the contract, that checks the body
	body, serial         string
	status               int
	answer               load.Recorded
}

func (s *scenario) wire(host string) []byte {
	return load.Wire(s.method, s.target, host, append([]string{load.NameHeader + ": " + s.name}, s.headers...), s.body)
}

func (s *scenario) record(base string) error {
	q, err := http.NewRequest(s.method, base+s.target, strings.NewReader(s.body))
	if err != nil {
		return err
	}
	for _, h := range s.headers {
		name, value, _ := strings.Cut(h, ": ")
		q.Header.Set(name, value)
	}
	if s.body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(q)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != s.status {
		return fmt.Errorf("%s: %s %s is answered %d, want %d: %s", s.name, s.method, s.target, res.StatusCode, s.status, body)
	}
	contract, _, _ := strings.Cut(s.name, " ")
	s.answer = load.Recorded{Name: s.name, Status: res.StatusCode, Type: res.Header.Get("Content-Type"), Body: string(body),
		Contract: contract, Operation: s.operation}
	return nil
}

func headersOf(t target) (lines []string) {
	for name, value := range t.Personas["default"].Headers {
		lines = append(lines, name+": "+value)
	}
	slices.Sort(lines)
	return lines
}
