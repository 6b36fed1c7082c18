package target

import (
	"fmt"
	"strings"
)

// Source is the file that a target was read from, so that whatever looks at the target later
// can say where the mistake stands. The zero value is no file.
type Source struct {
	File  string         // as messages name it
	Lines map[string]int // the line of each member, by its Key
}

// Key is a member's keys from the top of the file, as one: "waivers", "0", "expires".
func Key(keys ...string) string { return strings.Join(keys, "\x00") }

// Forget takes the line of a member away, for one that was given otherwise.
func (s Source) Forget(keys ...string) { delete(s.Lines, Key(keys...)) }

// At names a member of the target for a message: by its keys, with file and line where they
// are known. A member that does not stand in the file is at the line of what it would be in.
func (t *Target) At(keys ...string) string {
	name := strings.Join(keys, ".")
	for n := len(keys); n > 0; n-- {
		if line := t.Source.Lines[Key(keys[:n]...)]; line > 0 {
			name = fmt.Sprintf("line %d: %s", line, name)
			break
		}
	}
	if t.Source.File != "" {
		name = t.Source.File + ": " + name
	}
	return name
}
