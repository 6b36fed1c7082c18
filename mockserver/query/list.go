package query

import (
	"slices"
	"strings"
)

// Cut cuts a list of values separated by commas; spaces around a value, empty
// values and those that are there already don't count.
func Cut(list string) []string {
	var all []string
	var known map[string]bool // once there are too many to compare one by one
	for part := range strings.SplitSeq(list, ",") {
		part = strings.TrimSpace(part)
		if part == "" || known[part] || known == nil && slices.Contains(all, part) {
			continue
		}
		if all = append(all, part); known != nil {
			known[part] = true
		} else if len(all) == few {
			known = map[string]bool{}
			for _, one := range all {
				known[one] = true
			}
		}
	}
	return all
}

// few is how many values are compared one by one.
const few = 8
