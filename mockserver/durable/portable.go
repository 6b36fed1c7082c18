package durable

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"strconv"
)

// Item is a line of an exported state: one of its members.
type Item struct {
	Format   int               `json:"rollcall_state,omitempty"` // of the first line
	Meta     map[string]string `json:"meta,omitempty"`
	World    *Line             `json:"world,omitempty"`
	Snapshot *Part             `json:"snapshot,omitempty"`
	Entry    *Placed           `json:"entry,omitempty"`
}

// Part is one of a snapshot.
type Part struct {
	World string `json:"world"`
	Seq   uint64 `json:"seq"`
	Part  int    `json:"part"`
	Data  []byte `json:"data"`
}

// Placed is an entry in its place.
type Placed struct {
	World string `json:"world"`
	Seq   uint64 `json:"seq"`
	Batch []byte `json:"batch"`
	Entry []byte `json:"entry"`
}

// portable is the format of what Export writes.
const portable = 1

// Export writes everything that a log has: a line for each thing, with a checksum before it, so
// that a line that is damaged costs no other one.
func Export(ctx context.Context, log Log, to io.Writer) (worlds int, err error) {
	out := bufio.NewWriter(to)
	meta, err := log.Settle(ctx, nil)
	if err != nil {
		return 0, err
	}
	delete(meta, "probe")
	lines, err := log.Worlds(ctx)
	if err != nil {
		return 0, err
	}
	if err := put(out, Item{Format: portable, Meta: meta}); err != nil {
		return 0, err
	}
	for _, l := range lines {
		if err := exportWorld(ctx, log, l, out); err != nil {
			return 0, err
		}
	}
	return len(lines), out.Flush()
}

func put(out io.Writer, i Item) error {
	text, err := json.Marshal(i)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%08x %s\n", crc32.Checksum(text, castagnoli()), text)
	return err
}

func exportWorld(ctx context.Context, log Log, l Line, out io.Writer) error {
	if err := put(out, Item{World: &l}); err != nil {
		return err
	}
	places, err := log.Snapshots(ctx, l.ID)
	if err != nil {
		return err
	}
	for _, seq := range places {
		parts, err := log.Snapshot(ctx, l.ID, seq)
		for i := 0; err == nil && i < len(parts); i++ {
			err = put(out, Item{Snapshot: &Part{l.ID, seq, i, parts[i]}})
		}
		if err != nil {
			return err
		}
	}
	for at := uint64(0); at < l.Head; {
		rows, err := log.Rows(ctx, l.ID, at)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		for _, r := range rows {
			if at = r.Seq; r.Seq > l.Head {
				break // it came meanwhile
			}
			if err := put(out, Item{Entry: &Placed{l.ID, r.Seq, r.Batch[:], r.Entry}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostLine bounds a line of an exported state, in bytes.
const mostLine = 64 << 20

// Import hands on the items of an exported state, some hundreds at once, and gives what could
// not be read, with the numbers of the lines.
func Import(from io.Reader, some func([]Item) error) (damaged []error, err error) {
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 1<<20), mostLine)
	var items []Item
	once, n := taken{}, 1
	for ; lines.Scan(); n++ {
		i, err := item(lines.Bytes())
		switch {
		case n == 1 && (err != nil || i.Format == 0):
			return nil, Troublef(Broken, "this is no exported state: its first line is not that of one")
		case n == 1 && i.Format > portable:
			return nil, Troublef(Broken,
				"this state was exported in format %d, and this program knows %d: it is too old for it", i.Format,
				portable)
		case err != nil:
			damaged = append(damaged, fmt.Errorf("line %d: %w", n, err))
			continue
		case n > 1 && i.Format != 0:
			return nil, Troublef(Broken,
				"line %d: another exported state begins there, and a file has one: cut it in two before that line", n)
		}
		if what := once.again(i); what != "" {
			return nil, Troublef(Broken,
				"line %d: %s stood before it already; take out what is doubled, or export the state anew", n, what)
		}
		if items = append(items, i); len(items) >= 500 {
			if err := some(items); err != nil {
				return damaged, err
			}
			items = items[:0]
		}
	}
	if err := lines.Err(); err != nil {
		return damaged, err
	}
	if n == 1 {
		return nil, Troublef(Broken, "this is no exported state: it is empty")
	}
	return damaged, some(items)
}

// taken knows what an exported state has had so far: each thing stands in it once, and entries in their order.
type taken struct {
	worlds, parts map[string]bool
	last          map[string]uint64
}

// again names an item that stood there before, "" for a new one.
func (t *taken) again(i Item) (what string) {
	if t.worlds == nil {
		*t = taken{map[string]bool{}, map[string]bool{}, map[string]uint64{}}
	}
	seen := func(of map[string]bool, key string) bool {
		was := of[key]
		of[key] = true
		return was
	}
	switch {
	case i.World != nil && seen(t.worlds, i.World.ID):
		return fmt.Sprintf("the world %.80q", i.World.ID)
	case i.Snapshot != nil && seen(t.parts, fmt.Sprintf("%s %d %d", i.Snapshot.World, i.Snapshot.Seq, i.Snapshot.Part)):
		return fmt.Sprintf("a snapshot of the world %.80q", i.Snapshot.World)
	case i.Entry != nil && i.Entry.Seq <= t.last[i.Entry.World]:
		return fmt.Sprintf("entry %d of the world %.80q, or a later one,", i.Entry.Seq, i.Entry.World)
	case i.Entry != nil:
		t.last[i.Entry.World] = i.Entry.Seq
	}
	return ""
}

func item(line []byte) (i Item, err error) {
	const sum = 8
	if len(line) <= sum || line[sum] != ' ' {
		return i, ErrDamaged
	}
	want, err := strconv.ParseUint(string(line[:sum]), 16, 32)
	if err != nil || uint32(want) != crc32.Checksum(line[sum+1:], castagnoli()) {
		return i, ErrDamaged
	}
	if err := json.Unmarshal(line[sum+1:], &i); err != nil {
		return i, ErrDamaged
	}
	return i, nil
}
