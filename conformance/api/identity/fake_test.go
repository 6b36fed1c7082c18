package identity_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/specs"
	"rollcall/specs/contract"
)

type user struct {
	id                              int64
	name, first, sur, mail, pw, end string
	roles                           []string
	row, entry                      bool
}
type fake struct{ users []*user }

func (f *fake) byName(n string) *user {
	for _, u := range f.users {
		if strings.EqualFold(u.name, n) {
			return u
		}
	}
	return nil
}
func view(u *user) map[string]any {
	m := map[string]any{"userId": u.id, "username": u.name, "firstName": u.first, "surname": u.sur, "enabled": u.end == "" || u.end > "2026-11-01", "roles": append([]string{}, u.roles...)}
	if u.mail != "" {
		m["email"] = u.mail
	}
	return m
}

var auth = map[string]string{"changePassword": "P", "authenticate": "A", "user": "U"}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	js := func(code int, v any) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(code)
		json.NewEncoder(w).Encode(v)
	}
	fw := func(code int) {
		js(code, map[string]any{"timestamp": "2025-01-07T10:00:00.000+00:00", "status": code, "error": http.StatusText(code), "path": strings.TrimPrefix(r.URL.EscapedPath(), "/api")})
	}
	nf := func(m string) { js(404, map[string]any{"status": 404, "message": m}) }
	if strings.HasPrefix(r.URL.Path, "/sib/users/") {
		n := strings.Split(r.URL.Path, "/")[3]
		u := f.byName(n)
		u.roles = slices.DeleteFunc(u.roles, func(s string) bool { return s == "LHDCBT002" })
		if r.Method == "PUT" {
			u.roles = append(u.roles, "LHDCBT002")
		}
		return
	}
	tok, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		w.Header().Set("WWW-Authenticate", "Bearer")
		w.WriteHeader(401)
		return
	}
	parts := strings.Split(tok, ".")
	if len(parts) != 3 || parts[0] != "hdr" || parts[2] != "sig" {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="x"`)
		w.WriteHeader(401)
		return
	}
	p := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/"), "/")
	op := ""
	switch {
	case len(p) == 3 && p[0] == "user" && p[2] == "password":
		op = "POST changePassword"
	case len(p) == 1 && p[0] == "authenticate":
		op = "POST authenticate"
	case len(p) == 1 && p[0] == "user":
		op = "GET byEmail"
	case len(p) == 3 && p[0] == "user" && p[1] == "details":
		op = "GET byID"
	case len(p) == 2 && p[0] == "user":
		op = "GET byName"
	default:
		fw(404)
		return
	}
	m, op, _ := strings.Cut(op, " ")
	if r.Method != m {
		w.Header().Set("Allow", m)
		fw(405)
		return
	}
	in := map[string]string{}
	need := map[string]string{"changePassword": "P", "authenticate": "A"}[op]
	if need == "" {
		need = "U"
	}
	if m == "POST" {
		body, _ := io.ReadAll(r.Body)
		if len(body) > 0 && r.Header.Get("Content-Type") != "application/json" {
			fw(415)
			return
		}
		var raw map[string]any
		d := json.NewDecoder(strings.NewReader(string(body)))
		d.UseNumber()
		if d.Decode(&raw) != nil {
			fw(400)
			return
		}
		names := []string{"password"}
		if op == "authenticate" {
			names = []string{"username", "password"}
		}
		var fields []any
		for _, n := range names {
			switch v := raw[n].(type) {
			case string, json.Number, bool:
				in[n] = fmt.Sprint(v)
			default:
				fw(400)
				return
			}
			if strings.TrimSpace(in[n]) == "" {
				fields = append(fields, map[string]any{"type": "NotBlank", "message": "must not be blank", "field": n})
			}
		}
		if fields != nil {
			js(400, map[string]any{"status": 400, "message": "Validation failure", "fields": fields})
			return
		}
	}
	var id int64
	if op == "byEmail" && !r.URL.Query().Has("email") {
		fw(400)
		return
	}
	if op == "byID" {
		var err error
		if id, err = strconv.ParseInt(p[2], 10, 64); err != nil {
			fw(400)
			return
		}
	}
	if !strings.Contains(parts[1], need) {
		w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", error_description="y"`)
		w.WriteHeader(403)
		return
	}
	switch op {
	case "changePassword":
		u := f.byName(p[1])
		if u == nil || !u.entry {
			nf("User with username of " + p[1] + " not found")
			return
		}
		u.pw = in["password"]
	case "authenticate":
		u := f.byName(in["username"])
		if u == nil || !u.entry || u.pw != in["password"] {
			js(401, map[string]any{"status": 401, "message": "Authentication failure"})
		}
	case "byEmail":
		list := []any{}
		for _, u := range f.users {
			if u.entry && strings.EqualFold(u.mail, r.URL.Query().Get("email")) {
				if !u.row {
					nf("User entity with username of " + u.name + " not found")
					return
				}
				list = append(list, view(u))
			}
		}
		js(200, list)
	case "byID":
		for _, u := range f.users {
			if u.id == id && u.row && u.entry {
				js(200, view(u))
				return
			}
		}
		nf("User with userId of " + p[2] + " not found")
	case "byName":
		u := f.byName(p[1])
		switch {
		case u == nil || !u.entry:
			nf("User with username of " + p[1] + " not found")
		case !u.row:
			nf("User entity with username of " + p[1] + " not found")
		default:
			js(200, view(u))
		}
	}
}

type recorder struct{ h http.Handler }

func (t recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	t.h.ServeHTTP(w, r)
	return w.Result(), nil
}

func TestFake(t *testing.T) {
	mk := func(id int64, name, mail, pw, end string, row, entry bool, roles ...string) *user {
		return &user{id: id, name: name, first: "F", sur: "S", mail: mail, pw: pw, end: end, row: row, entry: entry, roles: roles}
	}
	f := &fake{users: []*user{
		mk(1, "test.user", "test.user@example.com", "secret1", "", true, true, "ABC001", "ABC002"),
		mk(2, "dis.user", "dis@example.com", "secret2", "2025-01-01", true, true, "ABC001"),
		mk(3, "rowless", "rowless@example.com", "secret3", "", false, true, "ABC001"),
		mk(4, "entryless", "", "", "", true, false),
		mk(5, "end", "end@example.com", "secret5", "2026-11-01", true, true),
		mk(6, "fut", "", "secret6", "2026-12-01", true, true),
		mk(7, "sh.a", "shared@example.com", "secret7", "", true, true, "X1"),
		mk(8, "sh.b", "Shared@example.com", "secret8", "", true, true, "X1"),
		mk(9, "Disp.Acc", "disp@example.com", "secret9", "", true, true, "LHDCBT001", "CTRBT001"),
		mk(10, "disp.dis", "", "secret10", "2025-01-01", true, true),
		mk(11, "disp.rowless", "", "secret11", "", false, true),
	}}
	who := func(a string) suite.Persona {
		return suite.Persona{Headers: map[string]string{"Authorization": "Bearer hdr." + a + ".sig"}}
	}
	p := map[string]suite.Persona{"default": who("PAU"), "low-rights": who("x"), "no-authority": who(""), "scope-claim": who("s"), "no-prefix": who("n"), "other-case": who("o"),
		"only-user-details": who("U"), "only-password-write": who("P"), "only-authenticate": who("A"),
		"expired-credential": {Headers: map[string]string{"Authorization": "Bearer exp.PAU.sig"}}}
	sib := who("z")
	sib.Info = map[string]string{"url": "http://t.example/sib"}
	p["shared-directory"] = sib
	c, _ := contract.Load(specs.FS, "identity")
	_ = url.URL{}
	run, err := conformance.Run(t.Context(), suite.Config{Contract: c, Version: "x", Seed: 1, Target: suite.Target{
		URL: "http://t.example/api", Reading: "strict", Personas: p, Transport: recorder{f},
		Given: map[string]string{"username": "test.user", "userId": "1", "email": "test.user@example.com", "disposable-account": "Disp.Acc", "disposable-account-password": "secret9",
			"disposable-disabled-account": "disp.dis", "disposable-disabled-account-password": "secret10", "disposable-rowless-account": "disp.rowless", "disposable-rowless-account-password": "secret11",
			"minted-token": "yes", "disabledUsername": "dis.user", "disabledPassword": "secret2", "disabledEmail": "dis@example.com", "rowlessUsername": "rowless", "rowlessPassword": "secret3", "rowlessEmail": "rowless@example.com",
			"entrylessUsername": "entryless", "entrylessUserId": "4", "endingUsername": "end", "futureEndUsername": "fut", "rolelessUsername": "end", "emaillessUsername": "fut", "sharedEmail": "shared@example.com", "sharedEmailCount": "2"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Results {
		if r.Verdict != "pass" {
			t.Errorf("%s %s %s", r.Requirement, r.Verdict, r.Reason)
		}
	}
	t.Logf("%+v", run.Summary)
}
