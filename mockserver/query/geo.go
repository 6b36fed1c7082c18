package query

import (
	"math"
	"strconv"
)

// Point is a place on earth, in degrees.
type Point struct{ Lat, Long float64 }

// earth is the mean radius, in kilometres.
const earth = 6371.0088

// Distance gives the way between two points along the great circle, in
// kilometres.
func Distance(a, b Point) float64 {
	rad := func(d float64) float64 { return d * math.Pi / 180 }
	lat, long := rad(b.Lat-a.Lat)/2, rad(b.Long-a.Long)/2
	h := math.Sin(lat)*math.Sin(lat) + math.Cos(rad(a.Lat))*math.Cos(rad(b.Lat))*math.Sin(long)*math.Sin(long)
	return 2 * earth * math.Asin(math.Min(1, math.Sqrt(h)))
}

// Inside tells whether a point lies in a polygon, given by its corners.
func Inside(p Point, corners []Point) bool {
	in := false
	for i, j := 0, len(corners)-1; i < len(corners); j, i = i, i+1 {
		a, b := corners[i], corners[j]
		if (a.Lat > p.Lat) != (b.Lat > p.Lat) && p.Long < (b.Long-a.Long)*(p.Lat-a.Lat)/(b.Lat-a.Lat)+a.Long {
			in = !in
		}
	}
	return in
}

// steps are the widths of the grids, in minutes of arc. Each divides the circle.
func steps() [4]int { return [4]int{1, 6, 36, 216} }

const (
	minutes    = 60            // of a degree
	circle     = 360 * minutes // minutes around the earth
	mostCells  = 24            // cells that are looked into, roughly
	mostDegree = 1000          // beyond it a number is hardly a place
)

// cell writes the name of a cell of the grid of that step.
func cell(step, lat, long int) string {
	around := circle / step
	return strconv.Itoa(step) + "/" + strconv.Itoa(lat) + "/" + strconv.Itoa((long%around+around)%around)
}

// elsewhere is the cell of what is no ordinary place. Whoever looks anywhere looks there, too.
const elsewhere = "elsewhere"

// minute gives the minute of arc that degrees stand in.
func minute(degrees float64) int { return int(math.Floor(degrees * minutes)) }

// floor divides, and rounds down.
func floor(n, by int) int { return int(math.Floor(float64(n) / float64(by))) }

func (p Point) ordinary() bool {
	return math.Abs(p.Lat) <= 90 && math.Abs(p.Long) <= mostDegree
}

// Cells names the cells that a point stands in, one of each grid.
func Cells(p Point) []string {
	if !p.ordinary() {
		return []string{elsewhere}
	}
	var all []string
	for _, step := range steps() {
		all = append(all, cell(step, floor(minute(p.Lat), step), floor(minute(p.Long), step)))
	}
	return all
}

// Around names the cells in which everything within a distance of a point stands, in
// kilometres; false says that these would be too many.
func Around(p Point, distance float64) ([]string, bool) {
	if !p.ordinary() || !(distance < earth) {
		return nil, false
	}
	if distance < 0 {
		return nil, true
	}
	const degrees = 180 / math.Pi
	up := distance / earth * degrees
	if math.Abs(p.Lat)+up > 89 {
		return nil, false // there all of the meridians meet
	}
	aside := math.Asin(math.Sin(distance/earth)/math.Cos(p.Lat/degrees)) * degrees
	return Covering([]Point{{p.Lat - up, p.Long - aside}, {p.Lat + up, p.Long + aside}})
}

// Covering names the cells in which everything stands that lies inside corners; false says
// that these would be too many.
func Covering(corners []Point) ([]string, bool) {
	if len(corners) == 0 {
		return nil, true
	}
	low, high := corners[0], corners[0]
	for _, p := range corners {
		if !p.ordinary() {
			return nil, false
		}
		low = Point{min(low.Lat, p.Lat), min(low.Long, p.Long)}
		high = Point{max(high.Lat, p.Lat), max(high.Long, p.Long)}
	}
	for _, step := range steps() {
		// A minute more on each side makes up for what was rounded.
		south, north := floor(minute(low.Lat)-1, step), floor(minute(high.Lat)+1, step)
		west, east := floor(minute(low.Long)-1, step), floor(minute(high.Long)+1, step)
		if (north-south+1)*(east-west+1) > mostCells {
			continue
		}
		all := []string{elsewhere}
		for lat := south; lat <= north; lat++ {
			for long := west; long <= east; long++ {
				all = append(all, cell(step, lat, long))
			}
		}
		return all, true
	}
	return nil, false
}
