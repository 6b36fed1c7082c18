package kit

import (
	"testing"

	"github.com/tidwall/gjson"
)

func TestSilent(t *testing.T) {
	rows := map[string]struct{ before, now, want string }{
		"all is said":                     {`{"id":1,"team":{"icon":"x"}}`, `{"team":{"icon":"y"},"id":1,"more":2}`, ""},
		"nothing was said":                {`{"id":1,"text":"","list":[],"object":{}}`, `{"id":1}`, ""},
		"a member is left out":            {`{"id":1,"county":"Kent"}`, `{"id":1}`, "county"},
		"a false is something said":       {`{"primary":false}`, `{}`, "primary"},
		"one in a member is left out":     {`{"team":{"id":"3","icon":"x"}}`, `{"team":{"id":"3"}}`, "team.icon"},
		"a name that has a dot in it":     {`{"a.b":1}`, `{"a.b":2}`, ""},
		"what is listed is not looked at": {`{"list":[{"id":1}]}`, `{"list":[{}]}`, ""},
		"there is nothing at all now":     {`{"id":1}`, ``, "id"},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			if got := silent(gjson.Parse(row.before), gjson.Parse(row.now)); got != row.want {
				t.Errorf("silent is %q, want %q", got, row.want)
			}
		})
	}
}

func TestAsNear(t *testing.T) {
	before, _ := decoded([]byte(`{"at":"2026-12-01T10:00:00.999600Z","kept":"2026-12-01T10:00:00.123456000Z",` +
		`"more":[{"at":"2026-12-01T10:00:00Z"}],"n":1}`))
	now, _ := decoded([]byte(`{"at":"2026-12-01T10:00:01.000Z","kept":"2026-12-01T10:00:00.123000000Z",` +
		`"more":[{"at":"2026-12-01T10:00:02Z"}],"n":2}`))
	const want = `{"at":"2026-12-01T10:00:00.999600Z","kept":"2026-12-01T10:00:00.123456000Z",` +
		`"more":[{"at":"2026-12-01T10:00:02Z"}],"n":2}`
	if got := string(text(AsNear(before, now))); got != want {
		t.Errorf("it is %s", got)
	}
}
