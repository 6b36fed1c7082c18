//go:build unix

// Package pgtest starts a PostgreSQL server for a test, where it is installed, and can kill,
// stop and start it.
package pgtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Server is a running server, with data of its own.
type Server struct {
	t       testing.TB
	bin     string
	dir     string
	port    int
	process *exec.Cmd
	ended   chan struct{} // closed when the process has ended
	sync    string        // whether the server waits for the disk: only the loss of power can tell
}

// Find gives the folder of the server's programs, "" where it is not installed.
func Find() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.Reverse(found)
	if path, err := exec.LookPath("postgres"); err == nil {
		found = append(found, filepath.Dir(path))
	}
	for _, dir := range found {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); err == nil {
			return dir
		}
	}
	return ""
}

// Start starts a server that ends with the test. Where there is none, the test is skipped, and
// says so loudly. It does not wait for the disk unless that is asked for: what is measured does,
// and what is killed needs none.
func Start(t testing.TB, synced ...bool) *Server {
	t.Helper()
	s := &Server{t: t, bin: Find(), sync: "off"}
	if len(synced) > 0 {
		s.sync = "on"
	}
	if s.bin == "" {
		t.Skip("NOT RUN: PostgreSQL is not installed (apt-get install postgresql)," +
			" so nothing was seen of state that replicas share")
	}
	dir, err := os.MkdirTemp("", "rollcall-pg-")
	if err != nil {
		t.Fatal(err)
	}
	s.dir = dir
	t.Cleanup(func() { s.Kill(); os.RemoveAll(dir) }) //nolint:errcheck // it is temporary
	if err := s.own(dir); err != nil {
		t.Fatal(err)
	}
	s.run("initdb", "-D", filepath.Join(dir, "data"), "-U", "rollcall", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.port = l.Addr().(*net.TCPAddr).Port
	l.Close() //nolint:errcheck // the server takes it
	s.Restart()
	return s
}

// own gives a folder to who may run the server: root may not.
func (s *Server) own(dir string) error {
	if os.Getuid() != 0 {
		return nil
	}
	uid, gid, err := nobody()
	if err != nil {
		return err
	}
	return os.Chown(dir, uid, gid)
}

func nobody() (uid, gid int, err error) {
	for _, name := range []string{"postgres", "nobody"} {
		var u *user.User
		if u, err = user.Lookup(name); err != nil {
			continue
		}
		uid, _ = strconv.Atoi(u.Uid)
		gid, _ = strconv.Atoi(u.Gid)
		return uid, gid, nil
	}
	return 0, 0, errors.New("there is no user who may run the server")
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.dir
	if os.Getuid() == 0 {
		uid, gid, err := nobody()
		if err != nil {
			s.t.Fatal(err)
		}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	return c
}

func (s *Server) run(name string, args ...string) {
	s.t.Helper()
	if out, err := s.command(name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// Restart starts the server, and waits until it answers. One that was killed a moment ago may still be held by the last
// of its processes: the new one then ends at once, and is started again.
func (s *Server) Restart() {
	s.t.Helper()
	s.start()
	for until := time.Now().Add(30 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		select {
		case <-s.ended:
			s.start()
		default:
		}
		ready := s.command("pg_isready", "-h", "127.0.0.1", "-p", strconv.Itoa(s.port), "-q")
		if ready.Run() == nil {
			return
		}
	}
	text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	s.t.Fatalf("PostgreSQL does not answer:\n%s", text)
}

// start starts the server, and tells when it has ended.
func (s *Server) start() {
	s.t.Helper()
	process := s.command("postgres", "-D", filepath.Join(s.dir, "data"), "-p", strconv.Itoa(s.port), "-k", s.dir,
		"-c", "fsync="+s.sync, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100", "-c", "shared_buffers=64MB",
		"-c", "logging_collector=off")
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.t.Fatal(err)
	}
	defer log.Close() //nolint:errcheck // the server has its own
	process.Stderr = log
	if err := process.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan struct{})
	s.process, s.ended = process, ended
	go func() {
		defer close(ended)
		_ = process.Wait()
	}()
}

// Kill ends the server at once, with all that it runs, as the loss of power to it would.
func (s *Server) Kill() {
	if s.process == nil || s.process.Process == nil {
		return
	}
	for _, pid := range s.children() {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = s.process.Process.Kill()
	<-s.ended
	s.process = nil
	os.Remove(filepath.Join(s.dir, "data", "postmaster.pid")) //nolint:errcheck // it may be gone
}

// children are the processes of the server, which it started.
func (s *Server) children() (pids []int) {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", s.process.Process.Pid, s.process.Process.Pid))
	for _, field := range strings.Fields(string(text)) {
		if pid, err := strconv.Atoi(field); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// Pause stops all that runs, and lets it go on.
func (s *Server) Pause(on bool) {
	signal := syscall.SIGCONT
	if on {
		signal = syscall.SIGSTOP
	}
	for _, pid := range append(s.children(), s.process.Process.Pid) {
		_ = syscall.Kill(pid, signal)
	}
}

// Addr is where the server listens.
func (s *Server) Addr() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

// URL is the address of a state in a schema of the server, reached by another address if one is
// given.
func (s *Server) URL(schema, by string) string {
	if by == "" {
		by = s.Addr()
	}
	return "postgres://rollcall@" + by + "/postgres?sslmode=disable&connect_timeout=2&schema=" + schema
}
