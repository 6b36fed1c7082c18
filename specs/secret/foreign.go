package secret

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf16"
)

// mostForeign is of how long a secret the rarer spellings are looked for, in bytes: they are many,
// and what a target hands out may be long.
const mostForeign = 512

// foreign are the spellings of other programs: base32, base64 of base64, and base64 of UTF-16,
// as PowerShell has it.
func foreign(value string) (all []string) {
	if len(value) > mostForeign {
		return nil
	}
	for before := range 5 { // base32 takes five bytes at once
		text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString([]byte(strings.Repeat("\x00", before) + value))
		text = text[(before*8+4)/5:]      // what the bytes before have a part in
		if (before+len(value))*8%5 != 0 { // and those after
			text = text[:len(text)-1]
		}
		all = append(all, text)
	}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		once := encoding.EncodeToString([]byte(value))
		all = append(all, inBase64(once)...)
	}
	all = append(all, inBase64(base64.StdEncoding.EncodeToString([]byte(value)))...)
	var wide []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	return append(all, inBase64(string(wide))...)
}

// whole takes a value with its scheme in the spellings in which neither is seen apart: what is too
// short to be looked for within others is then found with what stands before it.
func (k *Keeper) whole(value string) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for _, text := range append(inBase64(value), hex.EncodeToString([]byte(value))) {
		k.file(pattern{text: lower(text)})
	}
}

// standing are the spellings of a value that is too short to be looked for within others.
func standing(value, digits string) []string {
	return []string{digits, base64.StdEncoding.EncodeToString([]byte(value)), base64.RawStdEncoding.EncodeToString([]byte(value)),
		base64.URLEncoding.EncodeToString([]byte(value)), base64.RawURLEncoding.EncodeToString([]byte(value))}
}
