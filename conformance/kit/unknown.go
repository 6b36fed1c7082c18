package kit

import "strings"

// UnknownID turns a real id into one of the same look that nobody has: each of its
// last six letters and digits becomes the next one.
func UnknownID(id string) string {
	if strings.Trim(id, "0123456789") == "" {
		return "2147480917" // the next of a counter may well be taken
	}
	turned := []byte(id)
	for i := max(0, len(turned)-6); i < len(turned); i++ {
		turned[i] = nextOf(turned[i])
	}
	return string(turned)
}

// nextOf keeps digits digits and hexadecimal letters hexadecimal.
func nextOf(c byte) byte {
	for _, ring := range []string{"0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"} {
		if at := strings.IndexByte(ring, c); at >= 0 {
			return ring[(at+1)%len(ring)]
		}
	}
	return c
}
