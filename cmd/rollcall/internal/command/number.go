package command

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
)

// number is the value of a flag that holds one, within bounds. A flag of pflag's own
// takes what means nothing, a number below zero say, and leaves it to whoever reads
// it; there it would be taken for something else.
type number[T cmp.Ordered] struct {
	to        *T
	low, high T
	typeName  string // as help names it
	read      func(string) (T, error)
}

// written gives a number as people write it, without an exponent.
func written(v any) string {
	if f, ok := v.(float64); ok {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// String writes the number, as help shows it.
func (n *number[T]) String() string {
	if n.to == nil { // of the zero value, to which pflag compares
		return ""
	}
	return written(*n.to)
}

// Type names the kind of number.
func (n *number[T]) Type() string { return n.typeName }

// Set reads a number. NaN is in no bounds.
func (n *number[T]) Set(text string) error {
	v, err := n.read(text)
	if err != nil || !(v >= n.low && v <= n.high) {
		return fmt.Errorf("give %s from %s to %s", n.word(), written(n.low), written(n.high))
	}
	*n.to = v
	return nil
}

func (n *number[T]) word() string {
	switch n.typeName {
	case "int", "uint":
		return "a whole number"
	case "duration":
		return "a time such as 90s, 15m or 2h,"
	}
	return "a number"
}

// intFlag declares a flag for a whole number within bounds.
func intFlag(f *pflag.FlagSet, to *int, name string, standard, low, high int, usage string) {
	*to = standard
	f.Var(&number[int]{to, low, high, "int", strconv.Atoi}, name, usage)
}

// floatFlag declares a flag for a number within bounds.
func floatFlag(f *pflag.FlagSet, to *float64, name string, standard, low, high float64, usage string) {
	*to = standard
	f.Var(&number[float64]{to, low, high, "float", decimal}, name, usage)
}

// decimal reads a number as people write it; ParseFloat takes more than that.
func decimal(text string) (float64, error) {
	if strings.Trim(text, "0123456789.eE+-") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(text, 64)
}

// seedFlag declares a flag for a seed.
func seedFlag(f *pflag.FlagSet, to *uint64, standard uint64, usage string) {
	*to = standard
	read := func(s string) (uint64, error) { return strconv.ParseUint(s, 10, 64) }
	f.Var(&number[uint64]{to, 0, math.MaxUint64, "uint", read}, "seed", usage)
}

// durationFlag declares a flag for a time within bounds.
func durationFlag(f *pflag.FlagSet, to *time.Duration, name string, standard, low, high time.Duration, usage string) {
	*to = standard
	f.Var(&number[time.Duration]{to, low, high, "duration", time.ParseDuration}, name, usage)
}
