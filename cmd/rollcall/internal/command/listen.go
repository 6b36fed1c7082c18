package command

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"
)

// listen listens on an address. What it says where it can't is about what of the address is wrong.
func listen(host string, port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(port)))
	if err == nil {
		return l, nil
	}
	const atHost = "can't listen on --host %s: "
	var name *net.DNSError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return nil, exit(ExitUsage, atHost+"no machine is known by that name; give an address of this one, as 127.0.0.1", host)
	case errors.As(err, &name):
		return nil, exit(ExitTarget,
			atHost+"the name could not be looked up (%w); give an address of this machine, as 127.0.0.1", host,
			err)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, exit(ExitTarget,
			atHost+"it is no address of this machine; give one that is, as 127.0.0.1, or 0.0.0.0 for all",
			host)
	case errors.Is(err, fs.ErrPermission):
		return nil, exit(ExitTarget,
			"can't listen on %s:%d: this user may not; give a --port from 1024 on (0 takes a free one)", host,
			port)
	}
	return nil, exit(ExitTarget, "can't listen on %s:%d: %w; stop what runs there, or give another --port (0 takes a free one)",
		host, port, err)
}

// mostSocket is how many bytes the path of a socket may have where there are fewest.
const mostSocket = 103

// listenAt listens on a socket. What stands there and is none is never said to be in the way: it may be of
// worth.
func listenAt(path string) (net.Listener, error) {
	l, err := net.Listen("unix", path)
	if err == nil {
		return l, nil
	}
	const cant = "can't listen on --unix %s: "
	info, missing := os.Stat(path)
	switch {
	case missing == nil && info.IsDir():
		return nil, exit(ExitUsage, cant+"it is a folder; name a file in it that is not there yet", path)
	case missing == nil && info.Mode()&fs.ModeSocket == 0:
		return nil, exit(ExitUsage, cant+"it is there, and no socket; name a file that is not there yet", path)
	case missing == nil && taken(path):
		return nil, exit(ExitTarget, cant+"a server listens there; stop it, or give another path", path)
	case missing == nil:
		return nil, exit(ExitTarget, cant+"a socket is there on which nobody listens; remove it, or give another path", path)
	case len(path) > mostSocket:
		return nil, exit(ExitUsage, cant+"the path of a socket has at most %d bytes; give a shorter one", path, mostSocket)
	case errors.Is(err, fs.ErrNotExist):
		return nil, exit(ExitUsage, cant+"there is no such folder; make it first, or correct the path", path)
	case errors.Is(err, syscall.ENOTDIR):
		return nil, exit(ExitUsage, cant+"what stands before the last / is a file; name a folder", path)
	}
	return nil, exit(ExitTarget, cant+"%w; let this user write there, or give another path", path, err)
}

// taken tells whether a server answers at a socket.
func taken(path string) bool {
	c, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		_ = c.Close()
	}
	return err == nil
}
