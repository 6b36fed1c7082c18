package floor_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rollcall/cmd/rollcall-bench/internal/floor"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// TestFloorChecksBodies holds that the floor does what it is there for: a body that the document
// refuses is no create, and one that it takes is no refusal.
func TestFloorChecksBodies(t *testing.T) {
	f, err := floor.New([]load.Recorded{
		{Name: "item", Status: 200, Body: "{}"},
		{Name: "create", Status: 201, Body: `{"id":1}`, Contract: "council", Operation: "createWard"},
		{Name: "refused", Status: 400, Body: `{}`, Contract: "council", Operation: "createWard"},
	})
	if err != nil {
		t.Fatal(err)
	}
	right := `{"name":"Ward 1","boundaryDescription":"From the river to the hill","councilTier":"unitary","latitude":50.263,` +
		`"longitude":-5.051,"enabled":true}`
	wrong := strings.Replace(right, "50.263", `"north"`, 1)
	for _, row := range []struct {
		name, body string
		status     int
	}{
		{"item", "", 200}, {"create", right, 201}, {"create", wrong, 500}, {"refused", wrong, 400}, {"refused", right, 500},
		{"unknown", "", 500}, {"", "", 200},
	} {
		q := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(row.body))
		q.Header.Set(load.NameHeader, row.name)
		w := httptest.NewRecorder()
		f.ServeHTTP(w, q)
		if w.Code != row.status {
			t.Errorf("%q with %s is answered %d, want %d", row.name, row.body, w.Code, row.status)
		}
	}
	for name, wrong := range map[string]load.Recorded{
		"no contract":  {Contract: "nothing", Operation: "createWard"},
		"no operation": {Contract: "council", Operation: "nothing"},
	} {
		if _, err := floor.New([]load.Recorded{wrong}); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}
