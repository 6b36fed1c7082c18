package journal

import (
	"fmt"
	"slices"
	"strings"
)

// Place is an operation that there is: what a request that found none may have meant.
type Place struct {
	Contract, Operation, Method string
	Path                        string // the template, without the prefix of the contract
	Prefix                      string // of the contract
}

// Nearest is the operation that a request may have meant, and why it was not that one.
type Nearest struct {
	Contract  string   `json:"contract"`
	Operation string   `json:"operation"`
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Why       []string `json:"why"`
}

// Find gives the operation that is least far from a request; nil when there are none.
func Find(places []Place, q *Request) *Nearest {
	var best *Nearest
	least := 0
	for _, p := range places {
		if q.Contract == "" { // its path has a prefix that is none of a contract
			p.Path = p.Prefix + p.Path
		} else if p.Contract != q.Contract {
			continue
		}
		far, why := p.distance(q.Method, q.Path)
		if best == nil || far < least {
			best, least = &Nearest{p.Contract, p.Operation, p.Method, p.Path, why}, far
		}
	}
	return best
}

// What another segment, a missing one and another method cost.
const (
	otherSegment = 10 // and less where it is alike
	noSegment    = 12
	otherMethod  = 6
)

func (p Place) distance(method, path string) (far int, why []string) {
	want, got := strings.Split(strings.Trim(p.Path, "/"), "/"), strings.Split(strings.Trim(path, "/"), "/")
	for i := range min(len(want), len(got)) {
		if want[i] == got[i] || strings.HasPrefix(want[i], "{") && got[i] != "" {
			continue
		}
		far += 1 + otherSegment*edits(want[i], got[i])/max(len(want[i]), len(got[i]), 1)
		why = append(why, fmt.Sprintf("segment %d of the path is %q, the operation has %q", i+1, got[i], want[i]))
	}
	if n := len(want) - len(got); n > 0 {
		far += noSegment * n
		why = append(why, "the path ends before /"+strings.Join(want[len(got):], "/"))
	} else if n < 0 {
		far += noSegment * -n
		why = append(why, "the path goes on with /"+strings.Join(got[len(want):], "/"))
	}
	if len(why) == 0 && strings.HasSuffix(path, "/") && !strings.HasSuffix(p.Path, "/") {
		far, why = 1, append(why, "the path has a slash at its end, which makes it another path")
	}
	if p.Method != method {
		far += otherMethod
		why = append(why, "the method is "+method+", the operation has "+p.Method)
	}
	return far, why
}

// edits counts the letters to change, add or leave out to make one text of the other
// (Levenshtein).
func edits(a, b string) int {
	a, b = strings.ToLower(a), strings.ToLower(b)
	const most = 64
	a, b = a[:min(len(a), most)], b[:min(len(b), most)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			change := before[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, before[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
