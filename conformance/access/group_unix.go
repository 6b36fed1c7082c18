//go:build unix

package access

import (
	"os/exec"
	"syscall"
)

// endTogether has a command's end be the end of all that it started: a shell's own commands
// would outlive it.
func endTogether(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
}
