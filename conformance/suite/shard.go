package suite

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Shard is one of several parts of a run, which other machines run the rest of. The zero
// value is the whole.
type Shard struct{ Number, Of int }

// MostShards is more than any run has cases: a part without one decides nothing.
const MostShards = 10_000

// ParseShard reads a part as in 2/5; "" is the whole.
func ParseShard(text string) (Shard, error) {
	if text == "" {
		return Shard{}, nil
	}
	number, of, _ := strings.Cut(text, "/")
	n, bad := strconv.Atoi(number)
	m, worse := strconv.Atoi(of)
	s := Shard{n, m}
	if errors.Is(worse, strconv.ErrRange) || worse == nil && m > MostShards {
		return Shard{}, fmt.Errorf("%q is a part of too many: a run has at most %d", text, MostShards)
	}
	if bad != nil || worse != nil || len(s.problems()) > 0 || m == 0 {
		return Shard{}, fmt.Errorf("%q is no part of a run: write 2/5 for the second of five", text)
	}
	return s, nil
}

// String is the part as ParseShard reads it.
func (s Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Number, s.Of)
}

func (s Shard) problems() []string {
	if s == (Shard{}) || s.Of >= 1 && s.Number >= 1 && s.Number <= s.Of && s.Of <= MostShards {
		return nil
	}
	return []string{fmt.Sprintf("shard %d/%d: number the parts from 1, up to %d", s.Number, s.Of, MostShards)}
}

// of are the cases of the part: every so manieth, so that the parts take about as long.
func (s Shard) of(cases []Case) []Case {
	if s.Of <= 1 {
		return cases
	}
	var part []Case
	for i, item := range cases {
		if i%s.Of == s.Number-1 {
			part = append(part, item)
		}
	}
	return part
}
