package route

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// TestMatchAgreesWithBruteForce asks random tables for random paths and compares
// with a matcher that knows nothing of routers: it tries every template.
func TestMatchAgreesWithBruteForce(t *testing.T) {
	const tables, requests = 200, 100
	random := rand.New(rand.NewPCG(1, 2))
	outcomes := map[Outcome]int{}
	for range tables {
		routes := randomRoutes(random)
		table, err := New(routes)
		if err != nil {
			t.Fatalf("%v: %v", routes, err)
		}
		for range requests {
			method, raw := pick(random, "GET", "PUT", "POST", "HEAD", "OPTIONS", "BREW"), randomPath(random)
			u := target(t, raw)
			got, want := describe(table.Match(method, u)), brute(routes, method, raw)
			if got != want {
				t.Fatalf("%s %s on %v:\n got %s\nwant %s", method, raw, routes, got, want)
			}
			outcomes[table.Match(method, u).Outcome]++
		}
	}
	for _, o := range []Outcome{NotFound, NotAllowed, Options, Found} {
		if outcomes[o] < 100 {
			t.Errorf("outcome %d came up %d times only: the test has lost its grip", o, outcomes[o])
		}
	}
}

// randomRoutes makes a table without two templates of one shape: those are an
// error unless their methods differ, and then have no order to compare.
func randomRoutes(random *rand.Rand) []Route {
	var routes []Route
	shapes := map[string]bool{}
	for range 2 + random.IntN(10) {
		var template, shape string
		for i := range 1 + random.IntN(4) {
			if random.IntN(2) == 0 {
				template += fmt.Sprintf("/{%s%d}", pick(random, "id", "name"), i)
				shape += "/{}"
				continue
			}
			literal := "/" + pick(random, "a", "ab", "b")
			template, shape = template+literal, shape+literal
		}
		if shapes[shape] {
			continue
		}
		shapes[shape] = true
		for _, method := range []string{"GET", "PUT", "POST", "HEAD", "OPTIONS"} {
			if random.IntN(3) == 0 {
				routes = append(routes, Route{method, template, len(routes)})
			}
		}
	}
	return routes
}

func randomPath(random *rand.Rand) string {
	var path strings.Builder
	for range 1 + random.IntN(4) {
		path.WriteString("/" + pick(random, "a", "a", "ab", "ab", "b", "b", "c", "%61", "a%2Fb", "%25", "%2525", ""))
	}
	return path.String()
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

func describe(m Match) string {
	if m.Outcome == Found {
		return fmt.Sprintf("%d with %s", m.Value, render(m.Params))
	}
	return fmt.Sprintf("outcome %d, %s", m.Outcome, m.Allow)
}

// brute is the reference: one template after the other, by rank.
func brute(routes []Route, method, raw string) string {
	var templates []string
	for _, r := range routes {
		if _, ok := fits(r.Template, raw); ok {
			templates = append(templates, r.Template)
		}
	}
	slices.SortFunc(templates, func(a, b string) int { return strings.Compare(rank(a), rank(b)) })
	var allow []string
	for _, template := range slices.Compact(templates) {
		own := map[string]int{}
		for _, r := range routes {
			if r.Template == template {
				own[r.Method] = r.Value
			}
		}
		if get, ok := own["GET"]; ok {
			if _, explicit := own["HEAD"]; !explicit {
				own["HEAD"] = get
			}
		}
		if value, ok := own[method]; ok {
			params, _ := fits(template, raw)
			return describe(Match{Outcome: Found, Value: value, Params: params})
		}
		for m := range own {
			allow = append(allow, m)
		}
	}
	slices.Sort(allow)
	m := Match{Allow: strings.Join(slices.Compact(allow), ", ")}
	if len(allow) > 0 {
		m.Outcome = NotAllowed
		if method == "OPTIONS" {
			m.Outcome = Options
		}
	}
	return describe(m)
}

// rank sorts literals before parameters, from the left.
func rank(template string) string {
	var s strings.Builder
	for part := range strings.SplitSeq(template, "/") {
		s.WriteByte("01"[strings.Count(part, "{")])
	}
	return s.String()
}

func fits(template, raw string) (Params, bool) {
	want, have := strings.Split(template, "/"), strings.Split(raw, "/")
	if len(want) != len(have) {
		return nil, false
	}
	var params Params
	for i := 1; i < len(want); i++ {
		value, _ := url.PathUnescape(have[i])
		if value == "" {
			return nil, false
		}
		if name, isParam := strings.CutPrefix(want[i], "{"); isParam {
			params = append(params, Param{Key: strings.TrimSuffix(name, "}"), Value: value})
		} else if value != want[i] {
			return nil, false
		}
	}
	return params, true
}
