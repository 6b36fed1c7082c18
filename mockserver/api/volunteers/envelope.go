package volunteers

import (
	"strconv"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
)

// envelope writes a page: the items, which fill appends separated by commas,
// under data, and its numbers under meta.pagination (VOL-PAG-01 to 12).
func envelope(c *behavior.Call, p *behavior.Paging, page query.Page, total, count int, fill func([]byte) []byte) behavior.Answer {
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
		b = link(c, b, p, "next", page.Number+1)
	}
	if all || page.Number > 1 {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = link(c, b, p, "previous", max(1, min(page.Number-1, page.Pages(total))))
	}
	a := c.OK(append(b, `}}}}`...))
	a.Borrowed = true
	return a
}

func link(c *behavior.Call, b []byte, p *behavior.Paging, name string, number int) []byte {
	b = append(append(append(b, '"'), name...), `":"`...)
	return append(c.AppendLink(b, p, number), '"')
}
