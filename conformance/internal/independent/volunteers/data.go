package volunteers

import (
	"strconv"
	"time"
)

// catalogues are what the records refer to; they only ever are read.
func catalogues() map[string]map[int]obj {
	return map[string]map[int]obj{
		"team": {
			300: team(300, 0, "Harbour and Fell", "Harbour and Fell Trust"), 310: team(310, 300, "Cumbria", "Cumbria Area"),
			320: team(320, 300, "Devon", "Devon Area"), 321: team(321, 320, "Exmouth", "Exmouth Branch"),
			330: team(330, 300, "Fife", "Fife Area"),
		},
		"role": {
			61: profile("Befriender v2", "Befriender", "volunteer"), 62: profile("Driver v1", "Driver", "volunteer"),
			63: profile("Area Lead v4", "Area Lead", "non-volunteer"),
			64: profile("Office Staff v1", "Office Staff", "non-volunteer"),
		},
		"leaving_reason": {
			41: {"id": 41, "reason": "Moved away", "volunteer_selectable": true},
			42: {"id": 42, "reason": "Retired", "volunteer_selectable": true},
		},
		"vetting":  {51: {"id": 51}, 52: {"id": 52}},
		"category": {81: {"id": 81, "name": "Wellbeing"}, 82: {"id": 82, "name": "Expenses"}},
		"type":     {91: touchType(91, "Phone call"), 92: touchType(92, "Home visit")},
		"skill": {
			501: {"name": "First aid", "kind": "skill"}, 502: {"name": "Bookkeeping", "kind": "skill"},
			503: {"name": "Carpentry", "kind": "skill"}, 541: {"name": "Welsh", "kind": "language"},
			542: {"name": "Punjabi", "kind": "language"}, 571: {"name": "Gardening", "kind": "interest"},
		},
	}
}

// customFields are the slugs of the custom fields; true for those whose values are unique.
func customFields() map[string]bool {
	return map[string]bool{"shirt-size": false, "member-code": true}
}

func team(id, parent int, display, name string) obj {
	o := obj{
		"id": strconv.Itoa(id), "display_name": display, "parent_id": parent, "name": name, "description": "The team of " +
			display,
		"geo_location": "7001", "catchment_area_id": nil, "icon": "fa-leaf", "show_on_public_site": true,
		"ceiling_enabled": false,
		"hidden":          false, "disabled": false, "external_reference": nil,
	}
	if parent == 0 {
		o["parent_id"] = nil
	}
	return o
}

func profile(name, display, kind string) obj {
	action := obj{"id": 731, "name": "Ring the referees", "action_stage_id": 721, "settings": obj{}}
	stage := obj{"id": 721, "name": "References", "display_name": "Taking references", "actions": []obj{action}}
	return obj{
		"name": name, "display_name": display, "type": kind,
		"recruitment_category": obj{"id": 711, "name": "Standard", "stages": []obj{stage}},
		"permission_group":     obj{"id": 741, "name": display, "description": "What the role " + display + " may do"},
	}
}

func touchType(id int, name string) obj {
	made := time.Date(2021, 3, 4, 9, 30, 0, 0, time.UTC)
	return obj{
		"id": id, "name": name, "icon": "fa-phone", "filterable": true, "has_file_upload": false, "has_duration": true,
		"has_subject": true, "has_comments": true, "has_date": true, "has_time": false, "has_follow_up_date": true,
		"has_team_checkbox": true, "created_at": made, "updated_at": made,
	}
}

// person is one line of the seeded users.
type person struct {
	id                       int
	title, first, last, born string
	role, team, manager      int
	start                    int // days from today
}

func people() []person {
	return []person{
		{4102, "Dr", "Morwenna", "Tregear", "1968-04-19", 63, 300, 0, -3000},
		{4104, "Mrs", "Ailsa", "Drummond", "1975-11-02", 63, 300, 4102, -2200},
		{4106, "Mr", "Gethin", "Prosser", "1981-07-23", 64, 310, 4104, -1500},
		{4108, "Ms", "Parveen", "Akhtar", "1990-01-30", 61, 330, 4104, -900},
		{4110, "Mr", "Callum", "Ogilvie", "1994-09-14", 61, 310, 4104, -700},
		{4113, "", "Zoë", "O'Rourke", "1951-05-08", 62, 310, 4104, -1200},
		{4116, "Miss", "Bronwen", "Pritchard", "2009-12-01", 61, 321, 4119, -60},
		{4119, "Mr", "Desmond", "Achebe", "1986-02-11", 61, 320, 4102, -1800},
		{4122, "Mrs", "Hilary", "Cholmondeley", "1949-08-27", 62, 321, 4119, -2600},
		{4125, "Mr", "Ronald", "Blenkinsop", "1958-03-16", 61, 310, 4104, -2900},
		{4128, "Ms", "Freya", "Hallam", "1999-06-05", 61, 330, 4104, 45},
		{4131, "Mx", "Robin", "Tattersall", "1992-10-21", 61, 310, 4104, -300},
		{4134, "Mr", "Idris", "Nkemelu", "2001-04-12", 0, 0, 0, 0},
	}
}

func (s *server) seed() {
	s.tokens = map[string]caller{
		"vol-token-full-7d1": {4102, "all"}, "vol-token-lead-2b9": {4119, "low"}, "vol-token-bare-5c3": {4102, "none"},
		"vol-token-late-8e0": {4102, "dead"}, "vol-token-gone-1f6": {4102, "dead"},
	}
	s.geo = map[int][4]float64{7001: {54, -3.8, 55.2, -2}}
	s.teamSet = map[int][]int{7101: {310, 330}}
	s.userSet = map[int][]int{7201: {4108, 4110, 4122}}
	for _, p := range people() {
		s.users = append(s.users, s.settleIn(p))
	}
	s.enrich(s.user(4110))
	s.enrich(s.user(4131))
	s.enrich(s.user(4122))
	s.user(4125).inactive = true
	s.user(4113).f["on_hold"] = "with-contact"
	s.user(4108).f["on_call"] = true
	for i, id := range []int{4102, 4104, 4110, 4119} {
		s.user(id).lastLogin = time.Now().UTC().Truncate(time.Second).AddDate(0, 0, -20*i-1)
	}
}

// settleIn makes a user of a line.
func (s *server) settleIn(p person) *user {
	u := &user{id: p.id, f: obj{}, attrs: obj{}, rows: map[string][]*row{}}
	for _, f := range userFields() {
		u.f[f.name] = f.def
	}
	for name, v := range (obj{
		"title": p.title, "first_name": p.first, "last_name": p.last, "dob": p.born, "start_date": today(p.start),
		"username": handle(p.first) + "." + handle(p.last), "appear_in_directory": true,
		"profile_photo_url": "https://photos.example.org/" + strconv.Itoa(p.id) + ".jpg?sig=a41c",
	}) {
		u.f[name] = v
	}
	if p.role == 0 {
		return u
	}
	role := obj{"role": p.role, "team": p.team, "start": today(p.start), "end": nil, "primary": true, "custom_title": nil}
	if p.manager > 0 {
		role["manager"] = p.manager
	}
	s.plant(u, "roles", role)
	s.plant(u, "email-addresses", obj{
		"email": handle(p.last) + strconv.Itoa(p.id) + "@example.org", "primary": true,
		"soft_bounces": 0, "hard_bounces": 0, "complaints": 0,
	})
	return u
}

// plant stores a seeded record.
func (s *server) plant(u *user, path string, f obj) *row {
	at := time.Now().UTC().Truncate(time.Second).AddDate(0, 0, -40)
	r := &row{id: s.newID(path, u), by: 4104, f: f, made: at, changed: at}
	u.rows[path] = append(u.rows[path], r)
	return r
}

// enrich gives a user one or two records of each kind.
func (s *server) enrich(u *user) {
	mail := "second" + strconv.Itoa(u.id) + "@example.net"
	s.plant(u, "email-addresses", obj{"email": mail, "primary": false, "soft_bounces": 1, "hard_bounces": 0, "complaints": 0})
	s.plant(u, "addresses", obj{
		"type": "Home", "primary": true, "from_date": "2018-05-01", "street": "4 Quayside", "city": "Whitehaven",
		"county": "Cumbria", "postcode": "CA28 7LY", "country": "United Kingdom", "lat": 54.549, "long": -3.589,
	})
	for i, kin := range []string{"Sister", "Neighbour"} {
		s.plant(u, "emergency-contacts", obj{
			"first_name": "Elspeth", "last_name": "Ogden", "contact_number": "+441632960" + strconv.Itoa(120+i),
			"relationship": kin, "primary": i == 0,
		})
		s.plant(u, "phone-numbers", obj{
			"phone_number": "+441632960" + strconv.Itoa(880+i), "type": phoneKinds()[i+1],
			"primary": i == 0, "default_sms": i == 1,
		})
	}
	s.plant(u, "supervisors", obj{"user": 4106, "primary": true})
	s.plant(u, "notes", obj{
		"subject": "Settling in", "body": "Enjoys the Tuesday rounds.", "private": false, "pinned": true, "category": 81,
		"team": 310,
	})
	s.plant(u, "touchpoints", obj{
		"subject": "Catch-up", "body": "Talked over the rota.", "archived": false, "private": false, "start": today(-35),
		"end": today(-35), "duration": 25, "type": 91, "team": 310, "attachments": []obj{},
	})
	u.skills = []int{501, 541, 571}
	u.attrs["shirt-size"], u.attrs["member-code"] = "M", "HF-"+strconv.Itoa(u.id)
}
