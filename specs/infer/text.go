package infer

import (
	"strings"
	"unicode"
)

// words splits a name at everything that is no letter or digit, and at the humps of
// camel case: "pull_requests", "PullRequests" and "pull-requests" are all "pull requests".
func words(name string) (all []string) {
	var word []rune
	end := func() {
		if len(word) > 0 {
			all = append(all, strings.ToLower(string(word)))
			word = nil
		}
	}
	runes := []rune(name)
	for i, c := range runes {
		switch {
		case !unicode.IsLetter(c) && !unicode.IsDigit(c):
			end()
			continue
		case unicode.IsUpper(c) && i > 0 && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])):
			if !unicode.IsUpper(runes[i-1]) || !tail(runes[i:]) {
				end()
			}
		}
		word = append(word, c)
	}
	end()
	return all
}

// tail says whether an upper-case run ends in the plural of an abbreviation, as "IDs" does.
func tail(rest []rune) bool {
	return len(rest) >= 2 && rest[1] == 's' && (len(rest) == 2 || unicode.IsUpper(rest[2])) && !unicode.IsLower(rest[0])
}

// plain is a name without the marks by which the spellings of one name differ.
func plain(name string) string { return strings.Join(words(name), "") }

// camel joins words as a member is written.
func camel(parts []string) string {
	var out strings.Builder
	for i, word := range parts {
		if i > 0 && word != "" {
			word = strings.ToUpper(word[:1]) + word[1:]
		}
		out.WriteString(word)
	}
	return out.String()
}

// capital writes the first letter as a capital.
func capital(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// singular is one of what the word names several of; a word that is no plural stays.
func (l *lexicon) singular(word string) string {
	if l.uncounted[word] {
		return word
	}
	if one, ok := l.irregular[word]; ok {
		return one
	}
	for _, row := range endings() {
		if stem, ok := strings.CutSuffix(word, row.plural); ok && len(stem) >= row.least {
			return stem + row.singular
		}
	}
	return word
}

// one is the singular of a name of several words, as words.
func (l *lexicon) one(name string) []string {
	all := words(name)
	last := len(all) - 1
	if last > 0 && all[last][0] == 'v' && isVersion(all[last]) {
		last--
	}
	if last >= 0 {
		all[last] = l.singular(all[last])
	}
	return all
}

// plural says whether a name names several.
func (l *lexicon) plural(name string) bool {
	all := words(name)
	if len(all) == 0 {
		return false
	}
	last := all[len(all)-1]
	if l.ones[last] {
		return false
	}
	return l.singular(last) != last || l.masses[last]
}

// same says whether two names name the same thing, be it one or several.
func (l *lexicon) same(a, b string) bool {
	return a != "" && strings.Join(l.one(a), "") == strings.Join(l.one(b), "")
}
