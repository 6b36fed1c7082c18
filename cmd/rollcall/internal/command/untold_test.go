package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A secret at the wrong place, or misspelt, is not told by the message that says so.
func TestMistakesDoNotTellSecrets(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, address := range []string{"ada:s3cretX@127.0.0.1:9", "http:/ada:s3cretX@h/", "http:ada:s3cretX@h",
		"http://ada:s3cretX@h", "//ada:s3cretX@h/", "h?key=s3cretX", "http://h:99999999/?key=s3cretX"} {
		for _, args := range [][]string{{"test", "council", "--target"}, {"doctor", "council", "--target"},
			{"token", "council", "--target"}, {"coverage", "--target"}, {"world", "list", "--target"},
			{"health", "--url"}, {"mock", "council", "--cors"},
			{"mock", "council", "--host"}} {
			untold(t, append(args, address)...)
		}
	}
	untold(t, "mock", "council", "--port", "0", "--state", "postgres:/ada:s3cretX@h/db")
	untold(t, "mock", "council", "--port", "0", "--state", "mysql://ada:s3cretX@h/db")
	const begin, persona = "url: http://127.0.0.1:9\npersonas:\n  default: ", "{headers: {Authorization: a}}\n"
	for name, text := range map[string]string{
		"url": "url: ada:s3cretX@h:1\npersonas: {default: " + persona + "}", "url without slashes": "url: http:/ada:s3cretX@h\n" +
			"personas: {default: " + persona + "}",
		"header as a name":  begin + `{headers: {"Bearer s3cretX"}}`,
		"token as a name":   begin + `{headers: {s3cretX}}`,
		"token as a key":    begin + `{s3cretX}`,
		"header as a key":   begin + `{"Bearer s3cretX": a}`,
		"anchor":            begin + `{headers: {Authorization: *s3cretX}}`,
		"tag":               begin + `{headers: {Authorization: !s3cretX! a}}`,
		"token's issuer":    begin + `{token: {oauth2: {grant: password, token_url: 'ada:s3cretX@h'}}}`,
		"issuer's query":    begin + `{token: {oauth2: {grant: password, token_url: 'h?key=s3cretX'}}}`,
		"path's query":      begin + persona + `paths: {listWards: "GET /wards?key=s3cretX"}`,
		"path with a host":  begin + persona + `paths: {listWards: "GET http://ada:s3cretX@h/wards"}`,
		"what a hook makes": begin + persona + `hooks: [{make: [echo, '{"s3cretX":1}']}]`,
		"a hook's kind":     begin + persona + `hooks: [{make: [echo, '{"given":"s3cretX"}']}]`,
		"a hook's words":    begin + persona + `hooks: [{make: [echo, 's3cretX']}]`,
	} {
		t.Run(name, func(t *testing.T) {
			if err := os.WriteFile("own.yaml", []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, command := range []string{"test", "doctor"} {
				untold(t, command, "council", "--config", filepath.Join(".", "own.yaml"))
			}
		})
	}
}

func untold(t *testing.T, args ...string) {
	t.Helper()
	said, code := messages(t, args...)
	if code == int(ExitFine) || strings.Contains(said, "s3cretX") || said == "" {
		t.Errorf("%q ends with %d and says\n%s", args, code, said)
	}
}
