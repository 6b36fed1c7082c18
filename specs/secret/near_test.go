package secret_test

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/specs/secret"
)

// A credential that is spoilt by one sign is known for what it was made of, and no other value is.
func TestNearSecrets(t *testing.T) {
	k := &secret.Keeper{}
	k.Add("s3c7x", "abababab")
	for value, near := range map[string]bool{
		"s3c7x": true, "s3c7xx": true, "s3c7": true, "3c7x": true, "s3C7x": true, "s3c7y": true, "ys3c7x": true, "s3cc7x": true,
		"ababab": false, "ababababa": true, "abababa": true, "s3c": false, "s3c7xyz": false, "nonsense": false, "": false,
	} {
		if k.Near(value) != near {
			t.Errorf("%q: %t", value, !near)
		}
	}
}

// What somebody else has found is told to nobody, what is found here once.
func TestSecretsAreToldOnce(t *testing.T) {
	var told []string
	k := &secret.Keeper{Told: func(value string) { told = append(told, value) }}
	if !k.Learn("of-another") || k.Learn("of-another") {
		t.Error("a value is news once")
	}
	k.Add("of-another", "of-its-own", " of-its-own ", "abc")
	if strings.Join(told, " ") != "of-its-own" {
		t.Errorf("told %q", told)
	}
	if got := k.Cut("of-another of-its-own"); got != secret.Mark+" "+secret.Mark {
		t.Errorf("shown as %q", got)
	}
}

// What a target hands out is known by its place; an ordinary word in such a place is none.
func TestPlacesOfSecrets(t *testing.T) {
	for name, row := range map[string]struct {
		header http.Header
		body   string
		secret string
		shown  bool
	}{
		"location":      {http.Header{"Location": {"/x?id=ordinary-id&access_token=canary-one#f"}}, "", "canary-one", false},
		"its other id":  {http.Header{"Location": {"/x?id=ordinary-id&access_token=canary-one"}}, "", "ordinary-id", true},
		"link":          {http.Header{"Link": {`</x?api_key=canary-one>; rel="next"`}}, "", "canary-one", false},
		"fragment":      {http.Header{"Location": {"/x#access_token=canary%2Fone"}}, "", "canary/one", false},
		"authorization": {http.Header{"Authorization": {"Bearer canary-one"}}, "", "canary-one", false},
		"short cookie":  {http.Header{"Set-Cookie": {"a=Sk9z; Path=/"}}, "", "Sk9z", false},
		"cookie gone":   {http.Header{"Set-Cookie": {"a=deleted; Path=/"}}, "", "deleted", true},
		"jwt":           {nil, `{"jwt":"canary-one"}`, "canary-one", false},
		"value":         {nil, `{"tokenValue":"canary-one"}`, "canary-one", false},
		"number":        {nil, `{"token":918273645546}`, "918273645546", false},
		"its type":      {nil, `{"token_type":"bearer-like"}`, "bearer-like", true},
	} {
		k := &secret.Keeper{}
		k.Answer(row.header, []byte(row.body))
		if shown := strings.Contains(k.Cut("it has "+row.secret+" in it"), row.secret); shown != row.shown {
			t.Errorf("%s: %q is shown: %t", name, row.secret, shown)
		}
	}
}

// Nothing of what a caller's header holds is shown, but the name of a scheme that is known.
func TestWholeHeadersAreSecret(t *testing.T) {
	for value, row := range map[string]struct{ hidden, shown string }{
		"hunter2pass more7word":              {"hunter2pass more7word", ""},
		"Bearer hunter2pass":                 {"hunter2pass", "Bearer"},
		"bEARER   hunter2pass":               {"hunter2pass", "bEARER"},
		"Custom Basic dXNlcjpDYW5hcnlQYXNz":  {"Custom dXNlcjpDYW5hcnlQYXNz CanaryPass", "Basic"},
		"AWS4-HMAC-SHA256 Signature=abcdefg": {"abcdefg", "AWS4-HMAC-SHA256"},
		"hunter2pass":                        {"hunter2pass", ""},
	} {
		k := &secret.Keeper{}
		k.Header("Authorization", value)
		for _, hidden := range strings.Fields(row.hidden) {
			if got := k.Cut("it has " + hidden + " in it"); strings.Contains(got, hidden) {
				t.Errorf("of %q, %q is shown", value, hidden)
			}
		}
		if row.shown != "" && k.Cut(row.shown) != row.shown {
			t.Errorf("of %q, %q is hidden", value, row.shown)
		}
	}
}
