package suite

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// Drawn returns the form with a digit for each # and a small letter for each ?. It is drawn anew
// for each run and the same throughout it, and for each number another: what is taken for unknown
// in all runs, somebody has.
func (env *Env) Drawn(form string, nth int) string {
	return Drawn(env.run.session.uniqueSeed, form, nth)
}

// UnknownID is an id that nobody has, of the look of one that there is; see Env.Drawn.
func (env *Env) UnknownID(like string) string { return UnknownID(env.run.session.uniqueSeed, like) }

// Drawn is Env.Drawn where there is no case, for the seed of whoever asks.
func Drawn(seed uint64, form string, nth int) string {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%d/%s/%d", seed, form, nth)
	sum := hash.Sum64()
	return strings.Map(func(r rune) rune {
		switch r {
		case '#':
			r, sum = '0'+rune(sum%10), sum/10
		case '?':
			r, sum = 'a'+rune(sum%26), sum/26
		}
		return r
	}, form)
}

// UnknownNumber is the form of a number that no counter has come to, and that 32 bits hold.
const UnknownNumber = "2146######"

// UnknownID is Env.UnknownID for a seed. A number is far from those of a counter, of which the next
// may well be taken; of anything else each of the last six letters and digits becomes another.
func UnknownID(seed uint64, like string) string {
	if strings.Trim(like, "0123456789") == "" {
		return Drawn(seed, UnknownNumber, 0)
	}
	const turns = 6
	turned, steps := []byte(like), Drawn(seed, strings.Repeat("#", turns), 0)
	for i := max(0, len(turned)-turns); i < len(turned); i++ {
		turned[i] = other(turned[i], int(steps[len(turned)-1-i]-'0'))
	}
	return string(turned)
}

// other keeps digits digits and hexadecimal letters hexadecimal.
func other(c byte, step int) byte {
	for _, ring := range []string{"0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"} {
		if at := strings.IndexByte(ring, c); at >= 0 {
			return ring[(at+1+step%(len(ring)-1))%len(ring)]
		}
	}
	return c
}
