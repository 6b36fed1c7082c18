// Package toy is a contract of four operations with its cases and a target that
// keeps it, for the suite's own tests: small enough to see what the suite makes
// of each fault.
package toy

import (
	"context"
	"embed"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/onsi/gomega"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

//go:embed openapi.yaml requirements.yaml
var files embed.FS

// Key is the credential that the target takes.
const Key = "canary-credential-123"

// Contract loads the toy contract.
func Contract(t testing.TB) *contract.Contract {
	t.Helper()
	folder := fstest.MapFS{}
	for _, name := range []string{"openapi.yaml", "requirements.yaml"} {
		data, err := files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folder["toy/"+name] = &fstest.MapFile{Data: data}
	}
	c, err := contract.Load(folder, "toy")
	if err != nil {
		t.Fatalf("the toy contract does not load:\n%v", err)
	}
	return c
}

// Target starts a server with the given faults and describes it to the suite.
func Target(t testing.TB, faults ...string) suite.Target {
	t.Helper()
	server := httptest.NewServer(NewServer(faults...))
	t.Cleanup(server.Close)
	return suite.Target{
		Contract: "toy", URL: server.URL, Reading: suite.Strict, Worlds: server.URL + "/worlds",
		Personas: map[string]suite.Persona{
			suite.DefaultPersona: {Headers: map[string]string{"Authorization": "Bearer " + Key}},
		},
	}
}

// API is the toy's package: the samples and the cases of its catalogue.
func API() suite.API {
	return suite.API{
		Contract: "toy",
		Samples: map[string]suite.Sample{
			"createThing": func(_ context.Context, env *suite.Env) []client.Option {
				return []client.Option{client.JSON(newThing(env))}
			},
			"getThing":    thing,
			"deleteThing": thing,
		},
		Cases: []suite.Case{
			{Requirement: "TOY-THING-01", Title: "a created thing is answered whole", Check: createdWhole},
			{Requirement: "TOY-THING-02", Title: "a taken name is refused", Check: takenName},
			{Requirement: "TOY-THING-03", Title: "two things come by name", Check: byName},
			{Requirement: "TOY-THING-04", Title: "a foreign thing is not found", Check: foreign},
		},
	}
}

func newThing(env *suite.Env) map[string]any {
	return map[string]any{"name": env.Unique("thing"), "kind": "plain", "size": 3, "note": "n", "made": "2024-01-31"}
}

func thing(ctx context.Context, env *suite.Env) []client.Option {
	return []client.Option{client.Path("id", MakeThing(ctx, env).Text("id"))}
}

// MakeThing creates a thing with a name of its own.
func MakeThing(ctx context.Context, env *suite.Env) *client.Exchange {
	made := env.Must(ctx, "createThing", client.JSON(newThing(env)))
	env.TrackCall("deleteThing", client.Path("id", made.Text("id")))
	return made
}

func createdWhole(ctx context.Context, env *suite.Env) {
	body := newThing(env)
	made := env.Call(ctx, "createThing", client.JSON(body))
	env.ExpectAnswer(made)
	env.Expect(made).To(match.Member("name", body["name"]))
	env.Expect(made).To(match.Member("size", 3))
	env.Expect(made).To(match.Member("id", gomega.Not(gomega.BeEmpty())))
}

func takenName(ctx context.Context, env *suite.Env) {
	made := MakeThing(ctx, env)
	env.ExpectRefusedUnchanged(ctx, func() *client.Exchange {
		return env.Call(ctx, "createThing", client.JSON(map[string]any{"name": made.Text("name"), "kind": "odd"}))
	}, env.StateOf("listThings"))
}

func byName(ctx context.Context, env *suite.Env) {
	first, second := MakeThing(ctx, env), MakeThing(ctx, env)
	list := env.Call(ctx, "listThings")
	env.ExpectAnswer(list)
	env.Expect(list.Texts("#.id")).To(gomega.ContainElements(first.Text("id"), second.Text("id")))
	env.Expect(list).To(match.Sorted("#.name", func(a, b gjson.Result) int { return strings.Compare(a.Str, b.Str) }))
}

func foreign(ctx context.Context, env *suite.Env) {
	made := MakeThing(ctx, env.As("second-tenant"))
	env.ExpectRefused(env.Call(ctx, "getThing", client.Path("id", made.Text("id"))))
}
