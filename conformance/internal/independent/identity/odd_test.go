package identity

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// oddConversation is what shows the faults of odd passwords, names, ids, addresses and tokens.
func oddConversation(g map[string]string) []said {
	name, other := g["disposable-account"], g["disposable-staffless-account"]
	lines := bareCallers(g["username"])
	call := func(method, path, body string) { lines = append(lines, said{"default", method, path, body, nil}) }
	change := func(name, password string) {
		body, _ := json.Marshal(map[string]string{"password": password})
		call("POST", "/user/"+name+"/password", string(body))
	}
	check := func(name, password string) { call("POST", "/authenticate", credentials(name, password)) }
	for _, text := range []string{"  a  b ", "Łódź-é", "🦅", "e\u0301", "\uFB01", "<b>", `"'\`, strings.Repeat("long", 40)} {
		change(name, text)
		check(name, text)
	}
	for _, right := range []string{strings.Repeat("n", 100), "Cafe", "plain"} {
		change(name, right)
		for _, wrong := range []string{right + "9", right + " ", strings.Replace(right, "e", "é", 1), right + "n"} {
			check(name, wrong)
		}
	}
	for _, each := range []string{name, other} {
		change(each, "the same")
	}
	change(name, "its own")
	check(other, "the same")
	change(other, "another")
	check(name, "its own")
	for _, method := range []string{"PUT", "PATCH"} {
		call(method, "/user/"+name+"/password", `{"password":"by `+method+`"}`)
		check(name, "by "+method)
	}
	check(name, strings.Repeat("p", 1000))
	check("ünbekannt", "x")
	check(g["disabledUsername"], "x")
	change(g["disposable-disabled-account"], "its own")
	call("GET", "/user/"+g["disposable-disabled-account"], "")
	for _, text := range []string{"mary", "mary*", g["email"], g["userId"]} {
		call("GET", "/user/"+text, "")
	}
	change(name, "Before-Switch")
	for _, turn := range []string{"PUT", "DELETE", "PUT"} {
		lines = append(lines, said{"shared-directory", turn, "/users/" + name + "/roles", "", nil})
		call("GET", "/user/"+name, "")
		call("GET", "/user/details/"+idText(name), "")
		call("GET", "/user?email="+url.QueryEscape(personOf(name).mail), "")
		check(name, "Before-Switch")
	}
	change(name, "After-Switch")
	call("GET", "/user/"+name, "")
	call("GET", "/user/details/"+strconv.FormatInt(personOf(name).id+1<<32, 10), "")
	ended := idText(g["endingUsername"])
	for _, id := range []string{"-1", "-" + g["userId"], g["userId"], ended} {
		call("GET", "/user/details/"+id, "")
	}
	for _, address := range []string{"", "%", "maryjones@leeds.probation.example", "mary.jones+x@leeds.probation.example",
		"mâry.jônes@leeds.probation.example", "?ary.jones@leeds.probation.example", "_ary.jones@leeds.probation.example"} {
		call("GET", "/user?email="+url.QueryEscape(address), "")
	}
	return lines
}

// bareCallers call without a good token.
func bareCallers(name string) []said {
	token := strings.TrimPrefix(Implementation().Personas["default"].Headers["Authorization"], "Bearer ")
	parts := strings.Split(token, ".")
	var lines []said
	for _, credential := range []string{"Bearer ", "Basic eDp4", "Bearer " + token[:len(token)-6] + "AAAAAA",
		"Bearer eyJhbGciOiJub25lIn0." + parts[1] + "."} {
		lines = append(lines, said{"", "GET", "/user/" + name, "", []string{"Authorization: " + credential}})
	}
	return lines
}
