package kit_test

import (
	"testing"

	"rollcall/conformance/kit"
)

func TestStoredPassword(t *testing.T) {
	for text, want := range map[string]bool{
		"$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy":             true,
		"$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b7dWQ":        true,
		"pbkdf2_sha256$600000$abcdefgh$Q29ubmVjdGlvbg==":                           true,
		"{SSHA}c2FsdGVkIGhhc2ggb2YgYSBzZWNyZXQ=":                                   true,
		"$6$rounds=5000$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817":      true,
		`{"kept": "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"}`: true,
		"$5 a week, and $6 for two":                                                false,
		"{SHA} is a word":                                                          false,
		"Covers central Truro":                                                     false,
		"":                                                                         false,
	} {
		if got := kit.StoredPassword(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
