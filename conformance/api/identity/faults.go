package identity

import (
	"context"
	"slices"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// fault is a request of an operation with one thing wrong with it.
type fault struct {
	operation, what string
	options         []client.Option
}

// String names the fault in a case's title.
func (f fault) String() string { return f.what + " (" + f.operation + ")" }

// send sends the faulty request. A change of a password is of the account that
// may be spoilt, where there is one, unless the fault names another user.
func (f fault) send(ctx context.Context, env *suite.Env, more ...client.Option) *client.Exchange {
	var options []client.Option
	if f.operation == "changePassword" {
		options = append(options, client.Path("username", someUser(env)))
		if env.Has("disposable-account") {
			disposable(env).restoreLater(ctx, env)
		} else {
			lookedAround(ctx, env)
		}
	}
	sent := slices.Concat(options, f.options, more)
	if client.NewRequest(nil, sent...).PathValues["userId"] == nobodysID {
		sent = append(sent, client.Path("userId", idOf(env, nobodysID)))
	}
	return env.Call(ctx, f.operation, sent...)
}

func someUser(env *suite.Env) string {
	if env.Has("disposable-account") {
		return disposable(env).username
	}
	return nobody
}

// reads look at what a change of a password could have written: the password of
// the account, or a user that was not there before.
func (f fault) reads(env *suite.Env) []suite.Read {
	if f.operation != "changePassword" {
		return nil
	}
	reads := []suite.Read{passwordRead(env, nobody, newPassword), details(env, nobody)}
	if env.Has("disposable-account") {
		a := disposable(env)
		reads = append(reads, passwordRead(env, a.username, a.password), details(env, a.username))
	}
	return reads
}

// refused makes the cases in which the persona sends each faulty request and gets
// the refusal of the requirement, with nothing written, and a valid one none.
func refused(requirement, persona string, rows []fault, more ...client.Option) []suite.Case {
	return kit.Each(requirement, "refused: %s", rows, func(ctx context.Context, env *suite.Env, f fault) {
		env.ExpectRefusedUnchanged(ctx, func() *client.Exchange { return f.send(ctx, env.As(persona), more...) }, f.reads(env)...)
		control(ctx, env, f.operation)
	})
}

// newPassword is what faulty requests that name a password ask for.
const newPassword = "Rollcall-refused-9"

func badPassword(what string, value any) fault {
	return fault{"changePassword", what, []client.Option{client.JSON(map[string]any{"password": value})}}
}

func badCheck(what string, username, password any) fault {
	return fault{"authenticate", what, []client.Option{client.JSON(map[string]any{"username": username, "password": password})}}
}

// notJSON are bodies that no JSON reader takes.
func notJSON(operation string) []fault {
	text := func(what, body string) fault {
		return fault{operation, what, []client.Option{client.Raw([]byte(body), "application/json")}}
	}
	return []fault{
		text("a word", "password"),
		text("an object that breaks off", `{"username":"`+nobody+`","password":"`+newPassword),
		text("a bare word as a value", `{"username":`+nobody+`,"password":`+newPassword+`}`),
	}
}

// otherMedia are good bodies that are not sent as JSON.
func otherMedia(operation string) []fault {
	sent := func(mediaType, body string) fault {
		return fault{operation, "sent as " + mediaType, []client.Option{client.Raw([]byte(body), mediaType)}}
	}
	document := `{"username":"` + nobody + `","password":"` + newPassword + `"}`
	return []fault{
		sent("text/plain", document),
		sent("application/x-www-form-urlencoded", "username="+nobody+"&password="+newPassword),
		sent("application/xml", "<password>"+newPassword+"</password>"),
	}
}

// noBody are requests without any body.
func noBody(operation string) []fault {
	return []fault{
		{operation, "no body", []client.Option{client.NoBody()}},
		{operation, "an empty body", []client.Option{client.Raw([]byte{}, "application/json")}},
	}
}

// nested are values that can't be read as text, by what they are called.
func nested() map[string]any {
	return map[string]any{
		"an empty array": []any{}, "an array of text": []any{newPassword},
		"an empty object": map[string]any{}, "an object": map[string]any{"value": newPassword},
	}
}

// whiteSpace are texts of nothing but white space, by what they are called.
func whiteSpace() map[string]string {
	return map[string]string{"a space": " ", "several spaces": "    ", "tabs and line ends": "\t\r\n"}
}

func missingEmail() fault {
	return fault{"getUsersByEmail", "no email", nil}
}

func badIDs() []fault {
	var faults []fault
	for _, id := range []string{"abc", "12x"} {
		faults = append(faults, fault{"getUserDetailsById", "id " + id, []client.Option{client.Path("userId", id)}})
	}
	return faults
}

// unknownUsers are requests for what isn't there.
func unknownUsers() []fault {
	return []fault{
		{"changePassword", "an unknown user", changing(nobody, newPassword)},
		{"getUserDetails", "an unknown user", []client.Option{client.Path("username", nobody)}},
		{"getUserDetailsById", "an unknown id", []client.Option{client.Path("userId", nobodysID)}},
	}
}

// sorted makes a fault of each named value, in the order of their names.
func sorted[V any](values map[string]V, make func(what string, value V) []fault) []fault {
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	var faults []fault
	for _, name := range names {
		faults = append(faults, make(name, values[name])...)
	}
	return faults
}
