package suite

import (
	"math"
	"slices"
	"strconv"
)

// Alikes are texts that somebody careless takes for the id or the name: another number with
// the same last 32 bits or without its sign, the beginning, and patterns that fit it. There
// are none of "" and of a single letter.
func Alikes(name string) []string {
	if id, err := strconv.ParseInt(name, 10, 64); err == nil && id > 0 {
		if id > math.MaxInt32 {
			return []string{"-" + name}
		}
		return []string{"-" + name, strconv.FormatInt(id+1<<32, 10)}
	}
	short := []rune(name)
	short = short[:max(0, len(short)-1)]
	if len(short) == 0 {
		return nil
	}
	alikes := []string{string(short), string(short[:(len(short)+1)/2]), string(short) + "*", string(short) + "%",
		string(short) + "_", string(short) + "?", name + "*", name + "%"}
	return slices.DeleteFunc(alikes, func(like string) bool { return like == name })
}
