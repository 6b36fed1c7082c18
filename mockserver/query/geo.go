package query

import "math"

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
