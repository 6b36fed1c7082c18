//go:build unix

package cli

import (
	"io/fs"
	"syscall"
)

// names is how many names a file has: to replace it would leave the others behind.
func names(info fs.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink) //nolint:unconvert // its size differs from system to system
	}
	return 1
}
