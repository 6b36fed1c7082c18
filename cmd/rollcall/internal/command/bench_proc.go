package command

import (
	"fmt"
	"os"
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

// tick is the unit in which Linux counts processor time.
const tick = 10 * time.Millisecond

// spent gives the processor time that the process took, 0 where the system has no
// /proc.
func (p *process) spent() time.Duration {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.command.Process.Pid))
	if err != nil {
		return 0
	}
	// The name of the program, in brackets, is the only field that may hold spaces.
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11]) // 0 for an unknown form
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * tick
}
