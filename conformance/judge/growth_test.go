package judge

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Four times as much of a wrong answer may take about four times as long, whatever is
// wrong with it, and what is told of it has an end.
func TestWorkGrowsWithTheAnswer(t *testing.T) {
	rows := map[string]func(n int) string{
		"wrong items":     func(n int) string { return `{"name":"x","a/b~c":[1` + strings.Repeat(",1", n) + `]}` },
		"wrong objects":   func(n int) string { return `{"name":"x","a/b~c":[{}` + strings.Repeat(`,{"a":[1]}`, n) + `]}` },
		"unknown members": func(n int) string { return `{"name":"x","closed":{"a":1` + members(n) + `}}` },
		"a long text":     func(n int) string { return `{"name":"x","kind":"` + strings.Repeat(`Aé\n`, n) + `"}` },
		"no branch":       func(n int) string { return `{"name":"x","either":[1` + strings.Repeat(",1", n) + `]}` },
		"not JSON":        func(n int) string { return strings.Repeat("[1,", n) },
	}
	j := newJudge(t)
	for name, body := range rows {
		t.Run(name, func(t *testing.T) {
			took := func(n int) time.Duration {
				answer, best := found(body(n)), time.Hour
				for range 3 { // the quickest: others share the machine
					began := time.Now()
					findings := j.Look(answer)
					best = min(best, time.Since(began))
					if len(findings) == 0 || len(findings) > mostTold || len(fmt.Sprint(findings)) > mostTold*1000 {
						t.Fatalf("%d findings of %d bytes", len(findings), len(fmt.Sprint(findings)))
					}
				}
				return best
			}
			small, large := took(10_000), took(40_000)
			if ratio := float64(large) / float64(small); ratio > 10 && large > mostTold*time.Millisecond {
				t.Errorf("four times the answer takes %.1f times as long (%s, %s)", ratio, small, large)
			}
		})
	}
}

func members(n int) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, `,"m%d":1`, i)
	}
	return out.String()
}
