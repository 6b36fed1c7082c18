package identity

import (
	"slices"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// breaks lists how requirements are broken that no setting and no refusal stands
// for.
func breaks() []defect.Defect {
	return slices.Concat(generalBreaks(), errorBreaks(), passwordBreaks(), checkBreaks(), listBreaks(), userBreaks())
}

func bodies() []string  { return []string{"changePassword", "authenticate"} }
func singles() []string { return []string{"getUserDetails", "getUserDetailsById"} }
func reads() []string   { return append([]string{"getUsersByEmail"}, singles()...) }
func every() []string   { return slices.Concat(bodies(), reads()) }

// set breaks a member, in each of the operations.
func set(requirement, path, value string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Set, Path: path, Value: value, Name: "set:" + path},
		operations...)
}

func drop(requirement, path string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Drop, Path: path, Name: "drop:" + path},
		operations...)
}

// on makes defects of answers with one status.
func on(status int, all ...[]defect.Defect) []defect.Defect {
	out := slices.Concat(all...)
	for i := range out {
		out[i].On = status
	}
	return out
}

// found breaks "is answered 200": with another status, or not at all.
func found(requirement string, operations ...string) []defect.Defect {
	return slices.Concat(
		behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Status, Value: "202"}, operations...),
		behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Status, Value: "404", Name: "lost"}, operations...),
	)
}

func header(requirement, name, value string, operations ...string) []defect.Defect {
	return behavior.Each(defect.Defect{Requirement: requirement, Op: defect.Header, Path: "Www-Authenticate",
		Value: value, Name: name}, operations...)
}

func generalBreaks() []defect.Defect {
	const body = `{"error":"unauthorized"}`
	return slices.Concat(
		on(401, set("IDN-GEN-02", "", body, every()...), header("IDN-GEN-03", "unchallenged", "", every()...),
			header("IDN-GEN-03", "marked", `Bearer error="invalid_token"`, "getUserDetails"),
			header("IDN-GEN-03", "basic", "Basic", "getUserDetails"),
			header("IDN-GEN-05", "unchallenged", "", every()...)),
		on(403, set("IDN-GEN-08", "", body, every()...), header("IDN-GEN-09", "unchallenged", "", every()...)),
		behavior.Each(defect.Defect{Requirement: "IDN-GEN-30", Op: defect.Serve}, "authenticate"),
		on(403, behavior.Each(defect.Defect{Requirement: "IDN-GEN-07", Op: defect.Shared}, reads()...)),
		set("IDN-GEN-35", "email", "null", singles()...), set("IDN-GEN-35", "*.email", "null", "getUsersByEmail"),
		set("IDN-GEN-36", "password", `"secret"`, singles()...), set("IDN-GEN-36", "*.password", `"secret"`, "getUsersByEmail"),
		set("IDN-GEN-36", "", `{"password":"secret"}`, bodies()...),
	)
}

func errorBreaks() []defect.Defect {
	lost := append([]string{"changePassword"}, singles()...)
	unread := []string{"changePassword", "authenticate", "getUsersByEmail", "getUserDetailsById"}
	return slices.Concat(
		on(404, drop("IDN-GEN-33", "status", lost...), drop("IDN-GEN-33", "message", lost...),
			set("IDN-GEN-33", "status", "400", lost...),
			set("IDN-GEN-33", "fields", "[]", lost...)),
		on(400, drop("IDN-GEN-34", "timestamp", unread...), drop("IDN-GEN-34", "status", unread...),
			drop("IDN-GEN-34", "error", unread...),
			drop("IDN-GEN-34", "path", unread...), set("IDN-GEN-34", "message", `"Failed to read request"`, unread...)),
	)
}

func passwordBreaks() []defect.Defect {
	at := "changePassword"
	return slices.Concat(
		found("IDN-PWD-01", at), set("IDN-PWD-02", "", `{"changed":true}`, at),
		[]defect.Defect{
			{Requirement: "IDN-PWD-03", Op: defect.Lose, Operations: []string{at}},
			{Requirement: "IDN-PWD-03", Op: defect.Ignore, Path: "password", Operations: []string{at}},
			{Requirement: "IDN-PWD-03", Op: defect.Stale, Operations: []string{"authenticate"}},
			{Requirement: "IDN-PWD-04", Op: defect.Lose, Operations: []string{at}},
			{Requirement: "IDN-PWD-31", Op: defect.Dirty, On: 400, Name: "dirty-400", Operations: []string{at}},
		},
		on(404, set("IDN-PWD-06", "message", `"User not found"`, at)),
		on(400, set("IDN-PWD-10", "message", `"Bad Request"`, at), drop("IDN-PWD-10", "message", at),
			set("IDN-PWD-10", "status", "422", at),
			drop("IDN-PWD-11", "fields", at), set("IDN-PWD-11", "fields.*.type", `"NotEmpty"`, at),
			set("IDN-PWD-11", "fields.*.message", `"is required"`, at),
			set("IDN-PWD-11", "fields.*.field", `"request"`, at), set("IDN-PWD-11", "fields", "[]", at)),
	)
}

func checkBreaks() []defect.Defect {
	at := "authenticate"
	return slices.Concat(
		found("IDN-AUTH-01", at), set("IDN-AUTH-02", "", `{"token":"abc"}`, at),
		on(401, drop("IDN-AUTH-05", "message", at), drop("IDN-AUTH-05", "status", at),
			set("IDN-AUTH-05", "message", `"Wrong password"`, at),
			set("IDN-AUTH-05", "error", `"Unauthorized"`, at), header("IDN-AUTH-07", "challenged", "Bearer", at),
			behavior.Each(defect.Defect{Requirement: "IDN-AUTH-08", Op: defect.Type, Value: "text/plain"}, at)),
		on(400, set("IDN-AUTH-14", "message", `"Bad Request"`, at), set("IDN-AUTH-14", "status", "422", at),
			drop("IDN-AUTH-15", "fields", at), set("IDN-AUTH-15", "fields.*.type", `"NotEmpty"`, at),
			set("IDN-AUTH-15", "fields.*.message", `"is required"`, at), set("IDN-AUTH-15", "fields.*.field", `"request"`, at)),
		[]defect.Defect{
			{Requirement: "IDN-AUTH-01", Op: defect.Ignore, Path: "username", Name: "ignore-username", Operations: []string{at}},
			{Requirement: "IDN-AUTH-01", Op: defect.Ignore, Path: "password", Name: "ignore-password", Operations: []string{at}},
			{Requirement: "IDN-AUTH-31", Op: defect.Touch, Path: "surname", Value: `"Changed"`, Operations: []string{at}},
		},
	)
}

func listBreaks() []defect.Defect {
	at := "getUsersByEmail"
	return slices.Concat(
		found("IDN-USER-01", at), set("IDN-USER-01", "", `{"users":[]}`, at), set("IDN-USER-01", "0", "{}", at),
		set("IDN-USER-02", "*.surname", `"Somebody"`, at), set("IDN-USER-02", "*.userId", "987654", at),
		set("IDN-USER-02", "*.roles", `["XXBT000"]`, at),
		set("IDN-USER-03", "*.email", `"somebody.else@probation.example"`, at),
		[]defect.Defect{
			{Requirement: "IDN-USER-03", Op: defect.Ignore, Path: "query:email", Operations: []string{at}},
			{Requirement: "IDN-USER-05", Op: defect.Shorten, Operations: []string{at}},
		},
		on(400, drop("IDN-USER-11", "timestamp", at), drop("IDN-USER-11", "path", at),
			set("IDN-USER-11", "message", `"email is required"`, at)),
		on(404, set("IDN-USER-13", "message", `"User not found"`, at)),
	)
}

func userBreaks() []defect.Defect {
	name, id := "getUserDetails", "getUserDetailsById"
	return slices.Concat(
		found("IDN-USER-14", name), set("IDN-USER-14", "username", `"somebody.else"`, name),
		on(404, set("IDN-USER-16", "message", `"User not found"`, name), set("IDN-USER-26", "message", `"User not found"`, id)),
		found("IDN-USER-24", id), set("IDN-USER-24", "userId", "987654", id),
		set("IDN-USER-29", "surname", `"Somebody"`, name, id), drop("IDN-USER-29", "email", name, id),
		set("IDN-USER-29", "enabled", "false", name, id),
		behavior.Each(defect.Defect{Requirement: "IDN-USER-33", Op: defect.Frozen}, name),
		drop("IDN-USER-30", "enabled", name), drop("IDN-USER-31", "enabled", name),
		set("IDN-USER-35", "roles.*", `{}`, name, id), set("IDN-USER-35", "*.roles.*", "{}", "getUsersByEmail"),
		set("IDN-USER-35", "roles", `"ABC001,ABC002"`, name, id),
		set("IDN-USER-37", "roles", "null", name),
		set("IDN-USER-38", "email", `"nobody@probation.example"`, name),
		behavior.Each(defect.Defect{Requirement: "IDN-USER-39", Op: defect.Touch, Path: "surname", Value: `"Changed"`},
			reads()...),
		[]defect.Defect{
			{Requirement: "IDN-USER-40", Op: defect.Stale, Operations: []string{name}},
			{Requirement: "IDN-USER-41", Op: defect.Stale, Operations: []string{name}},
		},
		set("IDN-USER-40", "roles", "[]", name), set("IDN-USER-41", "roles", "[]", name),
	)
}
