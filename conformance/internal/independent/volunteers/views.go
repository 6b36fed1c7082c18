package volunteers

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// base is the short form of a user.
func (c *call) base(u *user) obj {
	role, team := c.headline(u)
	o := obj{
		"id": u.id, "display_name": c.displayName(u), "title": u.f["title"], "role_name": role, "team_name": team,
		"profile_photo_url": c.photo(u), "can_manage": c.who.rights == "all", "status": c.status(u),
	}
	if o["title"] == "" && c.has("title-null") {
		o["title"] = nil
	}
	if c.has("can-manage-as-text") {
		o["can_manage"] = fmt.Sprint(o["can_manage"])
	}
	if c.has("last-seen") {
		o["last_seen_at"] = time.Now().UTC()
	}
	return c.nulls(o)
}

// photo is where the portrait of a user is.
func (c *call) photo(u *user) any {
	if c.has("photos-signed-anew") {
		return fmt.Sprintf("https://photos.example.org/%d.jpg?sig=%d-%d", u.id, time.Now().UnixNano(), c.reads)
	}
	return u.f["profile_photo_url"]
}

func (s *server) displayName(u *user) string {
	first, _ := u.f["preferred_name"].(string)
	if first == "" {
		first = text(u.f["first_name"])
	}
	if title := text(u.f["title"]); title != "" && s.has("display-with-title") {
		first = title + " " + first
	}
	if s.has("surname-first") {
		return text(u.f["last_name"]) + ", " + first
	}
	return first + " " + text(u.f["last_name"])
}

func (s *server) status(u *user) obj {
	if s.left(u) {
		return obj{"id": s.printed(2), "name": "Inactive", "contactable": false}
	}
	return obj{"id": s.printed(1), "name": "Active", "contactable": true}
}

// printed is an id that the samples print as a text.
func (s *server) printed(id int) any {
	if s.has("ids-are-numbers") {
		return id
	}
	return strconv.Itoa(id)
}

// left says whether a user is inactive.
func (s *server) left(u *user) bool {
	if u.inactive || !s.has("ended-roles-inactivate") || len(u.rows["roles"]) == 0 {
		return u.inactive
	}
	for _, r := range u.rows["roles"] {
		if end, ends := r.f["end"].(string); !ends || end >= today(0) {
			return false
		}
	}
	return true
}

// primaryRole is the role that is shown beside the name, if any.
func primaryRole(u *user) *row {
	rows := u.rows["roles"]
	for _, r := range rows {
		if r.f["primary"] == true {
			return r
		}
	}
	if len(rows) > 0 {
		return rows[0]
	}
	return nil
}

// headline is the names of the primary role and of its team.
func (s *server) headline(u *user) (role, team any) {
	r := primaryRole(u)
	if r == nil {
		return nil, nil
	}
	profile := catalogues()["role"][r.f["role"].(int)]
	role = profile["display_name"]
	if s.has("role-name-of-profile") {
		role = profile["name"]
	}
	if title, ok := r.f["custom_title"].(string); ok && title != "" && s.has("role-name-is-title") {
		role = title
	}
	if id, ok := r.f["team"].(int); ok {
		team = catalogues()["team"][id]["display_name"]
		if s.has("team-name-in-full") {
			team = catalogues()["team"][id]["name"]
		}
	}
	return role, team
}

func (c *call) baseOf(id any) any {
	if n, ok := id.(int); ok && c.user(n) != nil {
		return c.base(c.user(n))
	}
	return nil
}

// entry is a record of a catalogue as it is shown, or null.
func entry(kind string, id any) any {
	n, ok := id.(int)
	if !ok {
		return nil
	}
	return catalogues()[kind][n]
}

// kind is the type of a touchpoint.
func (c *call) kind(id any) any {
	o, ok := entry("type", id).(obj)
	if !ok {
		return nil
	}
	if o = maps.Clone(o); c.has("bare-catalogues") {
		o["icon"] = nil
	}
	return c.nulls(o)
}

func (c *call) team(id any) any {
	n, ok := id.(int)
	if !ok {
		return nil
	}
	o := maps.Clone(catalogues()["team"][n])
	o["id"] = c.printed(n)
	if c.has("bare-catalogues") {
		o["description"], o["icon"] = nil, nil
	}
	if c.has("newer-team") {
		o["public_url"], o["show_on_near_me_map"] = "https://example.org/teams/"+strconv.Itoa(n), true
	}
	return c.nulls(o)
}

func (c *call) teamBase(id any) any {
	n, ok := id.(int)
	if !ok {
		return nil
	}
	return obj{"id": c.printed(n), "display_name": catalogues()["team"][n]["display_name"]}
}

func roleView(c *call, _ *user, r *row) obj {
	profile := catalogues()["role"][r.f["role"].(int)]
	o := obj{
		"id": r.id, "primary": r.f["primary"] == true, "team": c.team(r.f["team"]), "manager": c.baseOf(r.f["manager"]),
		"leaving_form_required": false, "review_submitted_at": nil, "left_org": false,
		"would_you_like_to_have_back": nil, "would_you_recommend_to_organisation": nil, "reference": c.blank(nil),
		"leaving_reason": entry("leaving_reason", r.f["leaving_reason"]), "vetting": entry("vetting", r.f["vetting"]),
		"feedback": c.blank(r.f["feedback"]), "recommend_organisation": r.f["recommend_organisation"],
		"custom_title": c.blank(r.f["custom_title"]), "start": r.f["start"], "end": r.f["end"],
	}
	maps.Copy(o, profile)
	for _, name := range []string{"primary", "recommend_organisation"} {
		if on, truth := o[name].(bool); truth && c.has("role-bits") {
			o[name] = map[bool]int{false: 0, true: 1}[on]
		}
	}
	if c.has("bare-catalogues") {
		group := maps.Clone(profile["permission_group"].(obj))
		group["description"] = nil
		o["permission_group"] = c.nulls(group)
	}
	if c.has("role-profile-shown") {
		o["role"] = obj{"id": r.f["role"]}
	}
	return o
}

func supervisorView(c *call, _ *user, r *row) obj {
	return obj{"id": r.id, "primary": r.f["primary"], "supervisor": c.baseOf(r.f["user"])}
}

func reminder(v any) any {
	if v == nil {
		return nil
	}
	return obj{"date": v}
}

func childView(c *call, res *resource, r *row) obj {
	o := obj{"id": r.id, "body": r.f["body"], "created_at": r.made, "updated_at": r.changed}
	if res.path == "notes" {
		o["user"], o["deleted_at"] = c.baseOf(r.by), nil
	}
	return o
}

func (c *call) childList(r *row, path string) []obj {
	list := []obj{}
	for _, sub := range r.subs {
		list = append(list, c.nulls(childView(c, &resource{path: path}, sub)))
	}
	return list
}

func noteView(c *call, u *user, r *row) obj {
	return obj{
		"id": r.id, "subject": r.f["subject"], "body": r.f["body"], "private": r.f["private"], "pinned": r.f["pinned"],
		"created_by": c.baseOf(r.by), "user": c.base(u), "category": entry("category", r.f["category"]),
		"team": c.teamBase(r.f["team"]), "sub_notes": c.childList(r, "notes"), "reminder": reminder(r.f["reminder"]),
		"created_at": r.made, "updated_at": r.changed, "deleted_at": nil,
	}
}

// found says whether a search text is in one of the texts.
func (s *server) found(q string, texts ...string) bool {
	if q = strings.ToLower(strings.TrimSpace(q)); q == "" {
		return true
	}
	all := strings.ToLower(strings.Join(texts, "\n"))
	if !s.has("searches-by-word") {
		return strings.Contains(all, q)
	}
	words := strings.Fields(all)
	for _, want := range strings.Fields(q) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(strings.Trim(w, "(\"'"), want) }) {
			return false
		}
	}
	return true
}

func text(v any) string { t, _ := v.(string); return t }

func noteFilter(c *call, q url.Values, r *row) bool {
	if r.f["private"] == true && c.who.rights != "all" && r.by != c.who.id {
		return false
	}
	body := text(r.f["body"])
	if c.has("long-notes-half-searched") {
		body = text(cut(body, 200))
	}
	if c.has("notes-searched-by-title") {
		body = ""
	}
	return c.found(q.Get("q"), text(r.f["subject"]), body)
}

func touchpointView(c *call, u *user, r *row) obj {
	o := obj{
		"id": r.id, "created_by": c.baseOf(r.by), "user": c.base(u), "team": c.teamBase(r.f["team"]),
		"type": c.kind(r.f["type"]), "sub_touchpoints": c.childList(r, "touchpoints"),
		"reminder": reminder(r.f["reminder"]), "created_at": r.made, "updated_at": r.changed,
	}
	for _, name := range strings.Fields("subject body archived private start end duration follow_up_date attachments") {
		o[name] = r.f[name]
	}
	if n, ok := o["duration"].(int); ok && c.has("duration-as-text") {
		o["duration"] = strconv.Itoa(n)
	}
	return o
}

// day is the date by which touchpoints are sorted and filtered.
func day(r *row) string { return cmp.Or(text(r.f["start"]), r.made.Format(time.DateOnly)) }

func touchpointFilter(c *call, q url.Values, r *row) bool {
	if r.f["private"] == true && c.who.rights != "all" && r.by != c.who.id {
		return false
	}
	first, last := day(r), cmp.Or(text(r.f["end"]), day(r))
	if c.has("range-overlaps") {
		first, last = last, first
	}
	kind, _ := r.f["type"].(int)
	switch {
	case !c.found(q.Get("q"), text(r.f["subject"]), text(r.f["body"])):
		return false
	case q.Get("type") != "" && !named(q.Get("type"), kind):
		return false
	case c.has("archived-hidden") && q.Get("archived") == "" && r.f["archived"] == true:
		return false
	case yes(q.Get("archived")) && r.f["archived"] != true, no(q.Get("archived")) && r.f["archived"] == true:
		return false
	case q.Get("from") != "" && first < q.Get("from") && !c.has("from-ignored"):
		return false
	}
	return q.Get("to") == "" || last <= q.Get("to")
}

// named says whether an id is in a comma list.
func named(list string, id int) bool {
	for _, one := range strings.Split(list, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(one)); err == nil && n == id {
			return true
		}
	}
	return false
}

func (c *call) orderTouchpoints(rows []*row, o string) {
	slices.SortStableFunc(rows, func(a, b *row) int {
		if c.has("date-is-creation") {
			return cmp.Or(a.made.Compare(b.made), a.id-b.id)
		}
		return cmp.Or(strings.Compare(day(a), day(b)), a.id-b.id)
	})
	down := o != "a"
	if c.has("ascending-by-default") && o == "" {
		down = false
	}
	if down {
		slices.Reverse(rows)
	}
}
