//go:build !unix

package access

import "os/exec"

// endTogether leaves it at the command itself: there are no groups of processes here.
func endTogether(c *exec.Cmd) { c.Cancel = func() error { return c.Process.Kill() } }
