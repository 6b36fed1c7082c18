package behavior

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"rollcall/mockserver/query"
	"rollcall/specs/contract"
)

// Page reads which page of a list is asked for.
func (c *Call) Page(p *Paging) (query.Page, *Refusal) {
	number, size := c.Query().Get(p.Page), c.Query().Get(p.Limit)
	if !c.Holds(p.Limited) {
		size = ""
	}
	if n, err := strconv.Atoi(number); err == nil && n < 1 && !c.Holds(p.Below) {
		return query.Page{}, &Refusal{Status: http.StatusInternalServerError, In: "query", Pointer: "/" + p.Page,
			Message: "the offset is negative"}
	}
	switch p.By {
	case contract.PagesByOffset:
		page := query.ReadPage("", size, p.Default, p.Max)
		page.Offset, _ = strconv.Atoi(number)
		page.Offset = max(0, page.Offset)
		page.Number = page.Offset/page.Size + 1
		return page, nil
	case contract.PagesByCursor:
		page := query.ReadPage("", size, p.Default, p.Max)
		page.After = number
		return page, nil
	}
	if p.By != "" && p.First != 1 {
		if n, err := strconv.Atoi(number); err == nil {
			number = strconv.Itoa(n - p.First + 1)
		}
	}
	return query.ReadPage(number, size, p.Default, p.Max), nil
}

// NextPage gives what leads to the page after one: a cursor, or the address of the page.
func (c *Call) NextPage(p *Paging, page query.Page, count int) string {
	switch p.By {
	case contract.PagesByCursor:
		return page.Last
	case contract.PagesByOffset:
		return string(c.AppendLink(nil, p, page.Skip()+count))
	}
	return string(c.AppendLink(nil, p, page.Number+max(0, p.First-1)+1))
}

// Within moves a page that lies after the last one, for a mock that does not
// answer it empty; it must be called once the total is known.
func (c *Call) Within(p *Paging, page query.Page, total int) query.Page {
	if page.Number > page.Pages(total) && !c.Holds(p.Beyond) {
		page.Number = page.Pages(total)
	}
	return page
}

// AppendLink appends the address of a page of the list that is asked for.
func (c *Call) AppendLink(to []byte, p *Paging, number int) []byte {
	return query.AppendLink(append(to, c.origin()...), c.asked(), p.Page, number, c.Holds(p.Follow))
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
	By           string // one of the kinds of pages; "" is by number
	First        int    // of pages by number: that of the first, where it isn't 1
	Default, Max int
	Page, Limit  string // query parameters
	Limited      By     // the page size can be asked for
	Beyond       By     // a page after the last is empty; omitted, it is the last one again
	Below        By     // a page before the first counts as the first; omitted, it fails
	Links        By     // next and previous only where there is such a page
	Follow       By     // links keep the other parameters
	Counts       By     // the total counts what matches; omitted, what is on the page

	// Envelope writes a page: what fill appends, separated by commas, and its numbers.
	Envelope func(c *Call, p *Paging, page query.Page, total, count int, fill func([]byte) []byte) Answer
}
