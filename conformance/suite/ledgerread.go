package suite

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"rollcall/specs/userfile"
)

// leftovers is what a ledger file says is still to be taken back.
type leftovers struct {
	head  entry
	undo  []entry          // in the order of the file
	sends []entry          // writes of which nobody knows what became
	made  map[string]entry // the send of what is there for good, by its id
	torn  []tornLine       // what they said is not known
	tail  *tornLine        // bytes at the end that no run writes, as a disk leaves them that lost its power
}

// tornLine is a line of the file that was cut short, and is not its last.
type tornLine struct {
	number int
	text   []byte
}

func (l *leftovers) count() int {
	n := len(l.undo) + len(l.sends) + len(l.torn)
	if l.tail != nil {
		n++
	}
	return n
}

// stays counts what is there for good, by the operation that made it.
func (l *leftovers) stays() map[string][]string {
	ids := map[string][]string{}
	for _, id := range slices.Sorted(maps.Keys(l.made)) {
		send := l.made[id]
		ids[send.Call.Operation] = append(ids[send.Call.Operation], cmp.Or(send.Record, noID))
	}
	return ids
}

// readLedger reads a file. The half line at its end, of a run that was killed while writing,
// counts for nothing: what it announced was not sent. It errs on a line that is whole and
// none that a run writes.
func readLedger(path string) (*leftovers, error) {
	raw, err := userfile.ReadKept(path, mostLedger)
	if err != nil {
		return nil, err
	}
	l, err := parseLedger(raw)
	if err != nil {
		return nil, fmt.Errorf("%s is no ledger of a run: %w; name the file of one, or put right what was changed in it",
			path, err)
	}
	return l, nil
}

// parseLedger reads what a file holds.
func parseLedger(raw []byte) (*leftovers, error) {
	l, number := &leftovers{made: map[string]entry{}}, 0
	sound := soundLength(raw)
	if rest := raw[sound:]; bytes.IndexByte(rest, '\n') >= 0 {
		l.tail = &tornLine{bytes.Count(raw[:sound], []byte("\n")) + 1, rest}
	}
	for line := range bytes.Lines(raw[:sound]) {
		number++
		line = bytes.TrimSpace(line)
		e, whole, err := readEntry(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", number, err)
		case len(line) == 0:
			continue
		case !bytes.HasPrefix(line, []byte(beginning)) || !json.Valid(line):
			l.torn = append(l.torn, tornLine{number, line})
		}
		if !whole {
			continue
		}
		if (e.Event == "run") != (l.head.Event == "") {
			return nil, fmt.Errorf("line %d: a run begins it, and it alone", number)
		}
		l.take(e)
	}
	if l.head.Event == "" {
		return nil, errors.New("it does not begin with one")
	}
	return l, nil
}

// soundLength is where the half line begins that a file ends with, or bytes that are of no run's making and
// behind which no entry stands; the length of the file where there is neither.
func soundLength(raw []byte) (length int) {
	for line := range bytes.Lines(raw) {
		if line[len(line)-1] != '\n' {
			break
		}
		if _, _, err := readEntry(bytes.TrimSpace(line)); errors.Is(err, errNotOurs) && length > 0 &&
			!bytes.Contains(raw[length:], []byte(beginning)) {
			break
		}
		length += len(line)
	}
	return length
}

var errNotOurs = errors.New("it is not of a run's making")

// beginning is what every entry begins with.
const beginning = `{"event":`

// readEntry reads a line. One that was cut short in the middle of the file, by a disk
// that was full for a while, counts for nothing, and what another process then wrote
// behind it counts.
func readEntry(line []byte) (e entry, whole bool, err error) {
	if json.Valid(line) {
		e, err = knownEntry(line)
		return e, err == nil, err
	}
	torn := bytes.HasPrefix(line, []byte(beginning)) || len(line) == 0
	if at := bytes.LastIndex(line, []byte(beginning)); at > 0 && torn && json.Valid(line[at:]) {
		e, err = knownEntry(line[at:])
		return e, err == nil, err
	}
	if torn || bytes.HasPrefix([]byte(beginning), line) {
		return entry{}, false, nil
	}
	return entry{}, false, errNotOurs
}

// knownEntry reads JSON as an entry that a run writes.
func knownEntry(line []byte) (e entry, err error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&e); err != nil {
		return entry{}, err
	}
	full, known := map[string]bool{
		"run":    e.Contract != "" && e.URL != "",
		"send":   e.ID != "" && e.Call != nil && e.Call.Operation != "",
		"answer": e.ID != "" && e.Status > 0,
		"unsent": e.ID != "",
		"undo":   e.ID != "" && (e.Call == nil || e.Call.Operation != ""),
		"undone": e.ID != "",
		"gone":   e.ID != "",
		"end":    e.Case != "",
	}[e.Event]
	switch {
	case !known:
		return entry{}, fmt.Errorf("there is no event %.40q", e.Event)
	case !full:
		return entry{}, fmt.Errorf("the event %q lacks what it is about", e.Event)
	}
	return e, nil
}

// take applies one entry.
func (l *leftovers) take(e entry) {
	settled := func(id string) func(entry) bool { return func(other entry) bool { return other.ID == id } }
	switch e.Event {
	case "run":
		l.head = e
	case "send":
		l.sends = append(l.sends, e)
	case "undo":
		l.undo = append(l.undo, e)
		l.tracked(e)
	case "answer":
		l.answered(e)
	case "unsent":
		l.sends = slices.DeleteFunc(l.sends, settled(e.ID))
	case "undone":
		l.undo = slices.DeleteFunc(l.undo, settled(e.ID))
	case "gone":
		l.sends = slices.DeleteFunc(l.sends, settled(e.ID))
		delete(l.made, e.ID)
	case "end":
		l.sends = slices.DeleteFunc(l.sends, func(other entry) bool {
			over := other.Case == e.Case && other.Status != 0
			if over {
				l.settle(other)
			}
			return over
		})
	}
}

// settle notes that what a write made, if it made something, is there for good.
func (l *leftovers) settle(send entry) {
	if send.Made {
		l.made[send.ID] = send
	}
}

// tracked settles the write that made what a way back is about: either the way back removes
// it, or it is there for good.
func (l *leftovers) tracked(undo entry) {
	if !undo.Keeps {
		delete(l.made, undo.Of)
	}
	l.sends = slices.DeleteFunc(l.sends, func(send entry) bool {
		if send.ID == undo.Of && undo.Keeps {
			l.settle(send)
		}
		return send.ID == undo.Of
	})
}

// answered strikes out a write that was refused, and notes that one was not.
func (l *leftovers) answered(e entry) {
	for i, send := range l.sends {
		switch {
		case send.ID != e.ID:
		case e.Status >= 200 && e.Status < 300:
			l.sends[i].Status, l.sends[i].Made, l.sends[i].Record = e.Status, e.Made, e.Record
		default:
			l.sends = slices.Delete(l.sends, i, i+1)
			return
		}
	}
}

// lines tells what is left but for what is there for good.
func (l *leftovers) lines() []string {
	var lines []string
	for _, e := range l.undo {
		if e.Call == nil {
			lines = append(lines, "only the run itself could take back: "+e.Title)
			continue
		}
		lines = append(lines, "to take back: "+e.Call.String())
	}
	for _, e := range l.sends {
		what := "nobody knows what became of"
		if e.Made {
			what = "made, and nothing took it back"
		}
		lines = append(lines, fmt.Sprintf("%s: %s %s (%s)", what, e.Call, e.Call.Body, e.Title))
	}
	for _, t := range l.torn {
		lines = append(lines, fmt.Sprintf("line %d was cut short, and nobody knows what it said: %.80q", t.number, t.text))
	}
	if t := l.tail; t != nil {
		lines = append(lines, fmt.Sprintf("from line %d on there are %d bytes that no run writes, and nobody knows what stood "+
			"there; a sweep cuts them off", t.number, len(t.text)))
	}
	return lines
}
