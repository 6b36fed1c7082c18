package reports

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// fit cuts a line to so many characters. What the two sides of a comparison have in common
// gives way first: the place at which they differ stays in sight.
func fit(line string, most int) string {
	if utf8.RuneCountInString(line) <= most {
		return line
	}
	if left, right, two := strings.Cut(line, ", but "); two {
		half := (most - len(", but ")) / 2
		left, right = apart(left, right, half)
		line = left + ", but " + right
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

// apart cuts the values in which two halves end, to the same length of common beginning.
func apart(left, right string, most int) (string, string) {
	at, bt := begins.FindStringIndex(left), begins.FindStringIndex(right)
	if quoted := strings.LastIndex(left, " to be "); quoted >= 0 {
		at = []int{quoted + len(" to be ")}
	}
	if is := strings.Index(right, " is "); is >= 0 {
		bt = []int{is + len(" is ")}
	}
	if at == nil || bt == nil {
		return cutMiddle(left, most), cutMiddle(right, most)
	}
	a, b := []rune(left[at[0]:]), []rune(right[bt[0]:])
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	return window(left[:at[0]], a, same, most), window(right[:bt[0]], b, same, most)
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

// member is how a reason names a place in a body.
var member = regexp.MustCompile(`(?:member |/|has |item \d+: )"?([A-Za-z][A-Za-z0-9_]*)"?`)

// aroundDifference begins a long body shortly before the member that a reason is about.
func aroundDifference(body, reason string) string {
	const before, long = 40, 180
	if len(body) <= long || strings.Contains(body, "\n") {
		return body
	}
	for _, name := range member.FindAllStringSubmatch(reason, -1) {
		at := strings.LastIndex(body, `"`+name[1]+`"`)
		if at <= long/2 {
			continue
		}
		for at -= before; at > 0 && !utf8.RuneStart(body[at]); {
			at--
		}
		return "… " + body[at:]
	}
	return body
}
