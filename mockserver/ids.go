package mockserver

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// idEncoding writes ids without letters and digits that look alike.
func idEncoding() *base32.Encoding {
	return base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)
}

// NewID makes the id of a new record from the seed, the resource and the number
// of the record: the same calls give the same ids in every world and run.
func (u *world) NewID(prefix string, ordinal uint64) string {
	var n [16]byte
	binary.BigEndian.PutUint64(n[:8], u.server.config.Seed)
	binary.BigEndian.PutUint64(n[8:], ordinal)
	sum := sha256.Sum256(append([]byte(prefix), n[:]...))
	if u.server.variant.on("uuid-ids") {
		sum[6], sum[8] = sum[6]&0x0f|0x40, sum[8]&0x3f|0x80
		h := hex.EncodeToString(sum[:16])
		return strings.Join([]string{h[:8], h[8:12], h[12:16], h[16:20], h[20:]}, "-")
	}
	var text [13]byte
	u.server.ids.Encode(text[:], sum[:8])
	return prefix + string(text[:12])
}
