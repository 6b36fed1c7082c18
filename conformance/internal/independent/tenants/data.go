package tenants

// The two tenants of the seeded data.
const (
	homeTenant  = "calder-valley-skills"
	otherTenant = "solent-training"
)

// person is an account that a user refers to.
type person struct{ first, last, email, phone string }

// tenant is one tenant with its users in the order of their creation, and the records
// that they may refer to.
type tenant struct {
	users []*user
	refs  map[string]map[int]person // by the member that refers to them
	homes map[int]int               // employer address id to employer id
}

// token is one API token.
type token struct {
	tenant string
	spent  bool // expired or revoked
	rights bool // may use the users API
}

const tokenHeader = "X-API-Token"

func tokens() map[string]token {
	return map[string]token{
		"cvs-7f3a91d0e2b84c56": {tenant: homeTenant, rights: true},
		"cvs-reports-1b77e0aa": {tenant: homeTenant},
		"cvs-2023-44d0c9e1f8a": {tenant: homeTenant, rights: true, spent: true},
		"cvs-gone-90ab3e5d712": {tenant: homeTenant, rights: true, spent: true},
		"sol-c25e8814bd9f4a03": {tenant: otherTenant, rights: true},
	}
}

// row is one seeded user in short.
type row struct {
	id                                           int
	title, first, last, domain, ref, phone, town string
	born, gender                                 string
	hours                                        int
}

func homeRows() []row {
	return []row{
		{4101, "Ms", "Nadia", "Haworth", "hebdenmail.example", "CVS-0101", "01422 496011", "Halifax", "1999-03-14", "Female",
			600},
		{4104, "Mr", "Callum", "Sutcliffe", "dalemail.example", "CVS-0102", "01422 496027", "Ripponden", "2003-11-02", "Male",
			480},
		{4107, "Mrs", "Priya", "Greenwood", "cpost.example", "CVS-0107", "01484 960145", "Huddersfield", "1987-06-30", "Female",
			720},
		{4109, "Mr", "Owain", "Prys-Jones", "cpost.example", "CVS-0110", "029 2018 0342", "Cardiff", "1994-01-19", "Male", 510},
		{4115, "Miss", "Siân", "O'Rourke", "dale.example", "CVS-0111", "0113 496 0770", "Leeds", "2001-09-08", "Female", 600},
		{4120, "Mx", "Robin", "Akroyd", "dale.example", "CVS-0111", "0113 496 0812", "Wakefield", "2002-12-25", "Other", 450},
	}
}

func otherRows() []row {
	return []row{
		{6203, "Mr", "Tobias", "Fareham", "solentmail.example", "SOL-77", "023 9282 0011", "Portsmouth", "1998-04-04", "Male",
			500},
		{6204, "Ms", "Ifeoma", "Gosport", "solentmail.example", "SOL-78", "023 9282 0019", "Southampton", "2000-08-17", "Female",
			640},
	}
}

func homeRefs() map[string]map[int]person {
	staff := map[int]person{
		301: {"Harriet", "Lumb", "harriet.lumb@cvs.example", "01422 496100"},
		304: {"Desmond", "Okafor", "desmond.okafor@cvs.example", "01422 496104"},
	}
	return map[string]map[int]person{
		"caseOwnerId": staff, "mentorId": staff,
		"groupId":           {21: {}, 22: {}, 25: {}},
		"programmeId":       {811: {}, 812: {}},
		"employerId":        {1501: {}, 1502: {}},
		"employerAddressId": {1601: {}, 1603: {}},
		"managerId": {
			2701: {"Gwen", "Barraclough", "g.barraclough@millworks.example", "01422 496555"},
			2702: {"Imran", "Thackray", "i.thackray@ridingfoods.example", "01484 960601"},
		},
	}
}

func otherRefs() map[string]map[int]person {
	staff := map[int]person{351: {"Martin", "Cowes", "martin.cowes@solent.example", "023 9282 0100"}}
	return map[string]map[int]person{
		"caseOwnerId": staff, "mentorId": staff, "groupId": {41: {}}, "programmeId": {851: {}},
		"employerId": {1551: {}}, "employerAddressId": {1651: {}},
		"managerId": {2751: {"Ellen", "Ryde", "e.ryde@dockside.example", "023 9282 0777"}},
	}
}

func seed() map[string]*tenant {
	home := &tenant{refs: homeRefs(), homes: map[int]int{1601: 1501, 1603: 1502}}
	for _, r := range homeRows() {
		home.users = append(home.users, r.user(home, 301, 2701, 21, 811, 1501, 1601))
	}
	other := &tenant{refs: otherRefs(), homes: map[int]int{1651: 1551}}
	for _, r := range otherRows() {
		other.users = append(other.users, r.user(other, 351, 2751, 41, 851, 1551, 1651))
	}
	return map[string]*tenant{homeTenant: home, otherTenant: other}
}

// user fills a row up to a whole record.
func (r row) user(t *tenant, owner, boss, group, programme, employer, address int) *user {
	o, m := t.refs["caseOwnerId"][owner], t.refs["managerId"][boss]
	email := lower(asciiOnly(r.first)) + "." + lower(asciiOnly(r.last)) + "@" + r.domain
	return &user{id: r.id, oldRef: r.ref, values: values{
		"firstName": r.first, "lastName": r.last, "title": r.title, "preferredName": r.first,
		"phone": r.phone, "referenceNumber": r.ref, "email": email, "username": email,
		"personalEmail": "home." + email, "townCity": r.town, "address1": "12 Mill Lane", "postCode": "HX1 1AA",
		"gender": r.gender, "dateOfBirth": r.born, "plannedHours": r.hours, "weeklyHours": 30, "jobActiveSync": true,
		"status": statusActive, "authenticationType": "Standard", "programmeStartDate": "2025-09-01",
		"caseOwnerId": owner, "caseOwnerFirstName": o.first, "caseOwnerLastName": o.last, "mentorId": owner,
		"managerId": boss, "managerFirstName": m.first, "managerLastName": m.last,
		"managerEmail": m.email, "managerPhone": m.phone, "groupId": group, "programmeId": programme,
		"employerId": employer, "employerAddressId": address, "IAEnglish": "Level 1", "IAMath": "Entry 3",
	}}
}

// asciiOnly drops what an e-mail address of the seeded data should not have.
func asciiOnly(s string) string {
	out := []rune{}
	for _, r := range s {
		switch {
		case r == 'â':
			out = append(out, 'a')
		case r < 128 && r != '\'':
			out = append(out, r)
		}
	}
	return string(out)
}
