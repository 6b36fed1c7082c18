package contract

import "strings"

// Nearest returns the name that word was most likely meant to be, by edit
// distance, whatever the letter case, and "" when none is near. Of equally near
// names the first wins.
func Nearest(word string, names []string) string {
	best, least := "", 2+len(word)/4
	word = strings.ToLower(word)
	for _, name := range names {
		if d := distance(word, strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the insertions, deletions and substitutions between a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
