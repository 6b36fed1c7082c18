package bench

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"rollcall/cmd/internal/cli"
)

// program is what is started as a server: a binary and its arguments.
type program struct {
	name, binary string
	args         []string
}

// mockProgram is the binary of rollcall that serves contracts.
func (o *options) mockProgram(args ...string) program {
	return program{"mock", o.rollcall, append([]string{"mock", "--port", "0"}, args...)}
}

// bareProgram is this binary, started again to answer what is recorded in a file.
func bareProgram(answers string, flags ...string) (program, error) {
	self, err := os.Executable()
	return program{"bare", self, append([]string{"bare", "--answers", answers}, flags...)}, err
}

// process is one server, in a process of its own.
type process struct {
	command *exec.Cmd
	address string
	ended   chan struct{} // closed when it is over
}

// launch starts a program on processor 0 where it can be pinned; the load runs on
// the others.
func (b *bencher) launch(ctx context.Context, name string, p program) (*process, error) {
	return b.launchOn(ctx, "0", name, p)
}

// launchOn starts a program on some processors; "" are all. Its port comes in a
// file of that name.
func (b *bencher) launchOn(ctx context.Context, processors, name string, start program) (*process, error) {
	file := filepath.Join(b.dir, name+".port")
	args := append([]string{start.binary}, append(start.args, "--port-file", file)...)
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
			return p, p.refused(start)
		default:
		}
	}
	return p, fmt.Errorf("the %s server did not start in time", start.name)
}

// refused is why a process that ended at once did so. What rollcall refuses of its
// command line, or of a contract, it has said itself, and its exit code is ours.
func (p *process) refused(start program) error {
	code := cli.Code(p.command.ProcessState.ExitCode())
	if code != cli.ExitUsage && code != cli.ExitContract {
		code = cli.ExitTarget
	}
	return cli.Exitf(code, "the %s server did not start: %s %s has ended", start.name, start.binary,
		strings.Join(start.args, " "))
}

// stop ends a process; one that was not started is nil.
func (p *process) stop() {
	if p != nil {
		_ = p.command.Process.Kill() // it may have ended by itself
		<-p.ended
	}
}

// findRollcall gives the binary that serves the mock: the given one, else the one
// that stands beside this binary.
func findRollcall(given string) (string, error) {
	where := given
	if where == "" {
		self, err := os.Executable()
		if err != nil {
			return "", cli.Exitf(cli.ExitUsage, "%w; say with --rollcall where the binary of rollcall is", err)
		}
		where = filepath.Join(filepath.Dir(self), "rollcall")
	}
	found, err := exec.LookPath(where)
	if err != nil {
		return "", cli.Exitf(cli.ExitUsage,
			"no binary of rollcall to measure: %w; build it beside this one (make build), or give --rollcall PATH", err)
	}
	return found, nil
}
