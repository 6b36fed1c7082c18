package volunteers

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
)

// answerOne wraps a single record of a sub-resource.
func (c *call) answerOne(status int, v obj) answer {
	created := status == 201
	a := answer{status: c.success(status), body: obj{"data": v}}
	if created && c.has("location") && len(c.segs) == 3 {
		a.head = map[string]string{"Location": c.r.URL.Path + "/" + strconv.Itoa(c.row.id)}
	}
	return a
}

// show is a record as it is read, with what the habits add or take.
func (c *call) show(res *resource, u *user, r *row) obj {
	view := plainView
	if res.view != nil {
		view = func(c *call, u *user, r *row, _ *resource) obj { return res.view(c, u, r) }
	}
	o := view(c, u, r, res)
	if c.has("self-links") {
		o["links"] = obj{"self": "/users/" + strconv.Itoa(u.id) + "/" + c.segment(res) + "/" + strconv.Itoa(r.id)}
	}
	if c.has("read-counter") {
		o["views"] = c.reads
	}
	return c.nulls(o)
}

// success is the status of a write that was made.
func (c *call) success(status int) int {
	switch {
	case status == 201 && c.has("created-200"):
		return 200
	case status == 201 && c.has("created-202"), c.r.Method != "GET" && status == 200 && c.has("updated-202"):
		return 202
	}
	return status
}

func (c *call) segment(res *resource) string {
	if other, ok := otherNames()[res.path]; ok && c.has("other-paths") {
		return other
	}
	return res.path
}

// nullable are the members that may be null or that a caller sends as null.
func nullable() map[string]bool {
	return map[string]bool{
		"role_name": true, "team_name": true, "about_me": true, "facebook": true, "twitter": true, "website": true,
		"on_call_end": true, "on_hold_start": true, "from_date": true, "title": true,
	}
}

// nulls leaves null members out, where the habit says so and no document calls them nullable.
func (c *call) nulls(o obj) obj {
	if c.has("omits-all-nulls") {
		maps.DeleteFunc(o, func(_ string, v any) bool { return v == nil })
	}
	if c.has("omits-nulls") {
		maps.DeleteFunc(o, func(name string, v any) bool { return v == nil && !nullable()[name] })
	}
	return o
}

// blank is the value of a text that was never set.
func (s *server) blank(v any) any {
	if v == nil && s.has("empty-strings") {
		return ""
	}
	return v
}

// plainView shows the members as they are stored.
func plainView(c *call, u *user, r *row, res *resource) obj {
	o := obj{"id": r.id, "user_id": u.id}
	if res.textOwner && !c.has("ids-are-numbers") || c.has("user-ids-are-texts") {
		o["user_id"] = strconv.Itoa(u.id)
	}
	for _, f := range res.fields {
		if f.kind == "own" {
			continue
		}
		o[f.name] = r.f[f.name]
		if f.kind == "text" {
			o[f.name] = c.blank(r.f[f.name])
		}
	}
	if res.path == "addresses" && r.f["address"] == nil {
		o["address"] = oneLine(r.f)
	}
	if res.stamps {
		o["created_at"], o["updated_at"] = r.made, r.changed
		if res.path == "addresses" && c.has("address-times-plain") {
			o["created_at"], o["updated_at"] = r.made.Format("2006-01-02 15:04:05"), r.changed.Format("2006-01-02 15:04:05")
		}
		if res.path == "addresses" && c.has("address-times-unset") {
			o["created_at"], o["updated_at"] = nil, nil
		}
	}
	return o
}

// list is a page of records with its numbers.
func (c *call) list(items []obj) answer {
	q := c.r.URL.Query()
	size, most := 15, 100
	if c.has("pages-of-two") {
		size, most = 2, 2
	}
	if c.has("small-pages") {
		size, most = 3, 50
	}
	if n, err := strconv.Atoi(q.Get("limit")); err == nil && n > 0 && !c.has("limit-ignored") && !c.has("pages-of-two") {
		size = min(n, most)
	}
	page, err := strconv.Atoi(q.Get("page"))
	if err != nil || page < 1 {
		if q.Has("page") && c.has("strict-pages") {
			return c.invalid(obj{"page": []any{"The page is a number from 1."}})
		}
		page = 1
	}
	pages := max(1, (len(items)+size-1)/size)
	if page > pages && c.has("page-404") {
		return fail(404, "404 Not found")
	}
	from := min((min(page, pages+1)-1)*size, len(items))
	part := items[from:min(from+size, len(items))]
	a := answer{status: 200, body: obj{"data": part, "meta": obj{"pagination": obj{
		"total": c.figure(len(items)), "count": c.figure(len(part)), "per_page": c.figure(size),
		"current_page": c.figure(page), "total_pages": c.figure(pages),
	}}}}
	if links := c.pageLinks(page, pages); links != nil {
		a.body["meta"].(obj)["pagination"].(obj)["links"] = links
	}
	if c.has("total-header") {
		a.head = map[string]string{"X-Total-Count": strconv.Itoa(len(items))}
	}
	return a
}

// figure is a number of a page; the document types it as a string.
func (c *call) figure(n int) any {
	if c.has("integer-pagination") {
		return n
	}
	return strconv.Itoa(n)
}

func (c *call) pageLinks(page, pages int) any {
	links := obj{}
	switch {
	case c.has("links-always"):
		links = obj{"next": "", "previous": ""}
	case c.has("links-null"):
		links = obj{"next": nil, "previous": nil}
	case pages < 2 && c.has("links-array"):
		return []any{}
	case pages < 2 && c.has("links-left-out"):
		return nil
	}
	link := func(n int) string {
		q := c.r.URL.Query()
		q.Set("page", strconv.Itoa(n))
		u := url.URL{Scheme: "http", Host: c.r.Host, Path: c.r.URL.Path, RawQuery: q.Encode()}
		if c.has("relative-links") {
			u.Scheme, u.Host = "", ""
		}
		return u.String()
	}
	if page < pages {
		links["next"] = link(page + 1)
	}
	if page > 1 {
		links["previous"] = link(page - 1)
	}
	return links
}

func listRows(c *call) answer {
	q := c.r.URL.Query()
	rows := []*row{}
	for _, r := range c.u.rows[c.res.path] {
		if r.gone && !(c.res.path == "addresses" && yes(q.Get("trashed")) && !c.has("trashed-ignored")) {
			continue
		}
		if c.res.filter == nil || c.res.filter(c, q, r) {
			rows = append(rows, r)
		}
	}
	c.order(rows, q)
	items := []obj{}
	for _, r := range rows {
		items = append(items, c.show(c.res, c.u, c.stale(r)))
	}
	if first := c.users[0].rows[c.res.path]; c.has("one-list-for-all") && len(rows) > 0 && len(first) > 0 {
		items = []obj{c.show(c.res, c.users[0], first[0])}
	}
	a := c.list(items)
	if c.has("phones-without-meta") && c.res.path == "phone-numbers" {
		delete(a.body, "meta")
	}
	return a
}

// order sorts the records of a list in place.
func (c *call) order(rows []*row, q url.Values) {
	if c.has("newest-first") {
		slices.Reverse(rows)
	} else {
		slices.SortStableFunc(rows, func(a, b *row) int { return a.id - b.id })
	}
	if c.res.path == "notes" && c.has("pinned-first") {
		slices.SortStableFunc(rows, func(a, b *row) int { return rank(a.f["pinned"]) - rank(b.f["pinned"]) })
	}
	if c.res.path == "touchpoints" {
		c.orderTouchpoints(rows, q.Get("o"))
	}
}

func rank(v any) int {
	if v == true {
		return 0
	}
	return 1
}

func yes(t string) bool { return t == "true" || t == "1" }
func no(t string) bool  { return t == "false" || t == "0" }

func getRow(c *call) answer {
	a := c.answerOne(200, c.show(c.res, c.u, c.row))
	if c.has("contact-unwrapped") && c.res.path == "emergency-contacts" {
		a.body = a.body["data"].(obj)
	}
	return a
}

// complete gives the members that were not sent their first values.
func complete(fields []field, in obj) obj {
	for _, f := range fields {
		if _, sent := in[f.name]; !sent && f.def != nil {
			in[f.name] = f.def
		}
	}
	return in
}

func createRow(c *call) answer {
	if c.res.check != nil {
		if refused := c.res.check(c); refused != nil {
			return *refused
		}
	}
	c.row = c.add(c.u, c.res, complete(c.res.fields, c.in))
	if c.has("counters-from-one") && c.res.path == "email-addresses" && c.raw["soft_bounces"] == nil {
		c.row.f["soft_bounces"] = 1
	}
	if c.has("supervisors-start-primary") && c.res.path == "supervisors" && c.raw["primary"] == nil {
		c.row.f["primary"] = true
	}
	return c.answerOne(201, c.show(c.res, c.u, c.row))
}

// add stores a new record and brings about what follows from it.
func (c *call) add(u *user, res *resource, f obj) *row {
	now := c.now()
	c.spoil(res.path, f, obj{}, false)
	r := &row{id: c.newID(res.path, u), by: c.who.id, f: f, made: now, changed: now, first: maps.Clone(f)}
	u.rows[res.path] = append(u.rows[res.path], r)
	c.settle(u, res, r)
	return r
}

func (c *call) settle(u *user, res *resource, r *row) {
	several := res.path == "addresses" && c.has("several-primary-addresses")
	if res.single && !several && r.f["primary"] == true {
		for _, other := range u.rows[res.path] {
			if other != r {
				other.f["primary"] = false
			}
		}
	}
	if res.saved != nil {
		res.saved(c, u, r)
	}
	if res == c.res {
		c.reach(r)
	}
}

// lost are the members that a fault forgets to store, by fault.
func lost() map[string][2]string {
	return map[string][2]string{
		"phone-update-lost": {"phone-numbers", "type"}, "pinned-lost": {"notes", "pinned"}, "team-change-lost": {"roles", "team"},
	}
}

func updateRow(c *call) answer {
	if c.res.check != nil {
		if refused := c.res.check(c); refused != nil {
			return *refused
		}
	}
	before := maps.Clone(c.row.f)
	if c.has("put-replaces") && c.res.contact {
		c.row.f = complete(c.res.fields, obj{})
	}
	c.was = before
	c.spoil(c.res.path, c.in, before, true)
	maps.Copy(c.row.f, c.in)
	c.row.changes++
	c.spread(c.row)
	_, addressed := c.in["address"]
	if c.res.path == "addresses" && !addressed && oneLine(before) != oneLine(c.row.f) {
		delete(c.row.f, "address")
	}
	c.row.changed = c.now()
	c.settle(c.u, c.res, c.row)
	shown := c.show(c.res, c.u, c.row)
	for fault, at := range lost() {
		if c.has(fault) && c.res.path == at[0] {
			c.row.f[at[1]] = before[at[1]]
		}
	}
	return c.answerOne(200, shown)
}

func deleteRow(c *call) answer {
	if c.res.keep != nil && c.res.keep(c.u, c.row) && !c.has(c.res.freed) && !c.frees(c.row) {
		if c.res.path == "addresses" && c.has("primary-address-404") {
			return fail(404, "404 Not found")
		}
		return c.refusal()
	}
	if c.has("primary-role-kept") && c.res.path == "roles" && c.row.f["primary"] == true {
		return c.refusal()
	}
	c.row.gone = true
	if c.has("deleted-email-found") && c.res.path == "email-addresses" {
		c.u.mails = append(c.u.mails, text(c.row.f["email"]))
	}
	if c.res.path != "addresses" {
		c.drop(c.row)
	}
	if c.res.path == "roles" {
		c.afterRoleDelete()
	}
	c.reach(c.row)
	if c.has("contact-delete-takes-all") && c.res.path == "emergency-contacts" {
		c.u.rows[c.res.path] = nil
	}
	switch {
	case c.has("delete-says-so"):
		return answer{status: 200, body: obj{"message": "Deleted"}}
	case c.has("delete-202"):
		return answer{status: 202}
	}
	return answer{status: 204}
}

func (c *call) drop(r *row) {
	c.u.rows[c.res.path] = slices.DeleteFunc(c.u.rows[c.res.path], func(x *row) bool { return x == r })
}

func createChild(c *call) answer {
	if c.has("sub-notes-in-ascii") && c.res.child == "sub-notes" {
		c.in["body"] = inASCII(c.in["body"])
	}
	if c.has("sub-note-unpins") && c.res.child == "sub-notes" {
		c.row.f["pinned"] = false
	}
	child := c.addChild(c.row, c.in)
	if c.has("sub-notes-lost") && c.res.child == "sub-notes" {
		c.row.subs = nil
	}
	return c.answerOne(201, c.nulls(childView(c, c.res, child)))
}

func (c *call) addChild(parent *row, f obj) *row {
	child := &row{id: c.newID("child", c.u), by: c.who.id, f: f, made: c.now(), changed: c.now()}
	if parent.f["archived"] == true && c.has("archived-take-no-entries") {
		return child
	}
	parent.subs = append(parent.subs, child)
	return child
}
