package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/cmd/rollcall/internal/load"
	"rollcall/conformance/suite"
	"rollcall/fixtures"
)

// bencher holds the two servers under load.
type bencher struct {
	*benchOptions
	dir        string
	mock, bare *process
	answers    string // file of what the bare server repeats
	scenarios  []scenario
	writing    scenario // what runs beside the first of them with --concurrency
}

// process is one server, in a process of its own.
type process struct {
	command *exec.Cmd
	address string
	ended   chan struct{} // closed when it is over
}

func newBencher(ctx context.Context, o *benchOptions) (*bencher, error) {
	if _, err := loadAll(o.contracts); err != nil {
		return nil, err
	}
	if _, err := fixtures.ParseSize(o.size); err != nil {
		return nil, exit(ExitUsage, "--size: %w", err)
	}
	dir, err := os.MkdirTemp("", "rollcall-bench-")
	if err != nil {
		return nil, exit(ExitTarget, "%w", err)
	}
	b := &bencher{benchOptions: o, dir: dir}
	if err := b.start(ctx); err != nil {
		b.close()
		if e := (*Exit)(nil); errors.As(err, &e) {
			return nil, err
		}
		return nil, &Exit{Code: ExitTarget, Err: err}
	}
	return b, nil
}

func (b *bencher) start(ctx context.Context) (err error) {
	if b.mock, err = b.launch(ctx, "mock", append([]string{"mock", "--port", "0", "--size", b.size}, b.contracts...)); err != nil {
		return err
	}
	if err := b.record(ctx); err != nil {
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
	b.bare, err = b.launch(ctx, "bare", []string{"bench", "bare", "--answers", b.answers})
	return err
}

// launch starts this binary again, on processor 0 where it can be pinned; the
// load runs on the others.
func (b *bencher) launch(ctx context.Context, name string, args []string) (*process, error) {
	return b.launchOn(ctx, "0", name, args)
}

// launchOn starts this binary again on some processors; "" are all.
func (b *bencher) launchOn(ctx context.Context, processors, name string, args []string) (*process, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	file := filepath.Join(b.dir, name+".port")
	args = append([]string{self}, append(args, "--port-file", file)...)
	if pin, err := exec.LookPath("taskset"); err == nil && processors != "" {
		args = append([]string{pin, "-c", processors}, args...)
	}
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		return nil, err
	}
	p := &process{command: c, ended: make(chan struct{})}
	go func() {
		_ = c.Wait() // it has said itself what was wrong
		close(p.ended)
	}()
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Microsecond) {
		if raw, err := os.ReadFile(file); err == nil {
			p.address = net.JoinHostPort("127.0.0.1", strings.TrimSpace(string(raw)))
			return p, nil
		}
		select {
		case <-p.ended:
			return p, fmt.Errorf("the %s server did not start", name)
		default:
		}
	}
	return p, fmt.Errorf("the %s server did not start in time", name)
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
	for _, p := range []*process{b.mock, b.bare} {
		p.stop()
	}
	_ = os.RemoveAll(b.dir) // what is left is in the system's folder for such files
}

// stop ends a process; one that was not started is nil.
func (p *process) stop() {
	if p != nil {
		_ = p.command.Process.Kill() // it may have ended by itself
		<-p.ended
	}
}

func port(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// record asks the mock once for each scenario and keeps the answer.
func (b *bencher) record(ctx context.Context) error {
	base := "http://" + b.mock.address
	var all []scenario
	for _, name := range b.contracts {
		t, err := describe(ctx, name, base, nil)
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
		return exit(ExitUsage, "there is no load of that name; --contract can be council and volunteers, --only any part of a name in the table")
	}
	if !b.concurrency {
		return nil
	}
	var ok bool
	if b.writing, ok = writingBeside(b.scenarios[0], all); !ok {
		return exit(ExitUsage, "--concurrency needs a load that writes, and %s has none; --contract can be council and volunteers", strings.Join(b.contracts, ", "))
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
	s.answer = load.Recorded{Name: s.name, Status: res.StatusCode, Type: res.Header.Get("Content-Type"), Body: string(body)}
	return nil
}

func headersOf(t suite.Target) (lines []string) {
	for name, value := range t.Personas[suite.DefaultPersona].Headers {
		lines = append(lines, name+": "+value)
	}
	slices.Sort(lines)
	return lines
}
