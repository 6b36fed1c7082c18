package volunteers

import (
	"net/http"
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// Implementation is this server, with its habits and faults.
func Implementation() independent.Implementation {
	return independent.Implementation{
		Contract: "volunteers",
		New: func(active ...string) http.Handler {
			return independent.Before(newServer(active...), between(), active)
		},
		Habits: habits(),
		Faults: faults(),
		Personas: map[string]independent.Persona{
			"default":            persona("vol-token-full-7d1", map[string]string{"userId": "4102", "rights": "all"}),
			"low-rights":         persona("vol-token-lead-2b9", lowRights()),
			"no-scope":           persona("vol-token-bare-5c3", nil),
			"expired-credential": persona("vol-token-late-8e0", nil),
			"revoked-credential": persona("vol-token-gone-1f6", nil),
		},
		Given: map[string]string{
			"userId": "4110", "inactiveUserId": "4125", "managerUserId": "4104",
			"supervisorUserId": "4106", "teamId": "310", "secondTeamId": "330", "roleProfileId": "61",
			"secondRoleProfileId": "64", "skillIds": "501,502,503", "languageId": "541", "interestId": "571",
			"noteCategoryId": "81", "touchpointTypeId": "91", "secondTouchpointTypeId": "92", "leavingReasonId": "41",
			"vettingId": "51", "customFieldSlug": "shirt-size", "geojsonId": "7001", "teamlistId": "7101", "userlistId": "7201",
		},
	}
}

func lowRights() map[string]string {
	return map[string]string{"userId": "4119", "rights": "low", "teamId": "320", "belowTeamId": "321"}
}

func persona(token string, info map[string]string) independent.Persona {
	return independent.Persona{
		Headers: map[string]string{"Authorization": "Bearer " + token, "Accept": "application/x.uvol.v3+json"}, Info: info,
	}
}

// habits is the table with what follows from it: contradictions both ways, and paths.
func habits() []independent.Habit {
	list := slices.Concat(wireHabits(), ruleHabits(), openHabits(), fairHabits(), likenessHabits(), newcomerHabits())
	for i := range list {
		for _, group := range contradictions() {
			if !slices.Contains(group, list[i].Name) {
				continue
			}
			for _, other := range group {
				if other != list[i].Name && !slices.Contains(list[i].Excludes, other) {
					list[i].Excludes = append(list[i].Excludes, other)
				}
			}
		}
		list[i].Paths = paths(list[i].Name)
	}
	return list
}

func contradictions() [][]string {
	return [][]string{
		{"charset-json", "vendor-json", "upper-case-json", "hal-json"},
		{"milliseconds", "microseconds-offset", "offset-without-colon", "sql-times"},
		{"links-always", "links-null", "links-array", "links-left-out"}, {"pages-of-two", "small-pages", "limit-ignored"},
		{"created-200", "created-202"}, {"validation-400", "validation-412"}, {"omits-nulls", "omits-all-nulls"},
		{"ids-are-numbers", "user-ids-are-texts"}, {"partial-updates", "put-replaces"},
		{"delete-says-so", "delete-202"}, {"patch-only", "put-and-patch"}, {"patch-only", "other-paths"},
		{"patch-only", "skills-by-post"}, {"errors-listed", "no-errors-map"},
		{"wrapped-user", "wraps-users"}, {"touchpoints-typed", "refuses-references"},
		{"sorted-by-start", "users-by-name"}, {"ids-huge", "ids-long"},
		{"three-contacts", "duty-desk"}, {"spaced-phones", "bare-phones"},
	}
}

// operations are the ends of the operation ids of a resource, and its path parameter.
func operations() map[string][3]string {
	return map[string][3]string{
		"roles": {"UserRole", "UserRoles", "associationId"}, "email-addresses": {"UserEmail", "UserEmails", "addressId"},
		"addresses":          {"UserAddress", "UserAddresses", "postalAddressId"},
		"emergency-contacts": {"UserEmergencyContact", "UserEmergencyContacts", "contactId"},
		"phone-numbers":      {"UserPhone", "UserPhones", "phoneNumberId"},
		"supervisors":        {"UserSupervisor", "UserSupervisors", "supervisorId"},
		"notes":              {"UserNote", "UserNotes", "noteId"},
		"touchpoints":        {"UserTouchpoint", "UserTouchpoints", "touchpointId"},
	}
}

// paths are the verbs and paths of a habit, where they are not those of the sheet.
func paths(habit string) map[string]string {
	switch habit {
	case "skills-by-post":
		return map[string]string{"updateUserSkills": "POST /users/{userId}/skills"}
	case "patch-only":
		found := map[string]string{"updateUser": "PATCH /users/{userId}", "updateUserSkills": "PATCH /users/{userId}/skills"}
		for path, names := range operations() {
			found["update"+names[0]] = "PATCH /users/{userId}/" + path + "/{" + names[2] + "}"
		}
		return found
	case "other-paths":
		found := map[string]string{}
		for path, other := range otherNames() {
			otherPaths(found, operations()[path], "/users/{userId}/"+other, path)
		}
		return found
	}
	return nil
}

func otherPaths(found map[string]string, names [3]string, path, resource string) {
	item := path + "/{" + names[2] + "}"
	found["list"+names[1]], found["create"+names[0]] = "GET "+path, "POST "+path
	found["update"+names[0]] = "PUT " + item
	if resource != "roles" {
		found["get"+names[0]] = "GET " + item
	}
	if !strings.HasPrefix(resource, "phone") {
		found["delete"+names[0]] = "DELETE " + item
	}
}
