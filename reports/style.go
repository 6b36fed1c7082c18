package reports

// Style says whether a console writer may use colour.
type Style bool

// Plain is text only; Colour adds ANSI colours for a terminal.
const (
	Plain  Style = false
	Colour Style = true
)

const (
	bold   = "1"
	red    = "31"
	green  = "32"
	yellow = "33"
	grey   = "90"
)

func (s Style) paint(code, text string) string {
	if !s || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// hue is the colour of a verdict.
func (v Verdict) hue() string {
	switch v {
	case Pass:
		return green
	case Fail:
		return red
	case NotApplicable:
		return grey
	}
	return yellow
}
