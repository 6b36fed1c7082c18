package council

import (
	"slices"
	"strings"
	"time"
)

// told is an answer with a body.
func told(status int, body any) *reply { return &reply{status: status, body: body} }

func (c *call) list() *reply {
	items := []any{}
	for _, rec := range c.s.sorted(c.k, c.s.owned(c.k, c.who.tenant)) {
		items = append(items, c.s.listed(c.k, rec))
	}
	rep := told(200, items)
	rep.header = map[string]string{}
	if c.s.on("total-count") {
		rep.header["X-Total-Count"] = itoa(len(items))
	}
	if c.s.on("link-headers") {
		rep.header["Link"] = "</api/" + c.k.path + `>; rel="self"`
	}
	if c.s.fault(c.k, "list-wrapped") {
		rep.body = object{{c.k.path, items}, {"total", len(items)}}
	}
	return rep
}

func (c *call) get() *reply {
	if c.s.fault(c.k, "get-stale") {
		return told(200, c.s.shaped(c.k, c.s.seen("get", c.rec)))
	}
	return told(200, c.s.shaped(c.k, c.rec))
}

// blank is a record's values before anything is sent.
func (s *server) blank(k *kind) map[string]any {
	values := map[string]any{"enabled": !s.on("wards-start-disabled") || k.name != wards().name}
	for _, f := range k.fields {
		if f.nullable {
			values[f.name] = nil
			if s.on("texts-start-empty") && f.sort == "text" {
				values[f.name] = ""
			}
		}
	}
	switch k.name {
	case users().name:
		values["role"] = "councillor"
		values["enabled"] = !s.on("users-start-disabled")
	case categories().name:
		values["sortOrder"] = 0
	}
	return values
}

func (c *call) create() *reply {
	s, now := c.s, c.s.now()
	name, _ := c.body["name"].(string)
	rec := &record{id: s.newID(c.k, c.who.tenant, name), tenant: c.who.tenant, values: s.blank(c.k), created: now, updated: now}
	if c.k.name == wards().name && s.on("tier-of-council") {
		rec.values["councilTier"] = tenants()[rec.tenant].tier
	}
	c.fill(rec)
	if c.k.name == categories().name {
		rec.values["sortOrder"] = s.nextPlace(rec.tenant)
	}
	rec.first = rec.text(c.k.unique)
	c.spoilCreate(rec)
	s.forget("list")
	if !s.fault(c.k, "create-lost") {
		s.stores[c.k.name] = append(s.stores[c.k.name], rec)
	}
	if s.fault(c.k, "create-drops-neighbour") {
		s.drop(c.k, s.neighbour(c.k, rec))
	}
	shown := rec
	if s.on("dates-told-finer") {
		shown = rec.copied()
		shown.created = shown.created.Add(437 * time.Microsecond)
		shown.updated = shown.created
	}
	rep := told(s.createdStatus(c.k), s.shaped(c.k, shown))
	if s.on("locations") {
		rep.header = map[string]string{"Location": "/api/" + c.k.path + "/" + rec.id}
	}
	if s.fault(c.k, "create-tells-password") {
		rep.body = append(rep.body.(object), member{"password", rec.values["password"]})
	}
	return rep
}

func (s *server) createdStatus(k *kind) int {
	if s.fault(k, "create-200") {
		return 200
	}
	return 201
}

// spoilCreate holds the faults that alter what was sent.
func (c *call) spoilCreate(rec *record) {
	if c.s.fault(c.k, "create-forgets") {
		rec.values[c.k.remark] = nil
	}
	if c.s.fault(c.k, "create-one-role") {
		rec.values["role"] = "councillor"
	}
	if c.s.fault(c.k, "create-foreign") {
		rec.values["tenantId"] = "tenant-0000"
	}
	c.spoilWritten(rec)
	c.spoilOthers(rec)
	if c.s.fault(c.k, "create-swaps-place") {
		rec.values["latitude"], rec.values["longitude"] = rec.values["longitude"], rec.values["latitude"]
	}
}

// fill takes over what was sent and says whether it was anything.
func (c *call) fill(rec *record) bool {
	any := false
	for _, f := range c.k.fields {
		if value, sent := c.body[f.name]; sent {
			rec.values[f.name] = value
			any = true
		}
	}
	return any
}

// nextPlace is one above the current maximum of the tenant.
func (s *server) nextPlace(tenant string, but ...*record) int {
	next, mine := 0, s.owned(categories(), tenant)
	for _, rec := range mine {
		if slices.Contains(but, rec) {
			continue
		}
		if rec.values["enabled"] == true || !s.on("category-place-of-enabled") {
			next = max(next, rec.values["sortOrder"].(int)+1)
		}
	}
	switch {
	case s.on("category-place-behind-last"):
		return mine[len(mine)-1].values["sortOrder"].(int) + 1
	case s.on("category-place-of-all"):
		for _, rec := range s.stores[categories().name] {
			next = max(next, rec.values["sortOrder"].(int)+1)
		}
		return next
	case s.on("category-place-counted"):
		return len(mine)
	case s.on("category-place-zero"):
		return 0
	case s.on("category-place-shared"):
		return next - 1
	}
	return next
}

func (c *call) update() *reply {
	s, rec := c.s, c.rec
	before := s.shaped(c.k, rec)
	rec.changes++
	if s.fault(c.k, "update-lost") || s.fault(c.k, "update-second-lost") && rec.changes == 2 {
		rec = rec.copied()
	}
	if s.fault(c.k, "update-clears") {
		c.clear(rec)
	}
	c.spoilUnsent(rec)
	if c.fill(rec) || s.on("empty-touches") {
		rec.updated = s.now()
	}
	c.renumber(rec)
	c.spoilWritten(rec)
	c.spoilOwned(rec)
	c.spoilNeighbour(rec)
	c.spoilOthers(rec)
	if s.fault(c.k, "update-tells-old") {
		return told(200, before)
	}
	return told(200, s.shaped(c.k, rec))
}

// renumber is for the products that keep sort orders without gaps, or within those there are.
func (c *call) renumber(rec *record) {
	if _, sent := c.body["sortOrder"]; !sent || !c.s.any("places-dense", "places-clamped") {
		return
	}
	all := c.s.sorted(c.k, c.s.owned(c.k, c.who.tenant))
	if c.s.on("places-clamped") {
		rec.values["sortOrder"] = min(rec.values["sortOrder"].(int), c.s.nextPlace(rec.tenant, rec))
		return
	}
	for i, one := range all {
		one.values["sortOrder"] = i
	}
}

// clear empties what was not sent, as a replacing server would.
func (c *call) clear(rec *record) {
	for _, f := range c.k.fields {
		if f.nullable {
			rec.values[f.name] = nil
		}
	}
}

// spoilNeighbour holds the faults that hit another record than the one named.
func (c *call) spoilNeighbour(rec *record) {
	if first := c.s.owned(c.k, rec.tenant)[0]; c.s.fault(c.k, "update-reaches-first") && c.k.remark != "" {
		first.values[c.k.remark] = rec.values[c.k.remark]
	}
	next := c.s.neighbour(c.k, rec)
	if next == nil {
		return
	}
	if c.s.fault(c.k, "update-hits-neighbour") {
		next.values[c.k.remark] = rec.values[c.k.remark]
		next.updated = rec.updated
	}
	if c.s.fault(c.k, "update-drops-neighbour") {
		c.s.drop(c.k, next)
	}
}

func (c *call) remove() *reply {
	c.s.gone[c.rec.id] = true
	c.s.drop(c.k, c.rec)
	return &reply{status: 204}
}

// suggest answers with the best match of the summary.
func (c *call) suggest() *reply {
	summary := c.r.URL.Query().Get("summary")
	if c.r.Method == "POST" {
		if rep := c.parse(); rep != nil {
			return rep
		}
		summary, _ = c.body["summary"].(string)
	}
	switch length := len([]rune(summary)); {
	case strings.TrimSpace(summary) == "" && c.s.any("suggest-needs-summary", "summary-422"):
		return c.s.invalid(c.s.pick(400, 422, "summary-422"), "summary", "is required")
	case length > 4000 && c.s.on("suggest-4000"):
		return c.s.invalid(400, "summary", "has more than 4000 characters")
	case length < 3 && c.s.on("suggest-from-3"):
		return told(200, object{{"suggestion", nil}})
	}
	if len(summary) > 100 && c.s.on("suggest-short") {
		return c.s.suggested(nil)
	}
	best := c.s.bestFor(summary, c.s.owned(categories(), c.who.tenant))
	return c.s.suggested(best)
}
