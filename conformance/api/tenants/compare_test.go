package tenants

import (
	"reflect"
	"testing"
)

// TestSpelt holds which two spellings of a value say the same, and which do not.
func TestSpelt(t *testing.T) {
	for _, row := range []struct {
		member, sent, found string
		same                bool
	}{
		{"phone", "01132496017", "+441132496017", true},
		{"phone", "01132496017", "+44 (0)113 249 6017", true},
		{"phone", "01132496017", "0044 1132 496017", true},
		{"managerPhone", "01132496017", "0113-249-6017", true},
		{"phone", "01132496017", "1132496017", false},
		{"phone", "01132496017", "+331132496017", false},
		{"phone", "01132496017", "", false},
		{"postCode", "LS6 3HN", "ls63hn", true},
		{"postCode", "LS6 3HN", "LS6 3H", false},
		{"dateOfBirth", "2004-03-17", "17/03/2004", true},
		{"dateOfBirth", "2004-03-17", "2004-03-17T00:00:00+01:00", true},
		{"dateOfBirth", "2004-03-17", "2004-03-17T00:00:00.000-0500", true},
		{"dateOfBirth", "2004-03-17", "2004-03-17T12:00:00", true},
		{"dateOfBirth", "2004-03-17", "Wed, 17 Mar 2004 00:00:00 GMT", true},
		{"dateOfBirth", "2004-03-17", "Tuesday, 16 March 2004", false},
		{"dateOfBirth", "2004-03-17", "2004-03-16T00:00:00+01:00", false},
		{"dateOfBirth", "2004-03-17", "2004-03-16T23:00:00Z", false},
		{"referenceNumber", "01132496017", "+441132496017", false},
	} {
		if same := reflect.DeepEqual(spelt(row.member, row.sent), spelt(row.member, row.found)); same != row.same {
			t.Errorf("%s %q and %q: same is %t", row.member, row.sent, row.found, same)
		}
	}
}
