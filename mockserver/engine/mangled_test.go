package engine

import (
	"testing"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/defect"
)

// TestMangled holds what a spoilt value is, and that a value which the defect is not about stays.
func TestMangled(t *testing.T) {
	for _, row := range []struct {
		how, sent string
		want      any
	}{
		{defect.MangleLetters, `"Zoë"`, "Zo?"},
		{defect.MangleLength, `"short"`, "short"},
		{defect.MangleNumber, `1440`, float64(defect.Largest)},
		{defect.MangleNumber, `54.136`, float64(54)},
		{defect.MangleLeap, `"2020-02-29"`, "2020-02-28"},
		{defect.MangleLeap, `"2020-03-29"`, "2020-03-29"},
		{defect.MangleEpoch, `"1968-11-30"`, "1970-01-01"},
		{defect.MangleEpoch, `"1970-11-30"`, "1970-11-30"},
		{defect.MangleOffset, `"2030-01-31T18:00:00+05:30"`, "2030-01-31T18:00:00Z"},
		{"another way", `true`, true},
	} {
		if got := mangled(row.how, gjson.Parse(row.sent)); got != row.want {
			t.Errorf("%s makes %v of %s, not %v", row.how, got, row.sent, row.want)
		}
	}
}
