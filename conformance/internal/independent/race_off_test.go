//go:build !race

package independent_test

const raceDetector = false
