package council

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// now is the time of a write: each is later than the one before, so that a change shows.
func (s *server) now() time.Time {
	now := time.Now().UTC().Truncate(time.Millisecond)
	if s.on("dates-micros") {
		now = time.Now().UTC().Truncate(time.Microsecond)
	}
	if !now.After(s.last) {
		now = s.last.Add(time.Millisecond)
	}
	s.last = now
	return now
}

// idMakers are the forms of new ids; the records of old keep theirs, as after a move.
func idMakers() map[string]func(prefix string, name string, serial int) string {
	return map[string]func(prefix, name string, serial int) string{
		"ids-decimal": func(_, _ string, n int) string { return fmt.Sprint(700_000 + 7*n) },
		"ids-uuid": func(_, name string, n int) string {
			h := digest(name, n)
			return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:32]
		},
		"ids-slug": func(_, name string, n int) string { return fmt.Sprintf("%s-%d", slug(name), n) },
		"ids-long": func(prefix, name string, n int) string { return prefix + "_" + digest(name, n) + digest(name, -n) },
		"ids-descending": func(prefix, _ string, n int) string {
			return fmt.Sprintf("%s-%07d", prefix, 9_999_999-n)
		},
		"ids-urn": func(prefix, _ string, n int) string { return fmt.Sprintf("urn:council:%s:%d", prefix, 100+n) },
	}
}

func digest(name string, n int) string {
	sum := sha256.Sum256(fmt.Append(nil, name, n))
	return hex.EncodeToString(sum[:])
}

// slug keeps the letters and digits of a name.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return r > 127 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	return cmp.Or(strings.Join(words, "-"), "unnamed")
}

func (s *server) newID(k *kind, tenant, name string) string {
	s.serial++
	if s.on("ids-per-tenant") {
		n := 1001
		for s.findOf(k, tenant, k.prefix+"-"+itoa(n)) != nil {
			n++
		}
		return k.prefix + "-" + itoa(n)
	}
	for habit, form := range idMakers() {
		if s.on(habit) {
			return form(k.prefix, name, s.serial)
		}
	}
	return k.prefix + "-" + digest(name, s.serial)[:8]
}

// find is the record of that id, which is one of the tenant's where it has one.
func (s *server) find(k *kind, tenant, id string) *record {
	if own := s.findOf(k, tenant, id); own != nil {
		return own
	}
	return s.findOf(k, "", id)
}

func (s *server) findOf(k *kind, tenant, id string) *record {
	for _, rec := range s.stores[k.name] {
		if rec.id == id && (tenant == "" || tenant == rec.tenant) {
			return rec
		}
	}
	return nil
}

// owned are the records of a tenant in the order of their creation.
func (s *server) owned(k *kind, tenant string) []*record {
	var mine []*record
	for _, rec := range s.stores[k.name] {
		if rec.tenant == tenant || s.fault(k, "list-leaks") {
			mine = append(mine, rec)
		}
	}
	return mine
}

func (s *server) drop(k *kind, rec *record) {
	s.stores[k.name] = slices.DeleteFunc(s.stores[k.name], func(other *record) bool { return other == rec })
}

// neighbour is the record of the same tenant that was created just before.
func (s *server) neighbour(k *kind, rec *record) *record {
	var before *record
	for _, other := range s.stores[k.name] {
		if other == rec {
			break
		}
		if other.tenant == rec.tenant {
			before = other
		}
	}
	return before
}

// sorted is the documented order: by name, and categories by their sort order.
func (s *server) sorted(k *kind, list []*record) []*record {
	if s.on("ties-newest-first") {
		slices.Reverse(list)
	}
	if s.fault(k, "list-hides-disabled") {
		list = slices.DeleteFunc(list, func(rec *record) bool { return rec.values["enabled"] == false })
	}
	order := s.byName
	switch {
	case s.fault(k, "list-unsorted"):
		return list
	case k.name == categories().name && s.on("category-list-by-digits"):
		order = func(a, b *record) int {
			return strings.Compare(itoa(a.values["sortOrder"].(int)), itoa(b.values["sortOrder"].(int)))
		}
	case k.name == categories().name && !s.on("category-list-by-name"):
		order = func(a, b *record) int { return cmp.Compare(a.values["sortOrder"].(int), b.values["sortOrder"].(int)) }
	}
	slices.SortStableFunc(list, order)
	if s.fault(k, "list-reversed") {
		slices.Reverse(list)
	}
	return list
}

// collations are the keys by which names are compared.
func collations() map[string]func(string) string {
	return map[string]func(string) string{
		"collate-folded":  strings.ToLower,
		"collate-locale":  plainLetters,
		"collate-natural": paddedNumbers,
	}
}

func (s *server) byName(a, b *record) int {
	for habit, key := range collations() {
		if s.on(habit) {
			return cmp.Or(cmp.Compare(key(a.text("name")), key(b.text("name"))), cmp.Compare(a.text("name"), b.text("name")))
		}
	}
	return cmp.Compare(a.text("name"), b.text("name"))
}

func unaccented() *strings.Replacer {
	return strings.NewReplacer("\u00e9", "e", "\u00e2", "a", "\u00ea", "e", "\u00ee", "i",
		"\u00f4", "o", "\u0175", "w", "\u0177", "y")
}

// plainLetters compares as a dictionary does: without case, accents, blanks and marks.
func plainLetters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, unaccented().Replace(strings.ToLower(name)))
}

// paddedNumbers makes Ward 2 come before Ward 10.
func paddedNumbers(name string) string {
	var key, digits strings.Builder
	flush := func() {
		if digits.Len() > 0 {
			key.WriteString(strings.Repeat("0", max(0, 40-digits.Len())) + digits.String())
			digits.Reset()
		}
	}
	for _, r := range name {
		if r >= '0' && r <= '9' {
			digits.WriteRune(r)
			continue
		}
		flush()
		key.WriteRune(r)
	}
	flush()
	return key.String()
}
