package probation

import "time"

type provider struct{ code, description, end string }

type borough struct{ code, description, provider, heads string }

type district struct{ code, description, borough string }

type office struct {
	name                                                              string
	building, number, street, district, town, county, postcode, phone string
	ldu, from, to                                                     string
}

type team struct{ code, description, phone, email, district, offices, start, end string }

type person struct {
	id                                                         int64
	code, forename, middle, surname, provider, username, teams string
}

// account is a user: a row of the database, an entry of the identity directory, or both.
type account struct {
	userID                int64
	username, mail, phone string
	password              string // "" where nobody signs in
	row, entry, disabled  bool
	roles                 map[string]bool
}

// manager is who looks after a case in the community, now or formerly.
type manager struct {
	crn, staff, team, provider string
	active, deleted            bool
}

type caseRow struct{ crn, forename, middle, surname, allocated, staff, team, role string }

// data is everything the server knows. Links are codes, so a row reads like a line of a table.
type data struct {
	providers   []provider
	boroughs    []borough
	districts   []district
	offices     []office
	teams       []team
	people      []person
	accounts    []*account
	managers    []manager
	responsible []manager // cases for which somebody else than the community manager is responsible
	cases       []caseRow
}

func newData(now time.Time) *data {
	day := func(offset int) string { return now.AddDate(0, 0, offset).Format(time.DateOnly) }
	d := &data{providers: providers(day), boroughs: boroughs(), districts: districts(), offices: offices(day)}
	d.teams, d.people, d.accounts = teams(day), people(), accounts()
	d.managers, d.responsible, d.cases = managers(), responsibles(), cases(day)
	return d
}

// find is the first row that fits, nil when none does.
func find[T any](rows []T, fits func(T) bool) *T {
	for i := range rows {
		if fits(rows[i]) {
			return &rows[i]
		}
	}
	return nil
}

func (d *data) provider(code string) *provider {
	return find(d.providers, func(p provider) bool { return p.code == code })
}

func (d *data) borough(code string) *borough {
	return find(d.boroughs, func(b borough) bool { return b.code == code })
}

func (d *data) district(code string) *district {
	return find(d.districts, func(x district) bool { return x.code == code })
}

func (d *data) office(name string) *office {
	return find(d.offices, func(o office) bool { return o.name == name })
}

func (d *data) team(code string) *team {
	return find(d.teams, func(t team) bool { return t.code == code })
}

func (d *data) person(code string) *person {
	return find(d.people, func(p person) bool { return p.code == code })
}
