package cli

import (
	"slices"
	"strings"
	"sync"
)

// Outputs are the files that a command is about to write, so that one that is ended before that can
// name them. Nil takes none.
type Outputs struct {
	mu      sync.Mutex
	missing []string
}

// Expect notes files that are to be written.
func (o *Outputs) Expect(paths ...string) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.missing = append(o.missing, paths...)
}

// Done notes that nothing more becomes of a file: it is written, or that was told.
func (o *Outputs) Done(path string) {
	if o == nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.missing = slices.DeleteFunc(o.missing, func(one string) bool { return one == path })
}

// lost says what is not written, "" when nothing is known of that.
func (o *Outputs) lost() string {
	if o == nil {
		return ""
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.missing) == 0 {
		return ""
	}
	return ": not written: " + strings.Join(o.missing, ", ")
}
