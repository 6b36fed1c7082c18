package command

import (
	"net/url"
	"strings"

	"rollcall/conformance/suite"
)

// serial is where a create's own number goes; its width is that of the number.
const serial = "#########"

// scenariosOf lists the loads of a contract.
func scenariosOf(name string, t suite.Target) []scenario {
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

func councilLoads(t suite.Target) []scenario {
	ward := `{"name":"Ward ` + serial + `","boundaryDescription":"From the river to the hill","councilTier":"unitary","latitude":50.263,"longitude":-5.051,"enabled":true}`
	return []scenario{
		{name: "item", method: "GET", target: "/api/wards/" + t.Given["wardId"], status: 200},
		{name: "list of 20", method: "GET", target: "/api/categories", status: 200},
		{name: "refused create", method: "POST", target: "/api/wards", body: strings.Replace(ward, "50.263", `"north"`, 1), status: 400},
		{name: "create", method: "POST", target: "/api/wards", body: ward, serial: serial, status: 201},
	}
}

func volunteersLoads(t suite.Target) []scenario {
	email := `{"primary":false,"email":"load.` + serial + `@example.org"}`
	accept := []string{"Accept: application/x.uvol.v3+json"}
	user := t.Given["userId"]
	return []scenario{
		{name: "item", method: "GET", target: "/users/" + user, headers: accept, status: 200},
		{name: "page of 20", method: "GET", target: "/users?limit=20", headers: accept, status: 200},
		{name: "two filters and an include", method: "GET", target: "/users?limit=20&sids=1&roles=" + t.Given["roleProfileId"] + "&include=roles", headers: accept, status: 200},
		{name: "refused create", method: "POST", target: "/users/" + user + "/email-addresses", headers: accept, body: strings.Replace(email, "false", `"no"`, 1), status: 422},
		{name: "create", method: "POST", target: "/users/" + user + "/email-addresses", headers: accept, body: email, serial: serial, status: 201},
	}
}
