package council

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

func itoa(n int) string { return strconv.Itoa(n) }

// member is one name and value of an answer.
type member struct {
	name  string
	value any
}

// object is an answer with the order of its members.
type object []member

// set puts a value in the place of the one with this name.
func (o object) set(name string, value any) {
	for i := range o {
		if o[i].name == name {
			o[i].value = value
		}
	}
}

// without is the object less the members of these names.
func (o object) without(names ...string) object {
	return slices.DeleteFunc(o, func(m member) bool { return slices.Contains(names, m.name) })
}

// shaped is a record as the callers see it.
func (s *server) shaped(k *kind, rec *record) object {
	shape := k.shape(s, rec)
	if s.on("extra-members") {
		shape = append(shape, member{"slug", slug(rec.text("name"))}, member{"caseCount", len(rec.id)},
			member{"links", object{{"self", "/api/" + k.path + "/" + rec.id}}}, member{"tags", []any{}},
			member{"archivedAt", nil})
	}
	if s.on("volatile-members") {
		s.reads++
		shape = append(shape, member{"readCount", s.reads}, member{"lastSeenAt", s.stamp(time.Now())},
			member{"requestId", digest(rec.id, s.reads)[:12]})
	}
	return shape
}

// layouts are the spellings of a time.
func layouts() map[string]string {
	return map[string]string{
		"dates-seconds": "2006-01-02T15:04:05Z",
		"dates-micros":  "2006-01-02T15:04:05.000000Z",
		"dates-offset":  "2006-01-02T15:04:05.000+00:00",
		"dates-british": "02/01/2006 15:04:05",
	}
}

func (s *server) stamp(at time.Time) any {
	if s.on("dates-numbers") {
		return int(at.Unix())
	}
	for name, layout := range layouts() {
		if s.on(name) {
			return at.UTC().Format(layout)
		}
	}
	if finer := at.Nanosecond()%int(time.Millisecond) > 0; finer && s.on("dates-told-finer") {
		return at.UTC().Format(layouts()["dates-micros"])
	}
	return at.UTC().Format("2006-01-02T15:04:05.000Z")
}

func (s *server) wardShape(rec *record) object {
	shape := object{{"id", rec.id}, {"tenantId", rec.tenant}}
	for _, name := range wardColumns() {
		shape = append(shape, member{name, rec.values[name]})
	}
	shape = append(shape, member{"createdAt", s.stamp(rec.created)}, member{"updatedAt", s.stamp(rec.updated)})
	if other, spoilt := rec.values["tenantId"]; spoilt {
		shape.set("tenantId", other)
	}
	if degrees, isNumber := rec.values["latitude"].(float64); isNumber && s.on("ward-places-as-text") {
		shape.set("latitude", strconv.FormatFloat(degrees, 'f', 4, 64))
	}
	return shape
}

func (s *server) userShape(rec *record) object {
	shape := object{{"id", rec.id}}
	for _, name := range userColumns() {
		shape = append(shape, member{name, rec.values[name]})
	}
	shape = append(shape, member{"createdAt", s.stamp(rec.created)})
	for _, name := range []string{"planOverride", "planOverrideExpiresAt", "planOverrideReason"} {
		value := rec.values[name]
		if at, isTime := value.(time.Time); isTime {
			value = s.stamp(at)
		}
		shape = append(shape, member{name, value})
	}
	if s.on("users-like-others") {
		shape = append(shape, member{"tenantId", rec.tenant}, member{"updatedAt", s.stamp(rec.updated)})
	}
	if s.on("user-enabled-as-number") {
		shape.set("enabled", map[any]int{true: 1}[rec.values["enabled"]])
	}
	if s.on("user-plan-hidden") || s.on("override-for-admins") && s.viewer != "admin" {
		shape = shape.without("planOverride", "planOverrideExpiresAt", "planOverrideReason")
	}
	if s.on("user-list-tells-hash") {
		shape = append(shape, member{"passwordHash", "$2b$10$" + digest(rec.id, 1)[:32]})
	}
	return append(shape, s.profileOf(rec)...)
}

// profileOf are the further members, filled for councillors only.
func (s *server) profileOf(rec *record) object {
	councillor := rec.text("role") == "councillor"
	leaks := s.on("user-profile-for-all")
	shown := s.any("profile-null", "profile-empty") || s.on("profile-councillors") && councillor
	if !shown && !leaks {
		return nil
	}
	var found object
	for _, name := range profile() {
		var value any
		if s.on("profile-empty") {
			value = ""
		}
		if councillor || leaks {
			value = cmp.Or(rec.values[name], value)
		}
		if name == "bio" && leaks {
			value = "Serves the people of " + strings.TrimPrefix(rec.tenant, "tenant-")
		}
		found = append(found, member{name, value})
	}
	return found
}

func (s *server) categoryShape(rec *record) object {
	shape := object{{"id", rec.id}, {"tenantId", rec.tenant}}
	for _, name := range categoryColumns() {
		shape = append(shape, member{name, rec.values[name]})
	}
	shape = append(shape, member{"createdAt", s.stamp(rec.created)}, member{"updatedAt", s.stamp(rec.updated)})
	if s.on("category-keywords-as-list") {
		words := []any{}
		for _, word := range strings.Split(rec.text("keywords"), ",") {
			words = append(words, word)
		}
		shape.set("keywords", words)
	}
	if s.on("category-place-as-text") {
		shape.set("sortOrder", itoa(rec.values["sortOrder"].(int)))
	}
	return shape
}
