package kit

import (
	"strings"

	"rollcall/conformance/client"
)

// StandIn is something of a record that is not what an operation asks for, and that careless code takes for it.
type StandIn struct {
	What string
	Of   func(record *client.Exchange) string // "" where the record has none
}

// String is what it is, for titles.
func (s StandIn) String() string { return s.What }

// Its is a member of the record, as it is.
func Its(what, member string) StandIn {
	return StandIn{what, func(record *client.Exchange) string { return record.Get(member).String() }}
}

// Turned is a member of the record in another spelling, or something made of it.
func Turned(what, member string, turn func(text string) string) StandIn {
	return StandIn{what, func(record *client.Exchange) string {
		if text := record.Get(member).String(); text != "" {
			return turn(text)
		}
		return ""
	}}
}

// Replacing turns pieces of a text into others: old and new in turn.
func Replacing(pieces ...string) func(text string) string {
	return strings.NewReplacer(pieces...).Replace
}

// Shorter is a text without its last signs.
func Shorter(text string, last int) string {
	signs := []rune(text)
	return string(signs[:max(0, len(signs)-last)])
}

// Half is the first half of a text, the longer one where the number of its signs is odd.
func Half(text string) string {
	signs := []rune(text)
	return string(signs[:(len(signs)+1)/2])
}
