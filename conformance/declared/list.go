package declared

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// mostPages is how far a list is read.
const mostPages = 60

// walked is a list, page by page.
type walked struct {
	resource *resource
	pages    []*client.Exchange
	sizes    []int // of the pages
	items    []gjson.Result
	whole    bool // nothing follows
}

// walk reads a list under a record, as many records a page as asked for, 0 for as many as it
// gives. A refusal ends the case as undetermined.
func (a *act) walk(ctx context.Context, env *suite.Env, above *record, size int, options ...client.Option) *walked {
	if size == 0 {
		size = a.largest()
	}
	w := &walked{resource: a.resource}
	asked := append([]client.Option{a.at(above.line()), a.sized(size)}, options...)
	for next := asked; len(w.pages) < mostPages; {
		page := env.Must(ctx, a.Operation, next...)
		items := a.items(page)
		w.pages, w.sizes, w.items = append(w.pages, page), append(w.sizes, len(items)), append(w.items, items...)
		following := a.following(page, len(w.pages), size)
		if w.whole = following == nil || len(items) == 0; w.whole {
			break
		}
		next = kit.Also(asked, following...)
	}
	return w
}

// sized asks for pages of that size; 0 asks for none.
func (a *act) sized(size int) client.Option {
	none := func(*client.Request) {}
	if a.List == nil || a.List.Paging == nil || a.List.Paging.Size == "" {
		return none
	}
	if size == 0 {
		return none
	}
	return client.Query(a.List.Paging.Size, size)
}

// largest is how many records a page may have, 0 where nobody says.
func (a *act) largest() int {
	if a.List == nil || a.List.Paging == nil {
		return 0
	}
	p := a.List.Paging
	most := p.Max
	for _, parameter := range a.op.Parameters {
		s := parameter.Schema
		if parameter.Name == p.Size && s != nil && s.Maximum != nil && (most == 0 || int(*s.Maximum) < most) {
			most = int(*s.Maximum)
		}
	}
	return most
}

// items are the records of one page.
func (a *act) items(page *client.Exchange) []gjson.Result {
	return gjson.GetBytes(page.Body, kit.Path(a.list().Items)).Array()
}

func (a *act) list() *contract.Listing {
	if a.List == nil {
		return &contract.Listing{}
	}
	return a.List
}

// following asks for the page after the one of that number, counted from 1, where pages of a size
// were asked for, 0 for none; nil when that was the last.
func (a *act) following(page *client.Exchange, number, size int) []client.Option {
	l := a.list()
	if l.Paging == nil || l.Paging.Param == "" {
		return nil
	}
	got := len(a.items(page))
	if more := page.Get(kit.Path(l.More)); l.More != "" && more.IsBool() && !more.Bool() {
		return nil
	}
	if l.Paging.Size == "" {
		size = l.Paging.Default
	}
	switch l.Paging.By {
	case contract.PagesByNumber:
		if got == 0 || size > 0 && got < size {
			return nil
		}
		return []client.Option{client.Query(l.Paging.Param, l.Paging.First+number)}
	case contract.PagesByOffset:
		if got == 0 || size > 0 && got < size {
			return nil
		}
		return []client.Option{client.Query(l.Paging.Param, offsetOf(page, l.Paging.Param)+got)}
	}
	return cursorIn(page, l)
}

// offsetOf is where the page began that the request asked for.
func offsetOf(page *client.Exchange, param string) int {
	at, err := url.Parse(page.URL)
	if err != nil {
		return 0
	}
	return int(gjson.Parse(at.Query().Get(param)).Int())
}

// cursorIn asks for what the answer says comes next: a cursor, or a link with one in it.
func cursorIn(page *client.Exchange, l *contract.Listing) []client.Option {
	next := page.Text(kit.Path(l.Next))
	if l.Next == "" || next == "" {
		return nil
	}
	if at, err := url.Parse(next); err == nil && at.Query().Has(l.Paging.Param) {
		next = at.Query().Get(l.Paging.Param)
	}
	return []client.Option{client.Query(l.Paging.Param, next)}
}

// nextPage is what asks for the page after one, for the checks that read any list.
func (r *room) nextPage(last *client.Exchange, number int) []client.Option {
	if last.Operation == nil {
		return nil
	}
	a := r.act(last.Operation.ID)
	if a.Verb != contract.VerbList {
		return nil
	}
	size := 0
	if p := a.list().Paging; p != nil && p.Size != "" {
		size = offsetOf(last, p.Size)
	}
	return a.following(last, number-1, size)
}

// of is the record in the list; one that is not there does not exist.
func (w *walked) of(r *record) gjson.Result {
	for _, item := range w.items {
		if slices.Equal(w.resource.key(item, nil), r.key) {
			return item
		}
	}
	return gjson.Result{}
}

// among are those of the records that the list has, in its order.
func (w *walked) among(own []*record) (found []gjson.Result) {
	for _, item := range w.items {
		if slices.ContainsFunc(own, func(r *record) bool { return slices.Equal(w.resource.key(item, nil), r.key) }) {
			found = append(found, item)
		}
	}
	return found
}

// count says how often the record is in the list.
func (w *walked) count(r *record) (n int) {
	for _, item := range w.items {
		if slices.Equal(w.resource.key(item, nil), r.key) {
			n++
		}
	}
	return n
}

// keys lists what leads to each record.
func (w *walked) keys() (all []string) {
	for _, item := range w.items {
		all = append(all, strings.Join(w.resource.key(item, nil), "/"))
	}
	return all
}

// show is the last page, for a failure.
func (w *walked) show() string { return match.Show(w.pages[len(w.pages)-1]) }

// alone says whether nobody else writes where the case looks: in a world of its own, and under
// a record of its own.
func alone(env *suite.Env, above *record) bool { return env.Has("worlds") || above != nil }

// settled repeats what others may disturb, who make and delete records in the same list while
// it is read, until it is right.
func settled(env *suite.Env, above *record, look func() string) {
	tries := 3
	if alone(env, above) {
		tries = 1
	}
	wrong := ""
	for range tries {
		if wrong = look(); wrong == "" {
			return
		}
	}
	env.Fail("%s", wrong)
}
