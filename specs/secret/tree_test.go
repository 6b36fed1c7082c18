package secret_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"rollcall/specs/secret"
)

// TestSecretsThatBeginAlike holds that what is looked for costs nothing more for being much of one
// kind, in a text of that kind, too.
func TestSecretsThatBeginAlike(t *testing.T) {
	text := strings.Repeat("a", 100_000) + "\n" + strings.Repeat("ab", 50_000)
	took := func(known int, long string) time.Duration {
		k := &secret.Keeper{}
		for i := range known {
			k.Add(fmt.Sprintf("aaaaaaaa%s%06d", long, i))
		}
		best := time.Hour
		for range 3 {
			began := time.Now()
			k.Cut(text)
			best = min(best, time.Since(began))
		}
		return best
	}
	const most = 20
	few, many, long := took(20, ""), took(2000, ""), took(20, strings.Repeat("a", 16_000))
	if many > most*few {
		t.Errorf("a hundred times the secrets cost %.0f times as much", float64(many)/float64(few))
	}
	if long > most*most*few { // what is compared in vain has a bound, be they as long as they may
		t.Errorf("secrets a thousand times as long cost %.0f times as much", float64(long)/float64(few))
	}
}

// TestSecretsAreFoundAsOneByOne compares what is cut with a search for each secret by itself.
func TestSecretsAreFoundAsOneByOne(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	word := func(letters, most int) string {
		out := make([]byte, 6+chance.IntN(most))
		for i := range out {
			out[i] = "abcd"[chance.IntN(letters)]
		}
		return string(out)
	}
	for range 300 {
		k := &secret.Keeper{Mark: "#"}
		secrets := make([]string, 1+chance.IntN(20))
		for i := range secrets {
			secrets[i] = word(2, 12)
		}
		k.Add(secrets...)
		text := word(3, 30) + secrets[chance.IntN(len(secrets))] + word(2, 60)
		cut := k.Cut(text + " ")
		for _, one := range secrets {
			if strings.Contains(cut, one) {
				t.Fatalf("of %q, %q is left in %q", text, one, cut)
			}
		}
		for rest := range strings.SplitSeq(strings.TrimSpace(cut), "#") {
			if !strings.Contains(text, rest) {
				t.Fatalf("of %q comes %q", text, cut)
			}
		}
	}
}
