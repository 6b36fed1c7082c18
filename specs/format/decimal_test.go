package format

import (
	"testing"
	"time"
)

func TestDecimals(t *testing.T) {
	for text, want := range map[string]float64{"5": 5, "-0.5": -0.5, "007": 7, "1e3": 1000, "1.5E-1": 0.15, "0": 0, "-05.0": -5} {
		if got, ok := Decimal(text); !ok || got != want {
			t.Errorf("%q is %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "-", "5.", ".5", "-.5", "+5", "--5", "0--5", "1e", "1e+",
		"NaN", "inf", "0x10", "1_0", "1e999", " 5", "5 "} {
		if got, ok := Decimal(text); ok {
			t.Errorf("%q is %v", text, got)
		}
	}
}

func TestTimesOfFourDigits(t *testing.T) {
	for text, want := range map[string]bool{"9999-12-31T23:59:59-23:59": false, "0000-01-01T00:00:00+23:59": false,
		"9999-12-31T23:59:59Z": true, "0000-01-01T00:00:00Z": true} {
		if at, ok := Instant(text); !ok || Writable(at) != want {
			t.Errorf("%s is %s: %v", text, at.UTC().Format(time.RFC3339), ok)
		}
	}
}
