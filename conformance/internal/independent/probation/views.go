package probation

import (
	"sort"
	"strings"
)

func nameView(forename, middle, surname string) object {
	return object{{"forename", forename}, {"middleName", maybe(middle)}, {"surname", surname}}
}

func (s *server) providerView(code string) object {
	p := s.data.provider(code)
	return object{{"code", p.code}, {"description", p.description}}
}

func (s *server) boroughView(code string) object {
	b := s.data.borough(code)
	return object{{"code", b.code}, {"description", b.description}}
}

func (s *server) districtView(code string) object {
	d := s.data.district(code)
	return object{{"code", d.code}, {"description", d.description}, {"borough", s.boroughView(d.borough)}}
}

func (s *server) teamView(code string) object {
	t := s.data.team(code)
	end := t.end
	if end == "" && s.has("planned-ends") {
		end = "2199-03-31"
	}
	return object{
		{"code", t.code}, {"description", t.description}, {"telephone", maybe(t.phone)}, {"emailAddress", s.mail(t.email)},
		{"addresses", s.addresses(t)}, {"district", s.districtView(t.district)},
		{"borough", s.boroughView(s.data.district(t.district).borough)},
		{"startDate", s.date(t.start)}, {"endDate", s.date(end)},
	}
}

// addresses are the team's offices that are still open and have at least one line of an address.
func (s *server) addresses(t *team) any {
	shown := list{}
	for name := range strings.SplitSeq(t.offices, "|") {
		if o := s.data.office(name); o != nil && s.open(o) && s.addressed(o) {
			shown = append(shown, s.officeView(o))
		}
	}
	if s.has("offices-alike") && len(shown) > 1 {
		shown = append(shown, s.officeView(s.data.office("Quay House")))
	}
	if s.has("offices-by-name") {
		sortBy(shown, "officeName", strings.ToLower)
	}
	if len(shown) == 0 && s.has("no-addresses-left-out") {
		return gone{}
	}
	return shown
}

func (s *server) open(o *office) bool {
	today := s.today()
	switch {
	case o.from > today && s.has("future-offices-hidden"):
		return false
	case o.to == "" || o.to > today || s.has("ended-offices-shown"):
		return true
	}
	return o.to == today && s.has("offices-ending-today-shown")
}

func (s *server) addressed(o *office) bool {
	lines := o.building + o.number + o.street + o.district + o.town + o.county + o.postcode
	return lines != "" || s.has("blank-offices-shown") || o.phone != "" && s.has("phone-makes-an-address")
}

func (s *server) officeView(o *office) object {
	to := o.to
	if to == "" && s.has("ends-far-off") {
		to = "9999-12-31"
	}
	return object{
		{"officeName", o.name}, {"buildingName", maybe(o.building)}, {"buildingNumber", maybe(o.number)},
		{"streetName", maybe(o.street)}, {"district", maybe(o.district)}, {"town", maybe(o.town)},
		{"county", maybe(o.county)}, {"postcode", maybe(o.postcode)}, {"ldu", s.data.district(o.ldu).description},
		{"telephoneNumber", maybe(o.phone)}, {"from", s.date(o.from)}, {"to", s.date(to)},
	}
}

// date is a day as it is sent.
func (s *server) date(day string) any {
	if day == "" {
		return absent{}
	}
	switch {
	case s.has("days-with-zulu-time"):
		return day + "T00:00:00Z"
	case s.has("days-with-offset-time"):
		return day + "T00:00:00.000+00:00"
	}
	return day
}

// mail is an e-mail address as it is sent.
func (s *server) mail(address string) any {
	if s.has("emails-lower-case") {
		address = strings.ToLower(address)
	}
	return maybe(address)
}

// sortBy orders objects by one text member, as the collation spells it.
func sortBy(items list, key string, collation func(string) string) {
	text := func(i int) string {
		t, _ := items[i].(object).get(key).(string)
		return collation(t)
	}
	sort.SliceStable(items, func(a, b int) bool { return text(a) < text(b) })
}

// turn reverses a list.
func turn(items list) {
	for i, j := 0, len(items)-1; i < j; i, j = i+1, j-1 {
		items[i], items[j] = items[j], items[i]
	}
}
