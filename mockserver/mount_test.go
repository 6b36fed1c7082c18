package mockserver

import (
	"testing"

	"rollcall/mockserver/defect"
)

// TestServedByDefect holds that a method or a slash too many is answered only with the
// defect of that operation, as that operation answers.
func TestServedByDefect(t *testing.T) {
	const ada, list = `{"id":"p0","name":"Ada"}`, `[{"id":"p0","name":"Ada"}]`
	get := defect.Defect{Requirement: "SHE-A-01", Op: defect.Serve, Operations: []string{"getPet"}}
	slash := defect.Defect{Requirement: "SHE-A-01", Op: defect.Serve, Operations: []string{"listPets"}, Path: "/"}
	for _, row := range []struct {
		name, method, path string
		defects            []defect.Defect
		status             int
		body               string
	}{
		{"a method too many", "PATCH", "/pets/p0", nil, 405, `{}`},
		{"served", "PATCH", "/pets/p0", []defect.Defect{get}, 200, ada},
		{"on another path", "PATCH", "/pets", []defect.Defect{get}, 405, `{}`},
		{"a slash too many", "GET", "/pets/", nil, 404, `{}`},
		{"served, with the slash", "GET", "/pets/", []defect.Defect{slash}, 200, list},
		{"the slash of another operation", "POST", "/pets/", []defect.Defect{slash}, 404, `{}`},
		{"the slash of no path", "GET", "/cats/", []defect.Defect{slash}, 404, `{}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := shelter(t)
			s.mounts[0] = s.mounts[0].broken(row.defects)
			if status, body := ask(s, row.method, row.path, ""); status != row.status || body != row.body {
				t.Errorf("it is answered with %d %s, want %d %s", status, body, row.status, row.body)
			}
		})
	}
}
