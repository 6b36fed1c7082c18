package tenants

// kind is the type that the documents give a member.
type kind int

const (
	text kind = iota
	date
	number
	reference
	flag
)

// field is one writable member of a user; limit is the length that strict products keep to.
type field struct {
	name  string
	kind  kind
	limit int
}

// fields are the 41 writable members in the order of the documents; id comes before them.
func fields() []field {
	return []field{
		{"firstName", text, 50}, {"lastName", text, 50},
		{"caseOwnerId", reference, 0}, {"mentorId", reference, 0},
		{"phone", text, 50}, {"referenceNumber", text, 256},
		{"groupId", reference, 0}, {"jobActiveSync", flag, 0},
		{"email", text, 256}, {"username", text, 256}, {"status", text, 50},
		{"dateOfBirth", date, 0},
		{"caseOwnerFirstName", text, 50}, {"caseOwnerLastName", text, 50},
		{"postCode", text, 16}, {"address1", text, 256}, {"address2", text, 256},
		{"townCity", text, 50}, {"countyState", text, 50},
		{"programmeId", reference, 0}, {"programmeStartDate", date, 0},
		{"employerId", reference, 0}, {"employerAddressId", reference, 0},
		{"managerFirstName", text, 50}, {"managerLastName", text, 50},
		{"managerEmail", text, 256}, {"managerPhone", text, 50},
		{"IAEnglish", text, 50}, {"IAMath", text, 50}, {"IAICT", text, 50},
		{"diagEnglish", text, 50}, {"diagMath", text, 50}, {"diagIct", text, 50},
		{"title", text, 50}, {"preferredName", text, 50}, {"personalEmail", text, 256},
		{"gender", text, 50}, {"authenticationType", text, 50},
		{"plannedHours", number, 0}, {"weeklyHours", number, 0},
		{"managerId", reference, 0},
	}
}

// values are the set members of a user by name; what is not set is not in it.
type values map[string]any

// text gives a string member, and "" where it is not set.
func (v values) text(name string) string {
	s, _ := v[name].(string)
	return s
}

// number gives an integer member, and 0 where it is not set.
func (v values) number(name string) int {
	n, _ := v[name].(int)
	return n
}

func (v values) clone() values {
	out := make(values, len(v))
	for name, value := range v {
		out[name] = value
	}
	return out
}

// user is one stored user; reads counts how often it was found.
type user struct {
	id       int
	values   values
	inactive bool
	reads    int
	updates  int
	both     bool   // an update changed email and reference number
	oldRef   string // the reference number it was created with
	lastRef  string // the last one that it lost by an update
}
