package council

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// bestFor is the category with the most keywords in the summary, or nil where none has one.
func (s *server) bestFor(summary string, list []*record) *record {
	list = slices.DeleteFunc(slices.Clone(list), func(rec *record) bool {
		return rec.values["enabled"] == false && !s.on("suggest-disabled")
	})
	if s.on("suggest-always-first") {
		return list[0]
	}
	slices.SortStableFunc(list, func(a, b *record) int {
		return cmp.Compare(a.values["sortOrder"].(int), b.values["sortOrder"].(int))
	})
	if s.on("suggest-newest-tie") {
		slices.Reverse(list)
	}
	var best *record
	most := 0.0
	for _, rec := range list {
		score := s.overlap(summary, rec)
		better := score > most
		if s.on("suggest-worst") {
			better = score > 0 && (best == nil || score < most)
		}
		if better {
			best, most = rec, score
		}
	}
	return best
}

// overlap counts the keywords of a category that the summary has.
func (s *server) overlap(summary string, rec *record) float64 {
	found, all := 0.0, 0
	keywords := strings.Split(rec.text("keywords"), ",")
	if s.on("suggest-one-keyword") {
		keywords = keywords[:1]
	}
	for _, keyword := range keywords {
		if strings.TrimSpace(keyword) == "" {
			continue
		}
		all++
		if times := s.mentions(summary, keyword); s.on("suggest-counts") {
			found += float64(times)
		} else if times > 0 {
			found++
		}
	}
	if s.on("suggest-tenth") && 10*int(found) < len(strings.Fields(summary)) {
		return 0
	}
	if found > 0 && s.on("suggest-jaccard") {
		return found / (float64(all+len(strings.Fields(summary))) - found)
	}
	return found
}

// mentions says how often a keyword is in a summary, in the product's way of comparing.
func (s *server) mentions(summary, keyword string) int {
	if !s.on("suggest-cased") {
		summary, keyword = strings.ToLower(summary), strings.ToLower(keyword)
	}
	switch {
	case s.on("suggest-substring"):
		return strings.Count(summary, strings.TrimSpace(keyword))
	case s.on("suggest-exact"):
		return strings.Count(" "+summary+" ", " "+keyword+" ")
	}
	words := s.spaced(keyword)
	if words == "||" { // nothing but marks
		return 0
	}
	return strings.Count(s.spaced(summary), words)
}

// spaced is a text as its words, each between two bars, so that only whole words match.
func (s *server) spaced(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	})
	for i, word := range words {
		if s.on("suggest-stemmed") {
			words[i] = stem(word)
		}
	}
	return "|" + strings.Join(words, "||") + "|"
}

// stem takes the commonest English endings off the longer words.
func stem(word string) string {
	for _, end := range []string{"ing", "es", "s"} {
		if short, found := strings.CutSuffix(word, end); found && len(short) > 3 {
			return short
		}
	}
	return word
}

// suggested is the answer that names a category.
func (s *server) suggested(best *record) *reply {
	switch {
	case s.on("suggest-never"):
		best = nil
	case best == nil && s.on("suggest-none-404"):
		return fail(404, "NOT_FOUND", "No category matches")
	case best == nil && s.on("suggest-none-empty"):
		return told(200, object{{"suggestion", object{}}})
	}
	if best == nil {
		return told(200, object{{"suggestion", nil}})
	}
	named := object{{"id", best.id}, {"name", best.text("name")}}
	if s.on("suggest-first-name") {
		named.set("name", best.first)
	}
	if s.on("suggest-nameless") {
		named = named[:1]
	}
	if s.on("suggest-extra") {
		named = append(named, member{"score", 0.75}, member{"keywords", []any{"matched"}},
			member{"sortOrder", best.values["sortOrder"]})
	}
	return told(200, object{{"suggestion", named}})
}
