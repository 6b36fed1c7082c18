package behavior

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rollcall/mockserver/query"
)

// Page reads which page of a list is asked for.
func (c *Call) Page(p *Paging) (query.Page, *Refusal) {
	number, size := c.Query().Get(p.Page), c.Query().Get(p.Limit)
	if !c.Holds(p.Limited) {
		size = ""
	}
	if n, err := strconv.Atoi(number); err == nil && n < 1 && !c.Holds(p.Below) {
		return query.Page{}, &Refusal{Status: http.StatusInternalServerError, In: "query", Pointer: "/" + p.Page, Message: "the offset is negative"}
	}
	return query.ReadPage(number, size, p.Default, p.Max), nil
}

// Within moves a page that lies after the last one, for a mock that does not
// answer it empty; it must be called once the total is known.
func (c *Call) Within(p *Paging, page query.Page, total int) query.Page {
	if page.Number > page.Pages(total) && !c.Holds(p.Beyond) {
		page.Number = page.Pages(total)
	}
	return page
}

// Envelope writes a page: the items, which fill appends separated by commas,
// under data, and its numbers under meta.pagination.
func (c *Call) Envelope(p *Paging, page query.Page, total, count int, fill func([]byte) []byte) Answer {
	if !c.Holds(p.Counts) {
		total = count
	}
	b := fill(append(c.Scratch[:0], `{"data":[`...))
	b = append(b, `],"meta":{"pagination":{"total":`...)
	for i, n := range [...]int{total, count, page.Size, page.Number, page.Pages(total)} {
		b = append(b, [...]string{"", `,"count":`, `,"per_page":`, `,"current_page":`, `,"total_pages":`}[i]...)
		b = strconv.AppendInt(b, int64(n), 10)
	}
	b = append(b, `,"links":{`...)
	all := !c.Holds(p.Links)
	if all || page.Number < page.Pages(total) {
		b = c.link(b, p, "next", page.Number+1)
	}
	if all || page.Number > 1 {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = c.link(b, p, "previous", max(1, min(page.Number-1, page.Pages(total))))
	}
	a := c.OK(append(b, `}}}}`...))
	a.Borrowed = true
	return a
}

func (c *Call) link(b []byte, p *Paging, name string, number int) []byte {
	b = append(append(b, '"'), name...)
	b = append(append(b, `":"`...), c.origin()...)
	return append(query.AppendLink(b, c.asked(), p.Page, number, c.Holds(p.Follow)), '"')
}

// origin is scheme and host as the client named them.
func (c *Call) origin() string {
	scheme := "http://"
	if c.Request.TLS != nil {
		scheme = "https://"
	}
	return scheme + c.Request.Host
}

// asked is the target as it was sent: the prefixes of contract and world are
// already off the request's own.
func (c *Call) asked() string {
	sent := c.Request.RequestURI
	if strings.HasPrefix(sent, "/") {
		return sent
	}
	if whole, err := url.ParseRequestURI(sent); err == nil { // as to a proxy, with scheme and host
		return whole.RequestURI()
	}
	return c.Request.URL.RequestURI()
}

// Paging is how a list is cut into pages.
type Paging struct {
	Default, Max int
	Page, Limit  string // query parameters
	Limited      By     // the page size can be asked for
	Beyond       By     // a page after the last is empty; omitted, it is the last one again
	Below        By     // a page before the first counts as the first; omitted, it fails
	Links        By     // next and previous only where there is such a page
	Follow       By     // links keep the other parameters
	Counts       By     // the total counts what matches; omitted, what is on the page
}
