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
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%d/%s/%d", env.run.session.uniqueSeed, form, nth)
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
