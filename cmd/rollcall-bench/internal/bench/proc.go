package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// resident gives the memory of the process in KiB, 0 where the system has no
// /proc.
func (p *process) resident() int {
	return readKiB(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid), "VmRSS:")
}

// readKiB finds a line of a file in /proc, 0 when there is none.
func readKiB(file, name string) int {
	raw, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0]) // 0 for an unknown form
			return n
		}
	}
	return 0
}

// spent gives the processor time that the process's threads took, 0 where the
// system has no /proc.
func (p *process) spent() (sum time.Duration) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", p.command.Process.Pid))
	if err != nil {
		return 0
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if fields := strings.Fields(string(raw)); err == nil && len(fields) > 0 {
			n, _ := strconv.ParseInt(fields[0], 10, 64) // 0 for an unknown form
			sum += time.Duration(n)
		}
	}
	return sum
}
