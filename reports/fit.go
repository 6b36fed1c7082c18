package reports

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// fit cuts a line to so many characters. What the two sides of a comparison have in common
// gives way first: the place at which they differ stays in sight.
func fit(line string, most int) string {
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	if left, right, two := strings.Cut(line, ", but "); two {
		room := most - len(", but ")
		half := room / 2
		a, b := utf8.RuneCountInString(left), utf8.RuneCountInString(right)
		left, right = apart(left, right, max(half, room-b), max(half, room-a))
		line = left + ", but " + right
	} else if left, right, two := strings.Cut(line, ", got "); two {
		if room := most - utf8.RuneCountInString(left+", got "); room > 40 { // what stands behind the value stays
			line = left + ", got " + cutMiddle(right, room)
		}
	}
	return cutEnd(line, most)
}

// fitLines is fit for each of the first lines of a text; it says how many there are more.
func fitLines(text string, lines, most int) string {
	all := strings.Split(text, "\n")
	more := len(all) - lines
	if more > 0 {
		all = append(all[:lines-1], fmt.Sprintf("… %s more in the run file (--json FILE)", plural(more+1, "line")))
	}
	for i := range all {
		all[i] = fit(all[i], most)
	}
	return strings.Join(all, "\n")
}

// wrapped breaks a text between words into lines of at most so many characters, of which
// the second and later ones begin with prefix; what is left over is in the last line.
func wrapped(text, prefix string, most, lines int) (out []string) {
	for len(out) < lines-1 && utf8.RuneCountInString(text) > most {
		at := strings.LastIndexByte(string([]rune(text)[:most]), ' ')
		if at <= len(prefix) {
			break
		}
		out, text = append(out, text[:at]), prefix+text[at+1:]
	}
	return append(out, text)
}

// cutEnd keeps the beginning, and says that there is more.
func cutEnd(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	const word = " … (cut; the run file has all)"
	runes := []rune(text)
	return string(runes[:max(0, most-utf8.RuneCountInString(word))]) + word
}

// begins is where a value begins in the half of a comparison.
var begins = regexp.MustCompile(`["{\[]`)

// apart cuts the values in which two halves end, each to its length, to the same common beginning.
func apart(left, right string, most, other int) (string, string) {
	at, bt := begins.FindStringIndex(left), begins.FindStringIndex(right)
	if quoted := strings.LastIndex(left, " to be "); quoted >= 0 {
		at = []int{quoted + len(" to be ")}
	}
	if is := strings.Index(right, " is "); is >= 0 {
		bt = []int{is + len(" is ")}
	}
	if at == nil || bt == nil {
		return cutMiddle(left, most), cutMiddle(right, other)
	}
	a, b := []rune(left[at[0]:]), []rune(right[bt[0]:])
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	return window(left[:at[0]], a, same, most), window(right[:bt[0]], b, same, other)
}

// window shows a value around a place in it, after what stands before the value.
func window(before string, text []rune, at, most int) string {
	room := most - utf8.RuneCountInString(before)
	if len(text) <= room {
		return before + string(text)
	}
	if room < 20 {
		return cutMiddle(before+string(text), most)
	}
	room -= 2 // for what says that it is cut
	from := max(0, min(at-room/3, len(text)-room))
	to := min(len(text), from+room)
	out := before
	if from > 0 {
		out += "…"
	}
	out += string(text[from:to])
	if to < len(text) {
		out += "…"
	}
	return out
}

// cutMiddle keeps both ends.
func cutMiddle(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	half := (most - 3) / 2
	return string(runes[:half]) + " … " + string(runes[len(runes)-half:])
}

// How a reason names a place in a body: as a pointer, as a path with dots, and by a member's name alone.
var (
	pointer = regexp.MustCompile(`(?:^|[\s“])((?:/[^\s/:,“”"()]+)+)`)
	dotted  = regexp.MustCompile(`(?:^|[\s"“])([A-Za-z]\w*(?:\.\w+)+)`)
	member  = regexp.MustCompile(`(?:member |(?:^|[\s)“])/|has |item \d+:? |nothing for )"?([A-Za-z][A-Za-z0-9_]*)"?`)
)

// aroundDifference begins a long body shortly before the place that a reason is about.
func aroundDifference(body, reason string) string {
	const before, long = 40, 180
	if len(body) <= long || strings.Contains(body, "\n") {
		return body
	}
	at := placeIn(body, reason)
	if at <= long/2 {
		return body
	}
	for at -= before; at > 0 && !utf8.RuneStart(body[at]); {
		at--
	}
	return "… " + body[at:]
}

// inSight is a body of which so many bytes are shown: it begins later where its beginning would not have in it what a reason
// is about.
func inSight(body, reason string, most int) string {
	if len(body) <= most || placeIn(body, reason) < most*3/4 {
		return body
	}
	return aroundDifference(body, reason)
}

// placeIn is where in a JSON body that is about which a reason is: the first place that it names and that is there. It is
// below zero where there is none.
func placeIn(body, reason string) int {
	var lines []string
	for _, line := range strings.Split(reason, "\n") {
		if !exchangeLine.MatchString(line) {
			lines = append(lines, line)
		}
	}
	reason = strings.Join(lines, "\n")
	for _, found := range pointer.FindAllStringSubmatch(reason, -1) {
		path := strings.Split(found[1][1:], "/")
		if at := keyAt(body, path); at >= 0 {
			return at
		}
	}
	for _, found := range dotted.FindAllStringSubmatch(reason, -1) {
		path := strings.Split(found[1], ".")
		if at := keyAt(body, path); at >= 0 {
			return at
		}
		if at := inTurn(body, path); at >= 0 { // of an item, or of whatever the sentence is about
			return at
		}
	}
	for _, found := range member.FindAllStringSubmatch(reason, -1) {
		if at := strings.LastIndex(body, `"`+found[1]+`"`); at >= 0 {
			return at
		}
	}
	return -1
}

// keyAt is where the value at a path is, with its name.
func keyAt(body string, path []string) int {
	for i := range path {
		path[i] = gjson.Escape(path[i])
	}
	name := path[len(path)-1]
	found := gjson.Get(body, strings.Join(path, "."))
	if !found.Exists() || found.Index == 0 {
		return -1
	}
	return max(0, found.Index-len(name)-len(`"":`))
}

// inTurn is where the last of several names is, each behind the one before.
func inTurn(body string, names []string) int {
	at := 0
	for _, name := range names {
		if strings.Trim(name, "0123456789") == "" {
			continue
		}
		next := strings.Index(body[at:], `"`+name+`"`)
		if next < 0 {
			return -1
		}
		at += next
	}
	return at
}
