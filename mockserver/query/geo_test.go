package query_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"rollcall/mockserver/query"
)

// TestCellsHoldWhatIsNear holds that nobody within a distance, or inside corners, stands in a
// cell that is not looked into.
func TestCellsHoldWhatIsNear(t *testing.T) {
	draw, near, inside, few := rand.New(rand.NewPCG(1, 2)), 0, 0, 0
	in := func(cells []string, p query.Point) bool {
		return slices.ContainsFunc(query.Cells(p), func(c string) bool { return slices.Contains(cells, c) })
	}
	for range 20_000 {
		at := query.Point{Lat: draw.Float64()*190 - 95, Long: draw.Float64()*800 - 400}
		reach := []float64{0.01, 1, 20, 300}[draw.IntN(4)]
		p := query.Point{Lat: at.Lat + (draw.Float64()-0.5)*reach/50, Long: at.Long + (draw.Float64()-0.5)*reach/30}
		p.Long += float64(360 * draw.IntN(2))
		if cells, ok := query.Around(at, reach); ok {
			few++
			if query.Distance(at, p) <= reach {
				near++
				if !in(cells, p) {
					t.Fatalf("%v is within %v of %v, and not looked for", p, reach, at)
				}
			}
		}
		corners := []query.Point{at, {Lat: at.Lat + 1, Long: at.Long}, {Lat: at.Lat, Long: at.Long + 2}}
		q := query.Point{Lat: at.Lat + draw.Float64(), Long: at.Long + draw.Float64()}
		if cells, ok := query.Covering(corners); ok && query.Inside(q, corners) {
			inside++
			if !in(cells, q) {
				t.Fatalf("%v is inside %v, and not looked for", q, corners)
			}
		}
	}
	if near < 1000 || inside < 1000 || few < 10_000 {
		t.Errorf("too little was seen: %d near, %d inside, %d with few cells", near, inside, few)
	}
}
