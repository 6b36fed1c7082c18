package fault

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// Delay is how long an answer waits: so many milliseconds, any from a lower to an upper
// bound, or as answers of real services do, log-normally about a median.
type Delay struct {
	MS     float64 `json:"ms,omitzero"`
	Lower  float64 `json:"lower_ms,omitzero"`
	Upper  float64 `json:"upper_ms,omitzero"`
	Median float64 `json:"median_ms,omitzero"`
	Sigma  float64 `json:"sigma,omitzero"`
}

func (d *Delay) check() error {
	if d == nil {
		return nil
	}
	for name, ms := range map[string]float64{"ms": d.MS, "lower_ms": d.Lower, "upper_ms": d.Upper, "median_ms": d.Median} {
		if most := float64(mostDelay / time.Millisecond); ms < 0 || ms > most {
			return fmt.Errorf("delay/%s is %v; give milliseconds from 0 to %.0f", name, ms, most)
		}
	}
	const mostSigma = 5
	kinds := 0
	for _, set := range []bool{d.MS > 0, d.Upper > 0, d.Median > 0} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds != 1:
		return fmt.Errorf("a delay is either ms, or lower_ms and upper_ms, or median_ms and sigma")
	case d.Lower > d.Upper:
		return fmt.Errorf("lower_ms is %v, over upper_ms %v", d.Lower, d.Upper)
	case d.Sigma < 0 || d.Sigma > mostSigma || d.Sigma > 0 && d.Median == 0:
		return fmt.Errorf("sigma is a number from 0 to %d, beside median_ms", mostSigma)
	}
	return nil
}

func (d *Delay) draw(random *rand.Rand) time.Duration {
	if d == nil {
		return 0
	}
	ms := d.MS
	switch {
	case d.Upper > 0:
		ms = d.Lower + random.Float64()*(d.Upper-d.Lower)
	case d.Median > 0:
		ms = d.Median * math.Exp(d.Sigma*random.NormFloat64())
	}
	// A draw can be far over what a duration holds: it is cut before it becomes one.
	return time.Duration(min(ms*float64(time.Millisecond), float64(mostDelay)))
}
