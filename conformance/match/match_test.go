package match_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/specs/contract"
)

func answer(status int, body string) *client.Exchange {
	return &client.Exchange{Method: "GET", URL: "http://t.example/x", Status: status, Body: []byte(body)}
}

func TestMatchers(t *testing.T) {
	conflict := &contract.Requirement{Expect: contract.Expect{Status: 409, Accept: []int{400, 409}}}
	open := &contract.Requirement{}
	ascending := func(a, b gjson.Result) int { return strings.Compare(a.Str, b.Str) }
	rows := []struct {
		name    string
		matcher types.GomegaMatcher
		answer  *client.Exchange
		failure string // "" = matches
	}{
		{"status", match.Status(200, 201), answer(201, ""), ""},
		{"other status", match.Status(200, 201), answer(202, ""), "expected status 200 or 201, but the status was 202"},
		{"strict refusal", match.Refuse(conflict, true), answer(409, ""), ""},
		{"strict takes no other", match.Refuse(conflict, true), answer(400, ""),
			"expected a refusal with 409, but it was refused with 400: the strict reading asks for the very status"},
		{"accepting takes it", match.Refuse(conflict, false), answer(400, ""), ""},
		{"accepted", match.Refuse(conflict, false), answer(201, ""), "it was accepted with 201"},
		{"another refusal", match.Refuse(conflict, false), answer(418, ""), "but it was refused with 418, and the status counts"},
		{"any refusal", match.Refuse(open, true), answer(418, ""), ""},
		{"a crash is no refusal", match.Refuse(open, true), answer(500, ""),
			"expected a refusal with 4xx, but the status was 500"},
		{"any answer", match.Answer(open, true), answer(204, ""), ""},
		{"member by value", match.Member("a.b", 3), answer(200, `{"a":{"b":3.0}}`), ""},
		{"member of another kind", match.Member("a", 3), answer(200, `{"a":"3"}`), `expected member "a" to be 3, but it is "3"`},
		{"member null", match.Member("a", nil), answer(200, `{"a":null}`), ""},
		{"missing is not null", match.Member("a", nil), answer(200, `{}`), `there is no member "a"`},
		{"member by matcher", match.Member("a", gomega.BeNumerically(">", 2)), answer(200, `{"a":3}`), ""},
		{"matcher of another kind", match.Member("a", gomega.BeNumerically(">", 2)), answer(200, `{"a":"x"}`),
			"to be more than 2, but it is"},
		{"absent", match.Absent("a"), answer(200, `{"b":1}`), ""},
		{"null is not absent", match.Absent("a"), answer(200, `{"a":null}`), "it is null"},
		{"no JSON is not absent", match.Absent("a"), answer(200, ``), "the body is not JSON"},
		{"each", match.Each("@this", match0()), answer(200, `[1,2]`), ""},
		{"each but one", match.Each("@this", match0()), answer(200, `[1,"x"]`), "in item 1"},
		{"sorted", match.Sorted("#.n", ascending), answer(200, `[{"n":"a"},{"n":"b"}]`), ""},
		{"unsorted", match.Sorted("#.n", ascending), answer(200, `[{"n":"b"},{"n":"a"}]`), `item 1 is "a" after "b"`},
		{"whole body", match.JSONBody(map[string]any{"a": []int{1}}), answer(200, ` {"a":[1]} `), ""},
		{"empty", match.Empty(), answer(204, ""), ""},
		{"not empty", match.Empty(), answer(204, "x"), "there are 1 bytes"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			ok, err := row.matcher.Match(row.answer)
			if err != nil || ok != (row.failure == "") {
				t.Fatalf("matches: %v, %v", ok, err)
			}
			if text := row.matcher.FailureMessage(row.answer); !ok && !strings.Contains(text, row.failure) {
				t.Errorf("failure %q, want %q in it", text, row.failure)
			}
		})
	}
}

func match0() types.GomegaMatcher { return gomega.BeNumerically(">", 0) }

func TestMatchersRefuseOtherActuals(t *testing.T) {
	if _, err := match.Success().Match(200); err == nil {
		t.Error("a number was taken for an exchange")
	}
}

func TestLongBodiesAreCut(t *testing.T) {
	if text := match.Show(answer(200, strings.Repeat("é", 5000))); len(text) > 2200 || !strings.Contains(text, "(10000 bytes)") {
		t.Errorf("%d bytes shown", len(text))
	}
}

func TestDifferences(t *testing.T) {
	rows := []struct {
		name, before, after string
		want                []string
	}{
		{"order of members", `{"a":1,"b":2}`, `{"b":2,"a":1}`, nil},
		{"value", `{"a":{"b/c":1}}`, `{"a":{"b/c":2}}`, []string{"/a/b~1c"}},
		{"added and removed", `{"a":1}`, `{"b":1}`, []string{"/a", "/b"}},
		{"longer list", `[1]`, `[1,2]`, []string{"/1"}},
		{"large numbers", `9007199254740993`, `9007199254740992`, []string{""}},
		{"no JSON", `x`, `y`, []string{""}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if got := match.Differences([]byte(row.before), []byte(row.after)); !slices.Equal(got, row.want) {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
