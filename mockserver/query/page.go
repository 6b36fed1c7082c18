// Package query finds, orders and cuts into pages the records that a list
// answers. It knows indexes and predicates, and no contract.
package query

import (
	"net/url"
	"strconv"
)

// Page is a part of a list: its number, from 1, and its size.
type Page struct{ Number, Size int }

// ReadPage reads the page a query asks for. A number below 1 is the first page,
// a size below 1 the default; a size over most is cut to it.
func ReadPage(number, size string, standard, most int) Page {
	p := Page{Number: max(1, atoi(number)), Size: atoi(size)}
	if p.Size < 1 {
		p.Size = standard
	}
	p.Size = min(p.Size, most)
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

// Link gives path and query of another page of the same list; keep tells
// whether the other parameters stay.
func Link(u *url.URL, values url.Values, parameter string, page int, keep bool) string {
	v := url.Values{}
	if keep {
		for name, all := range values {
			v[name] = all
		}
	}
	v[parameter] = []string{strconv.Itoa(page)}
	return u.EscapedPath() + "?" + v.Encode()
}
