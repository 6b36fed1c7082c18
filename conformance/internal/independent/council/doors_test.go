package council

import (
	"fmt"
	"strings"
)

// doors sends keys and ids that are only like right ones, and looks at what is left of calls
// that are refused.
func (w *walker) doors() {
	key := strings.TrimPrefix(Implementation().Personas["default"].Headers["Authorization"], "Bearer ")
	for _, credential := range []string{"Bearer " + key[:len(key)/2], "Bearer " + key[:len(key)/2] + "AAAAAAAAA", "Basic eDp4"} {
		status, _, _ := w.askWith(map[string]string{"Authorization": credential}, "GET", "/api/wards", nil)
		w.hold(status != 200, "the credential "+credential)
	}
	for _, path := range []string{"wards", "categories"} {
		_, made := w.make("default", path, fresh(path, "Ss "+path))
		id := fmt.Sprint(made["id"])
		for _, like := range []string{id[:len(id)-1], id[:len(id)-1] + "*"} {
			status, _, _ := w.ask("default", "GET", "/api/"+path+"/"+like, nil)
			w.hold(status != 200, path+" by "+like)
		}
		for _, method := range []string{"POST", "DELETE"} {
			before := w.listed(path, id)
			status, _, _ := w.ask("default", method, "/api/"+path+"/"+id, item{"name": "Ss Other"})
			after := w.listed(path, id)
			w.hold(status < 400 || after["id"] == id && after["name"] == before["name"], path+" after a refused "+method)
		}
	}
	before := w.told("")
	w.make("low-rights", "users", fresh("users", "Ss Nobody"))
	if status, _ := w.make("default", "wards", item{"name": "Ss Wrong", "latitude": item{}}); status >= 400 {
		w.hold(w.told("") == before, "what was refused")
	}
}
