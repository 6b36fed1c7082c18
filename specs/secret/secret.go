// Package secret knows what must not be told, and cuts it out of every text that leaves: a
// run's failure texts, evidence, ledger and console, and the journal of the mock. A server may
// send a credential back in any spelling, so a text is searched as it stands and with its escapes
// undone.
//
// It is no API: it serves both halves, and may change with any version.
package secret

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Mark stands where a secret of a run was. As a shell variable it lets a curl line be repeated
// by whoever has the credential.
const Mark = "$TOKEN"

const (
	shortest = 4 // bytes; a shorter value says nothing to anybody and stands in half of all words
	embedded = 6 // bytes; from here on a value is also cut out of the middle of a word
	deepest  = 3 // escapes that are undone, one inside the other
)

// Keeper knows the secrets of a run. The zero value knows none. It is safe for
// concurrent use, and a nil *Keeper may be asked but not told.
type Keeper struct {
	Told func(value string) // told of each new secret, once; set it before any is added, nil tells nobody
	Mark string             // stands where a secret was; "" for $TOKEN

	mutex   sync.RWMutex
	known   map[string]bool
	parted  []string // of the known, those that a reader may take apart
	index   tree
	pieces  pieces
	longest int
}

// pattern is one spelling of a secret, in lower case.
type pattern struct {
	text string
	word bool // cut only where it stands alone
}

// Add takes values that must not be told. What is too short to be looked for is left
// out: a header of such a value is hidden by its name.
func (k *Keeper) Add(values ...string) {
	for _, value := range values {
		if k.Learn(value) && k.Told != nil {
			k.Told(strings.TrimSpace(value))
		}
	}
}

// Learn is Add of one value that somebody else has found, and says whether it is news.
func (k *Keeper) Learn(value string) bool {
	if value = strings.TrimSpace(value); len(value) < shortest || k.knows(value) {
		return false
	}
	spelt := spellings(value)
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.known[value] {
		return false
	}
	if k.known == nil {
		k.known = map[string]bool{}
	}
	k.known[value] = true
	if strings.Trim(value, dividers) != "" && strings.ContainsAny(value, dividers) {
		k.parted = append(k.parted, value)
	}
	k.pieces.add(value)
	for _, text := range spelt {
		k.file(pattern{lower(text), len(value) < embedded})
	}
	return true
}

// Known lists the secrets, in no order.
func (k *Keeper) Known() []string {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return slices.Collect(maps.Keys(k.known))
}

// Near says whether a value is a secret but for one sign more, less or other: a credential that
// is spoilt on purpose tells nearly all of what it was made of.
func (k *Keeper) Near(value string) bool {
	if k == nil || len(value) < shortest {
		return false
	}
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	if k.known[value] {
		return true
	}
	for one := range k.known {
		short, long := min(len(one), len(value)), max(len(one), len(value))
		if long-short > 1 {
			continue
		}
		begin := shared(one, value)
		for end := 0; ; end++ {
			if begin+end >= long-1 {
				return true
			}
			if end == short || one[len(one)-1-end] != value[len(value)-1-end] {
				break
			}
		}
	}
	return false
}

func (k *Keeper) knows(value string) bool {
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return k.known[value]
}

// file puts a pattern into the index. Callers hold the mutex.
func (k *Keeper) file(p pattern) {
	if len(p.text) < shortest {
		return
	}
	k.index.plant(p)
	k.longest = max(k.longest, len(p.text))
}

// Longest is how many bytes the longest spelling of a secret has: who cuts a text short
// before it is searched leaves as much room.
func (k *Keeper) Longest() int {
	if k == nil {
		return 0
	}
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return k.longest
}

// Cut returns the text with Mark in place of each secret, in whatever spelling, and of each part of one that
// tells it, also where one was cut short at the end or before an ellipsis.
func (k *Keeper) Cut(text string) string {
	if k == nil || len(text) < shortest {
		return text
	}
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	if len(k.known) == 0 {
		return text
	}
	return replace(text, k.spans(text), cmp.Or(k.Mark, Mark))
}

// span is a piece of the text to take out.
type span struct{ from, to int }

// spans finds the secrets in the text as it stands and behind its escapes. Callers hold
// the mutex.
func (k *Keeper) spans(text string) []span {
	return behind(text, func(plain string, places []int) []span {
		small := lower(plain)
		return slices.Concat(k.find(small, places, false), k.pieces.find(small, places), k.broken(plain, places))
	})
}

// behind looks into a text as it stands and with its escapes undone. places says where in the
// text each byte begins of what is looked into, nil where they are the same.
func behind(text string, look func(plain string, places []int) []span) []span {
	found := look(text, nil)
	var places []int
	for range deepest {
		plain, at := unescape(text)
		if at == nil {
			break
		}
		if places != nil {
			for i, p := range at {
				at[i] = places[p]
			}
		}
		text, places = plain, at
		found = append(found, look(text, places)...)
	}
	return found
}

func place(from, to int, places []int) span {
	if places == nil {
		return span{from, to}
	}
	return span{places[from], places[to]}
}

// broken finds the secrets that are written over several lines, as base64 is in mails and in PEM, also
// where the lines are indented, or end as those of quoted-printable do.
func (k *Keeper) broken(text string, places []int) []span {
	if !strings.Contains(text, "\n") {
		return nil
	}
	joined := make([]byte, 0, len(text))
	at := make([]int, 0, len(text)+1)
	for i, margin := 0, false; i < len(text); i++ {
		switch b := text[i]; {
		case b == '\n' || b == '\r':
			margin = true
			continue
		case margin && (b == ' ' || b == '\t'), b == '=' && softly(text[i+1:]):
			continue
		}
		margin = false
		joined = append(joined, text[i])
		if places == nil {
			at = append(at, i)
		} else {
			at = append(at, places[i])
		}
	}
	end := len(text)
	if places != nil {
		end = places[end]
	}
	return k.find(lower(string(joined)), append(at, end), true)
}

// softly says whether a line ends here.
func softly(rest string) bool {
	return strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n")
}

// find looks for every pattern in a text in lower case; together says that it was put together
// from lines.
func (k *Keeper) find(text string, places []int, together bool) (found []span) {
	for i := 0; i+shortest <= len(text); {
		length := k.index.match(text, i, together)
		if length == 0 {
			i++
			continue
		}
		found = append(found, place(i, i+length, places))
		i += length
	}
	return found
}

// shared is how many bytes two texts begin with in common.
func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// clipped says whether a text was cut short there, within quotation marks or without.
func clipped(rest string) bool {
	rest = strings.TrimLeft(rest, "\"'`\\")
	return rest == "" || strings.HasPrefix(rest, "…") || strings.HasPrefix(rest, "...")
}

// alone says whether no letter or digit stands next to a piece of text.
func alone(text string, from, to int) bool {
	return (from == 0 || !wordy(text[from-1])) && (to == len(text) || !wordy(text[to]))
}

func wordy(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b >= 0x80 || b == '_'
}

// replace puts the mark over the spans, once where they touch or overlap.
func replace(text string, spans []span, mark string) string {
	if len(spans) == 0 {
		return text
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out strings.Builder
	done := 0
	for i := 0; i < len(spans); {
		from, to := spans[i].from, spans[i].to
		for i++; i < len(spans) && spans[i].from < to; i++ {
			to = max(to, spans[i].to)
		}
		out.WriteString(text[done:from])
		out.WriteString(mark)
		done = to
	}
	return out.String() + text[done:]
}

// lower writes ASCII letters small and leaves every other byte, so that places stay.
func lower(text string) string {
	for i := range len(text) {
		if text[i] >= 'A' && text[i] <= 'Z' {
			out := []byte(text)
			for ; i < len(out); i++ {
				if out[i] >= 'A' && out[i] <= 'Z' {
					out[i] += 'a' - 'A'
				}
			}
			return string(out)
		}
	}
	return text
}

// Writer returns a writer that cuts secrets out of what passes through it to w. Each
// write is looked at by itself: a text has to come in one.
func (k *Keeper) Writer(w io.Writer) io.Writer { return writer{k, w} }

type writer struct {
	keeper *Keeper
	to     io.Writer
}

// Write passes p on. It tells p's own length, however long what was written is.
func (w writer) Write(p []byte) (int, error) {
	text := w.keeper.Cut(string(p))
	if n, err := io.WriteString(w.to, text); err != nil {
		return min(n, len(p)), err
	}
	return len(p), nil
}
