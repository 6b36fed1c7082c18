package identity

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"rollcall/conformance/client"
)

// A password that the suite makes up is one that ordinary policies take: each of these has been refused by a service.
func TestMadePasswordsKeepPolicies(t *testing.T) {
	seen := map[string]bool{}
	classes := []*regexp.Regexp{regexp.MustCompile("[a-z]"), regexp.MustCompile("[A-Z]"), regexp.MustCompile("[0-9]"),
		regexp.MustCompile("[^a-zA-Z0-9]")}
	word := regexp.MustCompile("[a-zA-Z]{5}|[0-9]{2}")
	for sum := uint64(1); sum < 20000; sum++ {
		password := spelledPassword(sum * 0x9E3779B97F4A7C15)
		for _, class := range classes {
			if !class.MatchString(password) {
				t.Fatalf("%s has none of %s", password, class)
			}
		}
		if len(password) < 12 || len(password) > 16 || seen[password] || word.MatchString(password) || sequence(password) {
			t.Fatalf("%s is short, long, not new, or has a word, a number or a sequence in it", password)
		}
		seen[password] = true
	}
}

// sequence says whether three signs in a row are the same, or follow each other.
func sequence(text string) bool {
	text = strings.ToLower(text)
	for i := range len(text) - 2 {
		if step := int(text[i+1]) - int(text[i]); step == int(text[i+2])-int(text[i+1]) && step >= -1 && step <= 1 {
			return true
		}
	}
	return false
}

func TestSecretsAreFoundInEveryForm(t *testing.T) {
	const password = "Ke4so-Ru7wa9Mi"
	encoded := base64.StdEncoding.EncodeToString([]byte("user:" + password))
	for _, text := range []string{password, encoded, base64.RawURLEncoding.EncodeToString([]byte("a" + password)),
		`{"a":"` + encoded + `"}`, strings.ToUpper(hex.EncodeToString([]byte(password)))} {
		if !holdsSecret(text, password) {
			t.Errorf("nothing is found in %s", text)
		}
	}
	if holdsSecret(`{"passwordExpired":false,"passwordPolicy":"DEFAULTDEFAULT"}`, password) {
		t.Error("a member's name is taken for the password")
	}
}

func TestMembersThatHoldPasswords(t *testing.T) {
	for body, found := range map[string]bool{
		`{"passwordExpired":false,"passwordPolicy":"DEFAULT","passwordLastChanged":"2024-02-29"}`: false,
		`{"password":null,"secretary":"Ann","mustChangePassword":true}`:                           false,
		`{"password":"********"}`:                           false,
		`{"password":"hunter2"}`:                            true,
		`{"a":[{"userPassword":"{SSHA}c2VjcmV0c2VjcmV0"}]}`: true,
	} {
		answer := &client.Exchange{Status: http.StatusOK, Body: []byte(body)}
		if places := leaks("Ke4so-Ru7wa9Mi")(answer); len(places) > 0 != found {
			t.Errorf("%s: %q", body, places)
		}
	}
	if places := leaks()(&client.Exchange{Status: 400, Body: []byte(`{"password":"must not be blank"}`)}); len(places) > 0 {
		t.Errorf("what is wrong with a password is taken for one: %q", places)
	}
}

func TestPathsOfErrors(t *testing.T) {
	const address = "http://127.0.0.1/api/user/a%20b/password"
	for path, same := range map[string]bool{
		"/api/user/a%20b/password": true, "/api/user/a b/password": true, "/user/a b/password": true, "/user/a/password": false,
	} {
		if samePath(address, path) != same {
			t.Errorf("%s: %t", path, !same)
		}
	}
}

func TestListsInEveryShape(t *testing.T) {
	for body, want := range map[string]string{
		`[{"username":"a"}]`:                                  `[{"username":"a"}]`,
		`{"username":"a","roles":["R"]}`:                      `[{"username":"a","roles":["R"]}]`,
		`{"links":[],"content":[{"username":"a"}],"sort":[]}`: `[{"username":"a"}]`,
		`{"users":[]}`:                                        `[]`,
	} {
		if got := bare(&client.Exchange{Status: http.StatusOK, Body: []byte(body)}); string(got.Body) != want {
			t.Errorf("%s: %s", body, got.Body)
		}
	}
}
