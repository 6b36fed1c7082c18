package infer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"rollcall/specs/contract"
)

// settle finds the home of each group's records, and makes a resource of every home.
func (r *reader) settle() {
	r.unshare()
	homes := slices.DeleteFunc(slices.Clone(r.groups), func(g *group) bool {
		return g.single || !g.strong() || r.relation(g) || has(searchNames, g.keys[len(g.keys)-1])
	})
	slices.SortStableFunc(homes, func(a, b *group) int { return depth(a) - depth(b) })
	for _, g := range homes {
		g.home = r.twin(g, homes)
	}
	for _, g := range r.groups {
		if up := g.at.up.group; up != nil && g.item != nil && r.selects(g) {
			g.home = up
		}
		if g.home == nil {
			g.home = r.homeOf(g, homes)
			put := g.item.op("PUT")
			elsewhere := g.up != nil && (g.home.at.has("POST") || !g.at.has("POST")) && !r.alsoMade(g)
			g.bound = g.home != g && g.item != nil && (elsewhere || put != nil && put.Body == nil)
		}
	}
	for _, g := range r.groups {
		for g.home != g.home.home {
			g.home = g.home.home
		}
	}
	taken := map[string]bool{}
	slices.SortStableFunc(homes, func(a, b *group) int { // who has a name first keeps it
		return cmp.Or(depth(a)-depth(b), wordsBefore(a)-wordsBefore(b), b.weight-a.weight)
	})
	for _, g := range slices.Concat(homes, r.groups) {
		if g.home == g && g.made == nil {
			g.made = &contract.Resource{Name: r.name(g, taken)}
			taken[g.made.Name] = true
		}
	}
	for _, g := range r.groups {
		g.made = g.home.made
		if g.home == g {
			r.behavior.Resources = append(r.behavior.Resources, g.made)
		}
	}
}

// unshare takes the stem from groups whose component is that of three or more kinds of records,
// and by its name of none that there are: an envelope for everything says nothing of what is in it.
func (r *reader) unshare() {
	nouns := map[string]set{}
	for _, g := range r.groups {
		if nouns[g.stem] == nil {
			nouns[g.stem] = set{}
		}
		nouns[g.stem][g.noun] = true
	}
	for _, g := range r.groups {
		stem := g.stem
		if len(nouns[stem]) > 2 && !slices.ContainsFunc(r.groups, func(other *group) bool {
			return len(other.noun) > 2 && (strings.Contains(stem, other.noun) || strings.Contains(other.noun, stem))
		}) {
			g.stem = ""
		}
	}
}

// sweep takes away the resources that no operation and no other resource speaks of.
func (r *reader) sweep() {
	used := map[string]bool{}
	for _, a := range r.behavior.Operations {
		used[a.Resource], used[a.Under] = true, true
	}
	for range r.behavior.Resources { // a chain of parents is no longer than that
		before := len(used)
		for _, m := range r.behavior.Resources {
			if m.Parent != nil && used[m.Name] {
				used[m.Parent.Resource] = true
			}
		}
		if len(used) == before {
			break
		}
	}
	r.behavior.Resources = slices.DeleteFunc(r.behavior.Resources, func(m *contract.Resource) bool { return !used[m.Name] })
}

// depth is how many records stand above a group.
func depth(g *group) (n int) {
	for g = g.up; g != nil; g = g.up {
		n++
	}
	return n
}

// name is the singular of the group's word; where it is taken, with the name of the record
// above before it.
func (r *reader) name(g *group, taken map[string]bool) string {
	parts := r.noun(g)
	if up := g.at.up; up != nil && up.word != "" && up.group != nil && g.entity != nil {
		own := r.component(g.entity)
		if slices.Contains(own, camel(parts)) && own[len(own)-1] == camel(r.one(up.word)) {
			parts = own // /hooks/git/{id} with the component GitHook
		}
	}
	if len(parts) == 0 || len(parts) == 1 && r.caller[parts[0]] && g.stem != "" {
		parts = []string{g.stem}
	}
	name := camel(parts)
	if taken[name] && r.byUp(g) {
		name = camel(append(slices.Clone(parts), words(g.at.word)...))
	}
	if name == "" || isVersion(name) {
		name = "record"
		if g.stem != "" {
			name = g.stem
		}
	}
	for up := g.up; up != nil && taken[name]; up = up.up {
		name = camel(r.one(up.at.word)) + capital(name)
	}
	for _, frame := range []bool{false, true} { // what frames all paths says least
		for p := g.at.up; p != nil && taken[name]; p = p.up {
			if p.word != "" && !isVersion(p.word) && frame == has(frameWords, p.word) {
				name = camel(r.one(p.word)) + capital(name)
			}
		}
	}
	first := name
	for n := 2; taken[name]; n++ {
		name = first + strconv.Itoa(n)
	}
	return name
}

// noun is the singular of a group's word, as words.
func (r *reader) noun(g *group) []string {
	all := words(g.at.word)
	if r.byUp(g) {
		return r.one(g.at.up.word)
	}
	if g.single && len(all) > 0 && r.ones[all[len(all)-1]] {
		return all
	}
	if len(all) > 1 && r.purposes[all[0]] == purposeGet {
		return r.one(strings.Join(all[1:], " ")) // /getStations has stations
	}
	if g.item != nil && g.stem != "" && plain(g.at.word) == plain(g.keys[len(g.keys)-1]) && !r.akin(g) {
		return r.component(g.entity) // /countrycode/{countryCode} has the airports there
	}
	if len(g.at.word) < 3 {
		return r.called(g, r.one(g.at.word))
	}
	return r.one(g.at.word)
}

// byUp says whether a group's word says nothing of its records, but the one before it does:
// /reports/v4 has reports, and /templates/list templates.
func (r *reader) byUp(g *group) bool {
	up, word := g.at.up, g.at.word
	if up.word != "" && !isVersion(up.word) && !has(frameWords, up.word) && (r.which(g) || r.keyOfUp(g) || saysBy(g)) {
		return true
	}
	return up.word != "" && !isVersion(up.word) && (isVersion(word) ||
		g.item != nil && r.plural(up.word) && !r.plural(word) && plain(word) == plain(g.keys[0]) &&
			!strings.Contains(g.stem, plain(word)) ||
		!g.single && r.plural(up.word) && (r.listWord(word) != "" || r.purposes[plain(word)] == purposeCreate))
}

// keyOfUp says whether the key of a group has the name of the word before it: /webhooks/sent/{webhookId}.
func (r *reader) keyOfUp(g *group) bool {
	if g.item == nil || r.keyedBy(g.at, g.item) || !has(whichWords, g.at.word) {
		return false
	}
	all := words(g.keys[len(g.keys)-1])
	own := strings.Join(r.one(g.at.up.word), "")
	return len(all) > 1 && has(idNames, all[len(all)-1]) && strings.Join(all[:len(all)-1], "") == own && len(own) > 2 &&
		!strings.Contains(g.stem, plain(g.at.word))
}

// saysBy says whether a word only says by what one of the records before it is found: /stations/byCity/{city}
// and /station/code/{stationCode}.
func saysBy(g *group) bool {
	all := words(g.at.word)
	by := len(all) > 1 && all[0] == "by" || has(idWords+" url", g.at.word)
	return by && g.item != nil && !strings.Contains(g.stem, plain(g.at.word))
}

// which says whether a word only says which of the records before it are meant: /orders/open lists orders.
func (r *reader) which(g *group) bool {
	return has(whichWords, g.at.word) && !g.single && r.plural(g.at.up.word) && !strings.Contains(g.stem, plain(g.at.word))
}

// called is what the operation that gets a record calls it.
func (r *reader) called(g *group, otherwise []string) []string {
	for _, op := range []*contract.Operation{g.item.op("GET"), g.at.op("POST")} {
		if op == nil {
			continue
		}
		if all := words(op.ID); len(all) == 2 && r.purposes[all[0]] != purposeNone {
			return all[1:]
		}
	}
	return otherwise
}

// isVersion says whether a word is the version of an API, such as v1 or 2010-04-01.
func isVersion(word string) bool {
	rest := strings.TrimPrefix(word, "v")
	return rest != "" && strings.Trim(rest, "0123456789.-") == ""
}
