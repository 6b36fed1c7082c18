package council

import (
	"net/mail"
	"slices"
	"strings"
	"time"
)

// record is one ward, user or category.
type record struct {
	id, tenant       string
	values           map[string]any
	created, updated time.Time
	first            string // the unique member as it was when the record was made
	changes          int
}

// text is a member as a string, and empty when it is none.
func (r *record) text(name string) string {
	text, _ := r.values[name].(string)
	return text
}

// copied is a record of its own with the same values.
func (r *record) copied() *record {
	twin := *r
	twin.values = map[string]any{}
	for name, value := range r.values {
		twin.values[name] = value
	}
	return &twin
}

// field is one member that a caller may write.
type field struct {
	name     string
	sort     string // text, number, whole or flag
	needed   bool   // a create without it is refused, and it is never empty
	nullable bool
	later    bool // the server sets it on create, a caller only afterwards
	secret   bool // never told
	place    bool // of what the sample of a ward shows
	limit    func(s *server, value any) string
}

// kind is one of the three resources.
type kind struct {
	name, path, prefix string
	unique             string // the member that no two records of a tenant share
	writers            string // the lowest role that may write, if the documents name one
	remark             string // a free text of it, for the faults that spoil a neighbour
	fields             []field
	shape              func(s *server, rec *record) object
}

func (k *kind) scope() string { return k.path + ":read" }

func wards() *kind {
	return &kind{
		name: "ward", path: "wards", prefix: "ward", unique: "name", remark: "boundaryDescription", shape: (*server).wardShape,
		fields: []field{
			{name: "name", sort: "text", needed: true, limit: nameLimit},
			{name: "boundaryDescription", sort: "text", nullable: true, place: true},
			{name: "councilTier", sort: "text", nullable: true, place: true, limit: tierLimit},
			{name: "latitude", sort: "number", nullable: true, place: true, limit: placeLimit(90)},
			{name: "longitude", sort: "number", nullable: true, place: true, limit: placeLimit(180)},
			{name: "enabled", sort: "flag"},
		},
	}
}

func users() *kind {
	return &kind{
		name: "user", path: "users", prefix: "user", unique: "email", writers: "councillor", remark: "name",
		shape: (*server).userShape,
		fields: append([]field{
			{name: "name", sort: "text", needed: true, limit: personLimit},
			{name: "email", sort: "text", needed: true, limit: emailLimit},
			{name: "role", sort: "text", needed: true, limit: roleLimit},
			{name: "password", sort: "text", secret: true, limit: passwordLimit},
			{name: "enabled", sort: "flag"},
		}, profileFields()...),
	}
}

func categories() *kind {
	return &kind{
		name: "category", path: "categories", prefix: "cat", unique: "name", remark: "description",
		shape: (*server).categoryShape,
		fields: []field{
			{name: "name", sort: "text", needed: true, limit: nameLimit},
			{name: "description", sort: "text", nullable: true},
			{name: "keywords", sort: "text", nullable: true},
			{name: "enabled", sort: "flag"},
			{name: "sortOrder", sort: "whole", later: true},
		},
	}
}

func kinds() []*kind {
	return []*kind{wards(), users(), categories()}
}

// profile names the further members of a councillor, as the documents list them.
func profile() []string {
	return []string{"bio", "publicEmail", "publicPhone", "officeAddress", "party", "websiteUrl", "facebookUrl",
		"interests", "responsibilities"}
}

func profileFields() []field {
	var fields []field
	for _, name := range profile() {
		fields = append(fields, field{name: name, sort: "text", nullable: true})
	}
	return fields
}

func tiers() []string {
	return []string{"parish", "town", "community", "district", "borough", "county", "unitary", "metropolitan"}
}

func tierLimit(s *server, value any) string {
	if s.on("tiers-unitary-only") && value != "unitary" {
		return "is not known yet"
	}
	if s.on("wards-any-tier") || slices.Contains(tiers(), value.(string)) {
		return ""
	}
	return "is not a known tier"
}

// personLimit is for the products that want a first and a last name.
func personLimit(s *server, value any) string {
	if s.on("names-of-two-words") && len(strings.Fields(value.(string))) < 2 {
		return "needs a first and a last name"
	}
	return nameLimit(s, value)
}

func nameLimit(s *server, value any) string {
	if s.on("names-100") && len([]rune(value.(string))) > 100 {
		return "has more than 100 characters"
	}
	return ""
}

func placeLimit(most float64) func(*server, any) string {
	return func(s *server, value any) string {
		degrees := value.(float64)
		if s.on("wards-any-place") || degrees >= -most && degrees <= most {
			return ""
		}
		return "is out of range"
	}
}

func emailLimit(s *server, value any) string {
	address, err := mail.ParseAddress(value.(string))
	if s.on("emails-any") || err == nil && strings.EqualFold(address.Address, strings.TrimSpace(value.(string))) {
		return ""
	}
	return "is not an e-mail address"
}

func roleLimit(_ *server, value any) string {
	if roleRank()[value.(string)] == 0 {
		return "is not a known role"
	}
	return ""
}

// passwordLimit is for the products that want a strong one.
func passwordLimit(s *server, value any) string {
	word := value.(string)
	for i := 2; i < len(word) && s.on("passwords-without-runs"); i++ {
		if step := int(word[i]) - int(word[i-1]); step >= -1 && step <= 1 && step == int(word[i-1])-int(word[i-2]) {
			return "has three characters in a row"
		}
	}
	if len(word) > 16 && s.on("passwords-16") {
		return "has more than 16 characters"
	}
	mixed := strings.ContainsAny(word, "0123456789") && strings.ToLower(word) != word && strings.ToUpper(word) != word
	if !s.on("passwords-strong") || len(word) >= 10 && mixed {
		return ""
	}
	return "is too weak: at least 10 characters with small and capital letters and a digit"
}
