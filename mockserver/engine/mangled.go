package engine

import (
	"math"
	"strings"
	"time"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/defect"
	"rollcall/mockserver/rule"
)

// mangle makes active defects spoil members of the body before they are written.
func (r *run) mangle() {
	for _, d := range r.defects(defect.Mangle) {
		sent := gjson.GetBytes(r.call.Body, d.Path)
		if !sent.Exists() || sent.Type == gjson.Null {
			continue
		}
		if out, err := sjson.SetBytes(r.call.Body, d.Path, mangled(d.Value, sent)); err == nil {
			r.call.Body = out
		}
	}
}

// mangled is a value as a careless server keeps it.
func mangled(how string, sent gjson.Result) any {
	switch how {
	case defect.MangleLetters: // what a table of another character set makes of them
		return strings.Map(func(c rune) rune {
			if c > 0x7f {
				return '?'
			}
			return c
		}, sent.String())
	case defect.MangleLength:
		letters := []rune(sent.String())
		return string(letters[:min(len(letters), defect.Longest)])
	case defect.MangleNumber:
		return math.Trunc(min(sent.Num, defect.Largest))
	case defect.MangleLeap:
		if day, leap := strings.CutSuffix(sent.String(), "-02-29"); leap {
			return day + "-02-28"
		}
	case defect.MangleEpoch:
		if sent.String() < "1970" {
			return "1970-01-01"
		}
	case defect.MangleOffset:
		if rule.IsInstant(sent.String()) {
			return sent.String()[:len(time.DateTime)] + "Z"
		}
	}
	return sent.Value()
}
