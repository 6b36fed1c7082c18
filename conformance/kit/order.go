package kit

import (
	"iter"
	"maps"
	"slices"
)

// InOrder goes through a map by its names: a case sends and says the same in every run, and a run
// can be played again.
func InOrder[M ~map[string]V, V any](values M) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, name := range slices.Sorted(maps.Keys(values)) {
			if !yield(name, values[name]) {
				return
			}
		}
	}
}
