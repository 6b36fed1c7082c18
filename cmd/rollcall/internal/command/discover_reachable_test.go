package command

import (
	"testing"

	"rollcall/conformance/suite"
)

// TestTheAddressThatWasGivenStays holds that a mock behind a proxy which says another host is called
// by the address under which it was found.
func TestTheAddressThatWasGivenStays(t *testing.T) {
	for _, row := range []struct{ base, own, url, worlds, info string }{
		{"http://127.0.0.1:4010", "http://127.0.0.1:4010", "http://127.0.0.1:4010/council",
			"http://127.0.0.1:4010/__admin/worlds", "http://127.0.0.1:4010/identity"},
		{"https://gate.example/mock/", "http://upstream:4010", "https://gate.example/mock/council",
			"https://gate.example/mock/__admin/worlds", "https://gate.example/mock/identity"},
	} {
		target := suite.Target{URL: row.own + "/council", Worlds: row.own + "/__admin/worlds",
			Personas: map[string]suite.Persona{"shared-directory": {Info: map[string]string{
				"url": row.own + "/identity", "other": "http://upstream:40101/x"}}}}
		reachable(&target, row.base)
		info := target.Personas["shared-directory"].Info
		if target.URL != row.url || target.Worlds != row.worlds || info["url"] != row.info ||
			info["other"] != "http://upstream:40101/x" {
			t.Errorf("found at %s: %s, %s, %v", row.base, target.URL, target.Worlds, info)
		}
	}
}
