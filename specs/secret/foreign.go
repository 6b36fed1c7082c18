package secret

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// mostForeign is of how long a secret the rarer spellings are looked for, in bytes: they are many,
// and what a target hands out may be long.
const mostForeign = 512

// foreign are the spellings of other programs: base32, base64 of base64, of UTF-16, as PowerShell has it, and of
// JSON, and hexadecimal in groups.
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
	var little, big []byte
	for _, unit := range utf16.Encode([]rune(value)) {
		little, big = append(little, byte(unit), byte(unit>>8)), append(big, byte(unit>>8), byte(unit))
	}
	for _, wide := range [][]byte{little, big} {
		all = append(append(all, inBase64(string(wide))...), hex.EncodeToString(wide))
	}
	for _, text := range inJSON(value) { // as the payload of a signed token has it
		all = append(all, inBase64(text)...)
	}
	digits := hex.EncodeToString([]byte(value))
	odd := len(digits) % 4 // where groups are counted from the end
	all = append(all, spaced(digits, 2, "-"), spaced(digits, 4, " "),
		digits[:odd]+strings.Repeat(" ", odd/2)+spaced(digits[odd:], 4, " "))
	return append(all, listed(value)...)
}

// inJSON is a value as texts of JSON have it that write more than its own signs.
func inJSON(value string) (all []string) {
	for _, html := range []bool{false, true} {
		var out bytes.Buffer
		writer := json.NewEncoder(&out)
		writer.SetEscapeHTML(html)
		if err := writer.Encode(value); err != nil {
			return nil
		}
		if text := strings.TrimSuffix(out.String()[1:], "\"\n"); text != value {
			all = append(all, text)
		}
	}
	return all
}

// listed is a value as a list of its bytes, of its code points, of its bytes in hexadecimal, or of its signs.
func listed(value string) (all []string) {
	var bytes, digits, points, signs []string
	for _, b := range []byte(value) {
		bytes, digits = append(bytes, strconv.Itoa(int(b))), append(digits, fmt.Sprintf("0x%02x", b))
	}
	for _, r := range value {
		points, signs = append(points, strconv.Itoa(int(r))), append(signs, string(r))
	}
	for _, between := range []string{",", ", ", " "} { // over lines they are put together as with none
		for _, list := range [][]string{bytes, digits, points} {
			all = append(all, strings.Join(list, between))
		}
	}
	for _, between := range []string{`","`, `", "`, `','`, `', '`} {
		all = append(all, strings.Join(signs, between))
	}
	for _, quoted := range []string{`","`, `", "`} {
		all = append(all, strings.Join(digits, quoted), strings.Join(bytes, quoted))
	}
	return all
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
