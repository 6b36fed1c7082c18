// Package query finds, orders and cuts into pages the records that a list
// answers. It knows indexes and predicates, and no contract.
//
// It is an API for authors of contracts, and may change with any version.
package query

import (
	"math"
	"net/url"
	"strconv"
	"strings"
)

// Page is a part of a list: its number, from 1, and its size.
type Page struct {
	Number, Size int
	Offset       int    // where it begins, when that is no multiple of its size; 0: by its number
	After        string // id of the record before it; "" means it is found by its number
	Last         string // id of its last record, once they are found
}

// Skip is how many records stand before the page.
func (p Page) Skip() int {
	if p.Offset > 0 {
		return p.Offset
	}
	return (p.Number - 1) * p.Size
}

// ReadPage reads the page a query asks for. A number below 1 is the first page,
// a size below 1 the default; a size over most is cut to it.
func ReadPage(number, size string, standard, most int) Page {
	p := Page{Number: max(1, atoi(number)), Size: atoi(size)}
	if p.Size < 1 {
		p.Size = standard
	}
	p.Size = min(p.Size, most)
	p.Number = min(p.Number, math.MaxInt/p.Size) // its place can be counted
	return p
}

// atoi reads an integer; what is none, or too long for one, is 0.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// Pages tells how many pages total records fill; an empty list has one.
func (p Page) Pages(total int) int { return max(1, (total+p.Size-1)/p.Size) }

// From is the place of the page's first record, counted from 0; it lies beyond
// total for a page after the last.
func (p Page) From(total int) int {
	if p.Number > p.Pages(total) {
		return total
	}
	return (p.Number - 1) * p.Size
}

// AppendLink appends the target of another page of the same list, made of the
// target that was asked for: its path, and its query with another page; keep tells
// whether the other parameters stay. What JSON text could not hold is escaped.
func AppendLink(to []byte, target, parameter string, page int, keep bool) []byte {
	path, query, _ := strings.Cut(target, "?")
	to = append(escaped(to, path), '?')
	begin, there := len(to), false
	for pair := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(pair, "=")
		own := named(name, parameter)
		if own && there || !own && (!keep || pair == "") {
			continue
		}
		if len(to) > begin {
			to = append(to, '&')
		}
		if own {
			there, to = true, appendPage(to, parameter, page)
		} else {
			to = escaped(to, pair)
		}
	}
	if there {
		return to
	}
	if len(to) > begin {
		to = append(to, '&')
	}
	return appendPage(to, parameter, page)
}

func appendPage(to []byte, parameter string, page int) []byte {
	return strconv.AppendInt(append(append(to, url.QueryEscape(parameter)...), '='), int64(page), 10)
}

// named tells whether the name in a query, as it was sent, is a parameter's.
func named(sent, parameter string) bool {
	if strings.ContainsAny(sent, "%+") {
		if plain, err := url.QueryUnescape(sent); err == nil {
			sent = plain
		}
	}
	return sent == parameter
}

// escaped appends a part of a target that may hold more than a target should.
func escaped(to []byte, part string) []byte {
	for i := range len(part) {
		if c := part[i]; c <= ' ' || c == '"' || c == '#' || c == '\\' || c == '<' || c == '>' || c >= 0x7f {
			to = append(to, '%', hex[c>>4], hex[c&15])
		} else {
			to = append(to, c)
		}
	}
	return to
}

const hex = "0123456789ABCDEF"
