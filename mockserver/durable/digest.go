package durable

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"sync"

	"rollcall/mockserver/store"
)

// Digest tells generated data from other data: of each state its records, with their places,
// and its ordinals.
func Digest(origin map[string]store.Snapshot) string {
	type part struct {
		state, table string
		sum          []byte
	}
	var parts []*part
	var all sync.WaitGroup
	for _, state := range sortedKeys(origin) {
		for _, table := range origin[state].Tables() {
			p := &part{state: state, table: table}
			parts = append(parts, p)
			all.Go(func() { p.sum = digestOf(origin[state], table) })
		}
	}
	all.Wait()
	h := sha256.New()
	for _, p := range parts {
		write(h, []byte(p.state), []byte(p.table), p.sum)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digestOf(s store.Snapshot, table string) []byte {
	h := sha256.New()
	var document []byte
	for _, r := range s.Everything(table) {
		document = r.AppendDocument(document[:0])
		write(h, []byte(r.ID), binary.BigEndian.AppendUint64(nil, r.Seq), document, r.Private())
	}
	for _, n := range s.Ordinals() {
		if n.Table == table {
			write(h, binary.BigEndian.AppendUint64(nil, n.Ordinal))
		}
	}
	return h.Sum(nil)
}

// write writes texts so that none can be taken for another's end.
func write(h hash.Hash, texts ...[]byte) {
	var size [8]byte
	for _, t := range texts {
		binary.BigEndian.PutUint64(size[:], uint64(len(t)))
		h.Write(size[:]) //nolint:errcheck // a hash takes everything
		h.Write(t)       //nolint:errcheck // as above
	}
}
