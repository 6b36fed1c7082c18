package probation

import "strconv"

const pageSize = 20

// page cuts a list when the caller asks for a page and a habit listens; otherwise lists are whole.
func (s *server) page(c *call, value any) any {
	items, isList := value.(list)
	query := c.request.URL.Query()
	if !isList || !s.has("pages-when-asked") || !query.Has("page") && !query.Has("size") {
		return value
	}
	size, err := strconv.Atoi(query.Get("size"))
	if err != nil || size < 1 {
		size = pageSize
	}
	page, _ := strconv.Atoi(query.Get("page"))
	start := min(max(page, 0), len(items)) * size
	if start >= len(items) {
		return list{}
	}
	return items[start:min(start+size, len(items))]
}
