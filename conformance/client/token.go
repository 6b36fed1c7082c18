package client

import "strings"

// OtherEnd is a credential with another last letter or digit. Signs behind it that fill it up stay.
func OtherEnd(token string) string {
	return otherSigns(token, strings.LastIndexFunc(token, isSign), 1)
}

// OtherMiddle is a credential with other letters or digits in its middle: two, for one of a name could be
// the same in the other case when it is spelt to the base 64.
func OtherMiddle(token string) string {
	half := len(token) / 2
	from := strings.IndexFunc(token[half:], isSign)
	if from < 0 {
		return OtherEnd(token)
	}
	return otherSigns(token, half+from, 2)
}

// otherSigns changes as many letters and digits from a place on.
func otherSigns(token string, from, many int) string {
	changed := []byte(token)
	for i := max(from, 0); i < len(changed) && many > 0; i++ {
		if isSign(rune(changed[i])) {
			changed[i], many = otherSign(changed[i]), many-1
		}
	}
	return string(changed)
}

func isSign(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// otherSign is a sign that stands for something else whatever the spelling: to the base 64 the last sign of a text
// has bits that say nothing, so the first two differ; and of l, 1 and O, 0 some spellings make no difference.
func otherSign(sign byte) byte {
	const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	const bits = 4 // of six, the last
	for _, other := range []byte("7aR") {
		same := strings.EqualFold(string(sign), string(other))
		if !same && strings.IndexByte(signs, sign)>>bits != strings.IndexByte(signs, other)>>bits {
			return other
		}
	}
	return '7'
}
