package council

import "rollcall/conformance/internal/independent"

const (
	inputOpen   = "the tables of the body members are not in the documents: no type, limit or form is stated"
	mediaOpen   = "nothing is said about media types"
	wireOpen    = "nothing is said about the transport"
	suggestOpen = "L124: \"keyword overlap between the summary text and each category's keywords\" leaves the comparing open"
)

// inputHabits are about what is taken, what is refused and what becomes of it.
func inputHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "coerces", Says: "Texts are taken for numbers and flags, and numbers for texts, where they can be read so.",
			Open: inputOpen},
		{Name: "drops-bad-values", Says: "A bad value of an optional member is left out of account.", Open: inputOpen,
			Misses: []string{"COU-WARD-10", "COU-WARD-11", "COU-WARD-12"}},
		{Name: "wards-any-tier", Says: "A tier may be any text.", Open: inputOpen, Misses: []string{"COU-WARD-12"}},
		{Name: "wards-any-place", Says: "Coordinates may be any number.", Open: inputOpen, Misses: []string{"COU-WARD-11"}},
		{Name: "tiers-unitary-only", Says: "Of the tiers only unitary is taken.", Open: "L14: the one tier that is shown"},
		{Name: "names-of-two-words", Says: "A user needs a first and a last name.", Open: inputOpen},
		{Name: "passwords-without-runs", Says: "A password has no aaa and no abc in it.", Open: inputOpen},
		{Name: "password-null", Says: "A password of null is none.", Open: inputOpen},
		{Name: "texts-decomposed", Says: "Texts are kept decomposed (NFD).", Open: "canonically they are the same"},
		{Name: "keywords-spaced", Says: "Keywords are kept with a blank behind each comma.", Open: inputOpen},
		{Name: "keywords-sorted", Says: "Keywords are kept in alphabetical order.", Open: inputOpen},
		{Name: "keywords-upper", Says: "Keywords are kept in capitals.", Open: inputOpen},
		{Name: "keywords-of-one", Says: "A keyword that another category has is answered 409.", Open: inputOpen},
		{Name: "quotes-straight", Says: "Typographic quotes are kept as straight ones.", Open: inputOpen},
		{Name: "passwords-16", Says: "A password has at most 16 characters.", Open: inputOpen},
		{Name: "places-thousandths", Says: "Coordinates are kept with three decimals.", Open: "L15-16 show three decimals"},
		{Name: "places-float4", Says: "Coordinates are kept in four bytes.", Open: "no sentence speaks of precision"},
		{Name: "places-clamped", Says: "A sort order is at most one above those of the others.",
			Open: "L95: it is \"automatically set\"; L111 names no fields"},
		{Name: "places-dense", Says: "After a change of a sort order all are numbered from 0.",
			Open: "L95: it is \"automatically set\"; L111 names no fields"},
		{Name: "json-type-always", Says: "A write without a Content-Type is answered 415.", Open: mediaOpen},
		{Name: "emails-any", Says: "An e-mail may be any text.", Open: inputOpen, Misses: []string{"COU-USER-12"}},
		{Name: "emails-lowered", Says: "E-mails are kept in small letters.", Open: inputOpen},
		{Name: "email-case-matters", Says: "E-mails that differ in case are different.", Open: "L69: \"the same email\"",
			Misses: []string{"COU-USER-14"}},
		{Name: "emails-global", Says: "An e-mail is taken if a user of any tenant has it.",
			Open: "L69: \"a user with the same email already exists\" has no \"within the tenant\""},
		{Name: "names-folded", Says: "Names of wards and categories that differ in case are the same.",
			Open: "L24, L95: \"the same name\""},
		{Name: "names-composed", Says: "Names that differ in whether letter and accent are one sign are the same.",
			Open: "L24, L95: \"the same name\", which Unicode itself calls equivalent; folding case is as open"},
		{Name: "names-100", Says: "A name has at most 100 characters.", Open: inputOpen},
		{Name: "trims", Says: "Blanks around texts are cut off.", Open: inputOpen},
		{Name: "keywords-tidied", Says: "Blanks around the commas of keywords are cut off.", Open: inputOpen},
		{Name: "places-rounded", Says: "Coordinates are kept with six decimals.", Open: inputOpen},
		{Name: "passwords-strong", Says: "A password needs ten characters, both cases and a digit.", Open: inputOpen},
		{Name: "password-required", Says: "A user needs a password.", Open: inputOpen},
		{Name: "role-defaults", Says: "A user without a role is a councillor.", Open: inputOpen},
		{Name: "null-absent", Says: "A null is taken as not provided.", Open: "L41: \"Only provided fields are changed\""},
		{Name: "null-refused", Says: "A null is refused.", Open: inputOpen},
		{Name: "empty-refused", Says: "An update that provides nothing is answered 400.", Open: inputOpen},
		{Name: "empty-touches", Says: "An update that provides nothing moves updatedAt.",
			Open:   "nothing says when updatedAt moves",
			Misses: []string{"COU-WARD-22"}},
		{Name: "no-body-is-empty", Says: "No body is taken as an empty object.", Open: inputOpen},
		{Name: "members-strict", Says: "Unknown members, and those that the server sets, are refused.", Open: inputOpen},
		{Name: "queries-strict", Says: "Unknown query parameters are refused.", Open: "no query parameters are documented"},
		{Name: "places-fixed", Says: "A sort order that is sent on an update is left out of account.",
			Open: "L95: it is \"automatically set\"; L111 names no fields"},
		{Name: "places-refused", Says: "A sort order that is sent on an update is refused.",
			Open: "L95: it is \"automatically set\"; L111 names no fields"},
		{Name: "keywords-required", Says: "A new category needs keywords.", Open: inputOpen,
			Misses: []string{"COU-DOC-createCategory-positive_data_acceptance-inferred"}},
		{Name: "wards-need-all", Says: "A new ward needs all that the sample of one shows.", Open: inputOpen,
			Misses: []string{"COU-DOC-createWard-positive_data_acceptance-inferred"}},
		{Name: "json-type-only", Says: "A body that is not sent as application/json is answered 415.", Open: mediaOpen},
		{Name: "accept-strict", Says: "A caller who takes no JSON is answered 406.", Open: mediaOpen},
		{Name: "bodies-16k", Says: "A body over 16 KiB is answered 413.", Open: "no limit is stated"},
		{Name: "idempotency-keys", Says: "The header Idempotency-Key repeats the first answer.", Open: wireOpen},
		{Name: "users-one-by-one", Says: "A single user can be read.", Open: "no document forbids it"},
		{Name: "deletes", Says: "An admin can delete a record; a later read is answered 410.", Open: "no document forbids it"},
	}
}

const verbOpen = "the methods are not in the documents"

func updatePaths(method string) map[string]string {
	return map[string]string{
		"updateWard":     method + " /api/wards/{id}",
		"updateUser":     method + " /api/users/{id}",
		"updateCategory": method + " /api/categories/{id}",
	}
}

// verbHabits are about the methods of updates.
func verbHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "updates-by-put", Says: "Records are updated by PUT, still in part.", Open: verbOpen, Paths: updatePaths("PUT")},
		{Name: "updates-by-post", Says: "Records are updated by POST to their path.", Open: verbOpen, Paths: updatePaths("POST")},
		{Name: "updates-by-both", Says: "Records are updated by PATCH and by PUT.", Open: verbOpen},
	}
}

// suggestHabits are about the suggestion of a category.
func suggestHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "suggest-by-post", Says: "The summary is posted.", Open: verbOpen,
			Paths: map[string]string{"suggestCategory": "POST /api/categories/suggest"}},
		{Name: "suggest-by-both", Says: "The summary is taken in the query and in a body.", Open: verbOpen},
		{Name: "suggest-substring", Says: "A keyword also counts within a word.", Open: suggestOpen},
		{Name: "suggest-stemmed", Says: "Words are compared without their endings.", Open: suggestOpen},
		{Name: "suggest-exact", Says: "Only blanks part words, and a keyword keeps its blanks.", Open: suggestOpen,
			Misses: []string{"COU-SUG-07"}},
		{Name: "suggest-cased", Says: "Case matters in comparing.", Open: suggestOpen, Misses: []string{"COU-SUG-06"}},
		{Name: "suggest-jaccard", Says: "The best match has the largest share of words in common.", Open: suggestOpen},
		{Name: "suggest-tenth", Says: "A match has at least a tenth of the summary's words.", Open: suggestOpen},
		{Name: "suggest-counts", Says: "A keyword counts as often as it is in the summary.", Open: suggestOpen},
		{Name: "suggest-disabled", Says: "Disabled categories are suggested too.", Open: "L114 names no exception",
			Misses: []string{"COU-SUG-08"}},
		{Name: "suggest-newest-tie", Says: "Among equal matches the last in order is suggested.", Open: suggestOpen},
		{Name: "suggest-extra", Says: "A suggestion has a score, the keywords and the sort order too.", Open: membersOpen},
		{Name: "suggest-needs-summary", Says: "A missing summary is answered 400.", Open: statusOpen},
		{Name: "suggest-from-3", Says: "Below three characters nothing is suggested.", Open: "L124: \"as the user types\""},
		{Name: "suggest-4000", Says: "A summary over 4000 characters is answered 400.", Open: "no limit is stated"},
	}
}

// wireHabits are about headers, media types and the transport.
func wireHabits() []independent.Habit {
	return []independent.Habit{
		{Name: "type-charset", Says: "The media type is application/json;charset=UTF-8.", Open: mediaOpen},
		{Name: "type-shouted", Says: "The media type is spelled Application/JSON.", Open: mediaOpen},
		{Name: "type-hal", Says: "The media type is application/hal+json.", Open: mediaOpen, Misses: []string{"COU-GEN-12"}},
		{Name: "type-vendor", Says: "The media type is a vendor's.", Open: mediaOpen, Misses: []string{"COU-GEN-12"}},
		{Name: "headers-lower", Says: "Header names are in small letters.", Open: wireOpen},
		{Name: "locations", Says: "A created record has a Location.", Open: wireOpen},
		{Name: "total-count", Says: "Lists have X-Total-Count.", Open: wireOpen},
		{Name: "link-headers", Says: "Lists have a Link to themselves.", Open: wireOpen},
		{Name: "etags", Says: "Reads have an ETag, and 304 for those who ask.", Open: wireOpen},
		{Name: "cache-control", Says: "Answers have Cache-Control.", Open: wireOpen},
		{Name: "rate-headers", Says: "Answers tell how many calls are left.", Open: wireOpen},
		{Name: "rate-limited", Says: "Above a hundred calls in a second a key is answered 429 with Retry-After.",
			Open: "no limit is stated here"},
		{Name: "security-headers", Says: "Answers ask for TLS.", Open: wireOpen},
		{Name: "request-id-header", Says: "Answers have an id in X-Request-Id.", Open: wireOpen},
		{Name: "heads", Says: "HEAD is served where GET is.", Open: wireOpen},
		{Name: "options", Says: "OPTIONS is answered 204 with Allow.", Open: wireOpen},
		{Name: "chunked", Says: "Bodies come in two chunks.", Open: wireOpen},
		{Name: "gzip", Says: "Bodies are packed for those who take it.", Open: wireOpen},
		{Name: "connection-close", Says: "Each connection is closed.", Open: wireOpen},
		{Name: "slow", Says: "Each answer takes five milliseconds.", Open: wireOpen},
	}
}
