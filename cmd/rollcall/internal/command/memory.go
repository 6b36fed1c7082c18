package command

import (
	"math"
	"runtime/debug"

	"rollcall/cmd/internal/cli"
	"rollcall/fixtures"
)

// How far the garbage collector lets the heap grow between two collections, in
// percent of what is in use. A small heap may grow: requests are many, and a few
// megabytes buy fewer collections. One of gigabytes may not.
const (
	smallPercent = cli.SeldomPercent
	largePercent = 100
	hugePercent  = 40
)

// The sizes of data from which heaps are large and huge.
const (
	largeData fixtures.Size = 20_000
	hugeData  fixtures.Size = 300_000
)

// hugeLimit is the heap up to which huge data is made with few collections, in
// bytes.
const hugeLimit = 11 << 29

// tuneMemory sets the garbage collector up to make an amount of data; GOGC in the
// environment wins.
func tuneMemory(s Streams, size fixtures.Size) {
	if _, set := s.Env("GOGC"); set {
		return
	}
	if size < largeData {
		debug.SetGCPercent(smallPercent)
		return
	}
	debug.SetGCPercent(largePercent)
	if size >= hugeData {
		debug.SetMemoryLimit(hugeLimit)
	}
}

// floor gives the ballast, which must be kept; none where the environment says how
// to collect garbage.
func floor(s Streams) []byte {
	if _, set := s.Env("GOGC"); set {
		return nil
	}
	return cli.Ballast()
}

// returnMemory gives back what making much data took besides, and sets the
// garbage collector for serving it.
func returnMemory(s Streams, size fixtures.Size) {
	if size < largeData {
		return
	}
	if _, set := s.Env("GOGC"); !set && size >= hugeData {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(hugePercent)
	}
	debug.FreeOSMemory()
}
