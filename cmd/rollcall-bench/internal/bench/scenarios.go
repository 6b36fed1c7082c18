package bench

import (
	"net/url"
	"strings"
)

// serial is where a create's own number goes; its width is that of the number.
const serial = "#########"

// scenariosOf lists the loads of a contract.
func scenariosOf(name string, t target) []scenario {
	prefix := ""
	if u, err := url.Parse(t.URL); err == nil {
		prefix = u.Path
	}
	var all []scenario
	switch name {
	case "council":
		all = councilLoads(t)
	case "volunteers":
		all = volunteersLoads(t)
	}
	for i := range all {
		all[i].name = name + " " + all[i].name
		all[i].target = prefix + all[i].target
		all[i].headers = append(all[i].headers, headersOf(t)...)
	}
	return all
}

func councilLoads(t target) []scenario {
	ward := `{"name":"Ward ` + serial +
		`","boundaryDescription":"From the river to the hill","councilTier":"unitary","latitude":50.263,` +
		`"longitude":-5.051,"enabled":true}`
	return []scenario{
		{name: "item", method: "GET", target: "/api/wards/" + t.Given["wardId"], status: 200},
		{name: "list of 20", method: "GET", target: "/api/categories", status: 200},
		{name: "refused create", method: "POST", target: "/api/wards", operation: "createWard",
			body: strings.Replace(ward, "50.263", `"north"`, 1), status: 400},
		{name: "create", method: "POST", target: "/api/wards", operation: "createWard", body: ward, serial: serial, status: 201},
	}
}

func volunteersLoads(t target) []scenario {
	note := `{"subject":"Call ` + serial +
		`","body":"Rang about the rota; happy to cover two Saturdays in May.","private":false,"pinned":false}`
	user := `{"first_name":"Load","last_name":"` + serial + `","dob":"1990-01-01","roleProfiles":[{"id":` +
		t.Given["roleProfileId"] +
		`,"team":{"id":` + t.Given["teamId"] + `},"manager":{"id":` + t.Given["managerUserId"] + `},"start":"2026-10-01"}],` +
		`"emailAddresses":[{"email":"load.` + serial + `@example.org","primary":true}]}`
	accept := []string{"Accept: application/x.uvol.v3+json"}
	one := "/users/" + t.Given["userId"]
	return []scenario{
		{name: "item", method: "GET", target: one, headers: accept, status: 200},
		{name: "page of 20", method: "GET", target: "/users?limit=20", headers: accept, status: 200},
		{name: "20 by two filters, with emails", method: "GET",
			target: "/users?limit=20&sids=1&view=volunteers&include=emailAddresses", headers: accept, status: 200},
		{name: "20 by two filters, with roles", method: "GET", target: "/users?limit=20&sids=1&has_email=true&include=roles",
			headers: accept, status: 200},
		{name: "refused create", method: "POST", target: one + "/notes", headers: accept, operation: "createUserNote",
			body: strings.Replace(note, "false", `"no"`, 1), status: 422},
		{name: "create a note", method: "POST", target: one + "/notes", headers: accept, operation: "createUserNote", body: note,
			serial: serial, status: 201},
		{name: "create a user with role and email", method: "POST", target: "/users", headers: accept, operation: "createUser",
			body: user, serial: serial, status: 201},
	}
}
