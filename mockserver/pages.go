package mockserver

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"rollcall/mockserver/internal/console"
)

// pages makes the pages of the console and of the documents.
func (s *Server) pages() (http.Handler, error) {
	var all []console.Contract
	for _, m := range s.mounts {
		c := console.Contract{Name: m.name, Title: m.plan.Contract.Title, Prefix: strings.TrimSuffix(m.prefix, "/")}
		for _, t := range m.plan.Tables {
			c.Tables = append(c.Tables, t.Name)
		}
		for _, op := range m.plan.Contract.Operations {
			c.Operations = append(c.Operations, op.ID)
		}
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b console.Contract) int { return cmp.Compare(a.Name, b.Name) })
	return console.New(all)
}
