package query

import "strings"

// Cut cuts a list of values separated by commas; spaces around a value and
// empty values don't count.
func Cut(list string) []string {
	var all []string
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}
