package userfile

import "bytes"

// Wide tells whether a text is in UTF-16 or UTF-32, as it begins: with their mark, or with a nought beside
// a sign of ASCII, which texts in UTF-8 don't have.
func Wide(text []byte) bool {
	const first = 4
	begin := text[:min(len(text), first)]
	return bytes.HasPrefix(begin, []byte{0xFF, 0xFE}) || bytes.HasPrefix(begin, []byte{0xFE, 0xFF}) ||
		bytes.IndexByte(begin, 0) >= 0
}
