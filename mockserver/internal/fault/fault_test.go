package fault

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWrongFaultsAreRefused(t *testing.T) {
	for name, f := range map[string]Fault{
		"nothing happens":   {Operation: "getPet"},
		"no status":         {Status: 99},
		"no break":          {Break: "explode"},
		"less than none":    {Status: 503, Times: -1},
		"more than always":  {Status: 503, Probability: 1.1},
		"two delays":        {Delay: &Delay{MS: 1, Median: 2}},
		"a delay of nought": {Delay: &Delay{}},
		"bounds crossed":    {Delay: &Delay{Lower: 3, Upper: 2}},
		"too long":          {Delay: &Delay{MS: 1e9}},
		"sigma alone":       {Delay: &Delay{MS: 1, Sigma: 1}},
		"chunks for ever":   {Break: Slow, Chunks: 1000, ChunkMS: 1000},
		"a pause for ever":  {Break: Slow, ChunkMS: math.MaxInt},
		"chunks less":       {Break: Slow, Chunks: -1},
		"a product around":  {Break: Slow, Chunks: 4, ChunkMS: math.MaxInt/2 + 1},
		"pauses by default": {Break: Slow, ChunkMS: 60_001},
		"come back never":   {Status: 503, RetryAfter: math.MaxInt},
		"no name":           {Status: 503, Headers: map[string]string{"": "x"}},
		"no token":          {Status: 503, Headers: map[string]string{"X Y": "x"}},
		"a line's end":      {Status: 503, Headers: map[string]string{"X-Y": "a\r\nb: c"}},
		"a nought":          {Status: 503, Headers: map[string]string{"X-Y": "\x00"}},
		"a length":          {Status: 503, Headers: map[string]string{"content-length": "1"}},
		"a coding":          {Status: 503, Headers: map[string]string{"Transfer-Encoding": "chunked"}},
		"a path for ever":   {Status: 503, Path: strings.Repeat("/**/a", 100)},
		"a connection":      {Status: 503, Headers: map[string]string{"Connection": "upgrade"}},
	} {
		if made, err := new(Set).Add(f); err == nil {
			t.Errorf("%s: %+v is taken", name, made)
		}
	}
}

// TestFirstThatIsMet holds by what a fault is chosen, how often, and in which order.
func TestFirstThatIsMet(t *testing.T) {
	var s Set
	for _, f := range []Fault{
		{Operation: "getPet", Times: 2, Status: 503}, {Path: "/pets/*/visits", Method: "GET", Status: 500},
		{Contract: "kennel", Status: 504}, {Path: "/pets/**", Status: 501},
	} {
		if _, err := s.Add(f); err != nil {
			t.Fatal(err)
		}
	}
	var got []int
	for _, c := range []Call{
		{"shelter", "getPet", "GET", "/pets/1"}, {"shelter", "getPet", "GET", "/pets/1"}, {"shelter", "getPet", "GET", "/pets/1"},
		{"shelter", "listVisits", "GET", "/pets/1/visits"}, {"shelter", "createVisit", "POST", "/pets/1/visits"},
		{"kennel", "listPets", "GET", "/pets"}, {"shelter", "listPets", "GET", "/pets"},
	} {
		f, _ := s.Pick(c)
		if f == nil {
			f = &Fault{}
		}
		got = append(got, f.Status)
	}
	if want := []int{503, 503, 501, 500, 501, 504, 0}; !slices.Equal(got, want) {
		t.Errorf("the calls meet %v, want %v", got, want)
	}
	if left := s.All()[0].Left; left == nil || *left != 0 {
		t.Errorf("of the first are left %v", left)
	}
	if !s.Remove("f1") || s.Remove("f1") || len(s.All()) != 3 || !s.Remove("") || s.Any() {
		t.Error("they can't be lifted")
	}
}

// TestChanceIsSeeded holds that the same seed meets the same calls and draws the same delays.
func TestChanceIsSeeded(t *testing.T) {
	draw := func(seed uint64) (met int, all []time.Duration) {
		var s Set
		if _, err := s.Add(Fault{Probability: 0.3, Seed: seed, Delay: &Delay{Median: 80, Sigma: 0.5}}); err != nil {
			t.Fatal(err)
		}
		for range 1000 {
			if f, delay := s.Pick(Call{}); f != nil {
				met, all = met+1, append(all, delay)
			}
		}
		return met, all
	}
	met, one := draw(1)
	_, same := draw(1)
	_, other := draw(2)
	if !slices.Equal(one, same) || slices.Equal(one, other) || met < 200 || met > 400 {
		t.Errorf("%d of 1000 calls are met; alike %v, other seed alike %v", met, slices.Equal(one, same), slices.Equal(one,
			other))
	}
	slices.Sort(one)
	if middle := one[len(one)/2]; middle < 60*time.Millisecond || middle > 110*time.Millisecond {
		t.Errorf("the median is %v", middle)
	}
}

// TestDelaysAreBounded holds that no draw is over the bound, or under nought.
func TestDelaysAreBounded(t *testing.T) {
	d := Delay{Median: float64(mostDelay / time.Millisecond), Sigma: 5}
	if err := d.check(); err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 0))
	for range 100_000 {
		if drawn := d.draw(random); drawn < 0 || drawn > mostDelay {
			t.Fatalf("%v is drawn", drawn)
		}
	}
}
