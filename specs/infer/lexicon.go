package infer

import "strings"

// lexicon is the tables of words, ready to be looked up in.
type lexicon struct {
	ones, uncounted, masses, variants, generic, listNames, wrapNames, meta, lone, record set
	actions, queries, caller, created, changed, nests                                    set
	irregular                                                                            map[string]string
	others                                                                               map[string][]string
	ids                                                                                  []string
	purposes                                                                             map[string]purpose
}

type set map[string]bool

func setOf(text string) set {
	all := set{}
	for _, word := range strings.Fields(text) {
		all[word] = true
	}
	return all
}

func newLexicon() *lexicon {
	l := &lexicon{
		ones: setOf(
			ones,
		), uncounted: setOf(uncounted), masses: setOf(masses), variants: setOf(variants), generic: setOf(generic),
		listNames: setOf(listNames), wrapNames: setOf(wrapNames), meta: setOf(metaWords), lone: setOf(loneMeta),
		record: setOf(recordNames), actions: setOf(actionWords), queries: setOf(queryWords), caller: setOf(callerWords),
		created: setOf(createdNames), changed: setOf(changedNames), nests: setOf(nests),
		irregular: map[string]string{}, others: map[string][]string{}, ids: strings.Fields(idNames), purposes: purposes(),
	}
	pairs := strings.Fields(irregular)
	for i := 0; i+1 < len(pairs); i += 2 {
		l.irregular[pairs[i]] = pairs[i+1]
	}
	for _, pair := range strings.Fields(otherNames) {
		param, member, _ := strings.Cut(pair, ":")
		l.others[param] = append(l.others[param], member)
	}
	return l
}

// ending is how a plural ends, and what stands there in the singular.
type ending struct {
	plural, singular string
	least            int // letters before it
}

// endings are tried from the first: what is left as it is stands before what loses its s.
func endings() []ending {
	return []ending{
		{"statuses", "status", 1},
		{"ss", "ss", 1}, {"us", "us", 2}, {"ies", "y", 2}, {"sses", "ss", 1}, {"shes", "sh", 1}, {"ches", "ch", 1},
		{"xes", "x", 1}, {"zzes", "zz", 1}, {"oes", "o", 2}, {"s", "", 2},
	}
}
