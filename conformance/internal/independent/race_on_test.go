//go:build race

package independent_test

// raceDetector is on: runs take five times as long and are not made.
const raceDetector = true
