//go:build unix

package contract

import (
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// many writes an object with a list of n items, each one wrong.
func many(n int) []byte {
	return []byte(`{"interests":[` + strings.TrimSuffix(strings.Repeat("1,", n), ",") + `]}`)
}

// interested is a schema of such an object, to check anew.
func interested() *Schema {
	items := &Schema{Type: "array", Items: &Schema{Type: "string"}}
	return &Schema{lazy: &lazy{}, Type: "object", Properties: []*Property{{Name: "interests", Schema: items}}}
}

// TestFaultsCostWhatTheyWeigh holds that eight times as many faults take about eight
// times as long, learned and known. By the square it would be 64 times.
func TestFaultsCostWhatTheyWeigh(t *testing.T) {
	const few, times, most = 8_000, 8, 24
	for _, known := range []bool{false, true} {
		best := func(n int) time.Duration {
			var all []time.Duration
			for range 5 {
				s, raw := interested(), many(n)
				if known {
					s.check(raw, asRequest)
				}
				began := spent()
				s.check(raw, asRequest)
				all = append(all, spent()-began)
			}
			return slices.Min(all)
		}
		if small, large := best(few), best(times*few); large > most*small {
			t.Errorf("known %t: %d faults take %s, %d take %s", known, few, small, times*few, large)
		}
	}
}

// TestNumbersCostWhatTheyWeigh holds that a number costs the same however deep it stands, and
// no more than its length.
func TestNumbersCostWhatTheyWeigh(t *testing.T) {
	const few, times, most = 1_000, 8, 24
	for name, write := range map[string]func(n int) string{
		"deep": func(n int) string {
			return strings.Repeat("[", n) + strings.Repeat("1.0,", n) + "1" + strings.Repeat("]", n)
		},
		"long":          func(n int) string { return "[0." + strings.Repeat("3", 20*n) + "]" },
		"long and even": func(n int) string { return "[1" + strings.Repeat("1", 20*n) + ".0]" },
	} {
		best := func(n int) time.Duration {
			var all []time.Duration
			for range 5 {
				s, raw := interested(), []byte(`{"interests":`+write(n)+`}`)
				began := spent()
				s.check(raw, asRequest)
				s.Plain(raw)
				all = append(all, spent()-began)
			}
			return max(slices.Min(all), time.Millisecond)
		}
		if small, large := best(few), best(times*few); large > most*small {
			t.Errorf("%s: %d take %s, %d take %s", name, few, small, times*few, large)
		}
	}
}

// TestViolationsAreBounded holds that of many faults the first are told, the same by
// both checks.
func TestViolationsAreBounded(t *testing.T) {
	for _, n := range []int{1, MostViolations - 1, MostViolations, MostViolations + 1, 2 * MostViolations, 7 * MostViolations} {
		s, raw := interested(), many(n)
		full := s.full(raw, asRequest)
		s.check(raw, asRequest) // learns
		faults, sure := s.lazy.quick.find(raw)
		quick, known := s.lazy.words.violations(faults)
		if !sure || !known || !slices.Equal(quick, full) {
			t.Errorf("%d faults: sure %t, known %t;\nquick %v\nfull  %v", n, sure, known, quick, full)
		}
		var want []string
		for i := range n {
			want = append(want, "/interests/"+strconv.Itoa(i))
		}
		slices.Sort(want)
		if len(full) != min(n, MostViolations) || full[len(full)-1].Pointer != want[len(full)-1] {
			t.Errorf("of %d faults %d are told, the last at %s", n, len(full), full[len(full)-1].Pointer)
		}
	}
}

// spent is the processor time of this process: unlike the time on the wall it does
// not depend on who else is busy.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // there is no reason to fail
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
