package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	here    = "url: http://127.0.0.1:9/council\n"
	anybody = "personas: {default: {headers: {X-API-Key: k}}}\n"
	waiver  = "waivers:\n  - requirement: COU-WARD-06\n    reason: a\n    owner: b\n    expires: "
	token   = here + "personas:\n  default:\n    token:\n      "
)

// targetMistakes are what people write into target files that its schema can't see, or no
// reader of YAML: each is told with the line and the key, and what to do.
var targetMistakes = map[string]struct{ text, want string }{
	"unknown requirement": {here + anybody + strings.Replace(waiver, "-06", "-O6", 1) + "2030-01-01\n",
		`line 4: waivers.0.requirement: there is no requirement "COU-WARD-O6" in council (did you mean COU-WARD-06?)`},
	"no day": {here + anybody + waiver + "2030-13-41\n", `line 7: waivers.0.expires: "2030-13-41" is not a date`},
	"without reason": {here + anybody + strings.Replace(waiver, "reason: a", "reason: ''", 1) + "2030-01-01\n",
		"line 5: waivers.0.reason"},
	"header's name": {here + anybody + "headers:\n  A: b\n  X Y: k\n", "line 5: headers.X…: the header"},
	"header twice":  {here + anybody + "headers:\n  X-y: k\n  x-Y: k\n", "line 5: headers.x-Y: the header"},
	"header's value": {here + "personas:\n  default:\n    headers:\n      X-A: \"a\\nb\"\n",
		"line 5: personas.default.headers.X-A: the header \"X-A\" has a line end"},
	"blank in url":      {"url: http://h/a b\n" + anybody, "line 1: url has a blank"},
	"control in url":    {"url: \"http://h/\\u0007\"\n" + anybody, "line 1: url has a blank, a line end or a character"},
	"bidi in url":       {"url: \"http://h/\\u202e\"\n" + anybody, "line 1: url has a blank, a line end or a character"},
	"line end in url":   {"url: |\n  http://h/\n" + anybody, "line 1: url has a blank, a line end"},
	"fragment in url":   {"url: 'http://h/#a'\n" + anybody, "line 1: url has a query or a fragment"},
	"query in url":      {"url: 'http://h/?'\n" + anybody, "line 1: url has a query or a fragment"},
	"user in url":       {"url: http://ada:hunter2@h/\n" + anybody, "line 1: url has a user or password"},
	"no host":           {"url: http:///a\n" + anybody, `line 1: url "http:///a" is not absolute`},
	"port alone":        {"url: http://:80/a\n" + anybody, `line 1: url "http://:80/a" names no host`},
	"port out of range": {"url: http://h:70000/\n" + anybody, "line 1: url \"http://h:70000/\" has a port"},
	"no port":           {"url: http://h:+80/\n" + anybody, "line 1: url can't be read as a URL"},
	"other scheme":      {"url: ftp://h/\n" + anybody, "line 1: url \"ftp://h/\" is neither http nor https"},
	"no url":            {anybody, "url: there is none, and no --target"},
	"worlds":            {here + anybody + "worlds: http://h/a b\n", "line 3: worlds has a blank"},
	"unknown operation": {here + anybody + "paths:\n  listWard: GET /x\n",
		`line 4: paths.listWard: there is no operation "listWard" in council (did you mean listWards?)`},
	"no path": {here + anybody + "paths:\n  listWards: /x\n",
		`line 4: paths.listWards is "/x": write it as METHOD /path`},
	"no such operation": {here + anybody + "settle:\n  a: 1s\n  updateWrad: 2s\n",
		`line 5: settle.updateWrad: there is no operation`},
	"unknown query":    {here + anybody + "query:\n  nope: x\n", `line 4: query.nope: there is no query parameter "nope"`},
	"unknown reading":  {here + anybody + "readings:\n  - nope\n", `line 4: readings.0: there is no reading "nope" of council`},
	"another contract": {"contract: tenants\n" + here + anybody, `line 1: contract: the target is for contract "tenants"`},
	"no proxy":         {here + anybody + "proxy: nowhere\n", "line 3: proxy is no URL"},
	"proxy's scheme": {here + anybody + "proxy: ftp://h:1\n",
		`line 3: proxy has the scheme "ftp"; write http, https or socks5`},
	"no CA":             {here + anybody + "tls:\n  ca: no.pem\n", "line 4: tls.ca: open no.pem"},
	"CA is a folder":    {here + anybody + "tls:\n  ca: /\n", "line 4: tls.ca: read /: is a directory; it is a folder"},
	"CA without end":    {here + anybody + "tls:\n  ca: /dev/zero\n", "line 4: tls.ca: /dev/zero is no ordinary file"},
	"half a pair":       {here + anybody + "tls:\n  key: a\n", "line 3: tls: certificate and key belong together"},
	"no certificate":    {here + anybody + "tls:\n  key: a\n  certificate: b\n", "line 5: tls.certificate: open b"},
	"rate is no number": {here + anybody + "rate: .nan\n", "line 3: rate is a text (.nan), and has to be a number"},
	"rate without end":  {here + anybody + "rate: -.inf\n", "line 3: rate is a text (-.inf), and has to be a number"},
	"rate below zero":   {here + anybody + "rate: -1\n", "line 3: rate is -1, and has to be at least 0"},
	"rate too small":    {here + anybody + "rate: 1e-300\n", "line 3: rate is 1e-300: give 0 for no limit"},
	"no number given":   {here + anybody + "given: {latitude: NaN}\n", "line 3: given.latitude has to be a number"},
	"no end given":      {here + anybody + "given: {longitude: -.inf}\n", "line 3: given.longitude has to be a number"},
	"procs":             {here + anybody + "procs: 1e300\n", "line 3: procs is 1e300, and may be at most 64"},
	"token's header":    {token + "command: [a]\n      header: X Y\n", `line 6: personas.default.token.header "X Y" has a name`},
	"token's prefix": {token + "command: [a]\n      prefix: \"a\\n\"\n",
		"line 6: personas.default.token.prefix has a line end"},
	"token's program": {token + "command: ['']\n", "line 5: personas.default.token.command is empty"},
	"token's issuer": {token + "oauth2: {grant: password, token_url: a b}\n",
		"line 5: personas.default.token.oauth2 has a token_url that has a blank"},
	"hook's program": {here + anybody + "hooks:\n  - make: ['']\n", "line 4: hooks.0.make.0 is empty"},
	"unknown key":    {here + anybody + "x: &a [*a]\n", "line 3: anchor 'a' value contains itself"},
	"no YAML":        {here + anybody + "  x: y: z\n", "line 3: "},
	"open quote": {here + anybody + "given: {a: 'b\n",
		"line 4: found unexpected end of stream while scanning a quoted scalar that begins on line 3"},
	"tab": {here + anybody + "given:\n\tx: 1\n",
		"line 4: found character that cannot start any token while scanning for the next token; YAML is indented with blanks"},
	"unknown anchor": {here + anybody + "given: *x\n", "line 3: unknown anchor …"},
	"key twice":      {here + here + anybody, `line 2: mapping key "url" already defined at line 1`},
	"UTF-16": {strings.Join(strings.Split(here+anybody, ""), "\x00") + "\x00",
		"line 1: the file is in UTF-16 or UTF-32; save it"},
	"no UTF-8":        {here + anybody + "given: {a: '\xff'}\n", "line 3: a byte that is no UTF-8; save the file as UTF-8"},
	"NUL":             {here + "\x00" + anybody, "line 2: a control character, U+0000"},
	"two documents":   {here + anybody + "---\nurl: x\n", "line 3: another document begins here"},
	"time over range": {here + anybody + "timeouts:\n  answer: 99999999999999h\n", `line 4: "99999999999999h" is no time span`},
	"laughing":        {bomb + here + anybody, "line 1: document contains excessive aliasing"},
	"list for a key":  {here + anybody + "given: {? [x] : c}\n", "line 3: cannot use"},
}

// bomb is a file of a few hundred bytes that holds a hundred million values.
var bomb = func() string {
	text := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for letter := 'b'; letter < 'j'; letter++ {
		inner := strings.Repeat(", *"+string(letter-1), 10)[2:]
		text += string(letter) + ": &" + string(letter) + " [" + inner + "]\n"
	}
	return text
}()

// messages runs a command line and returns all that it says, and the code.
func messages(t *testing.T, args ...string) (said string, code int) {
	var out strings.Builder
	code = Main(args, Streams{Out: &out, Err: &out, Env: func(string) (string, bool) { return "", false }})
	return out.String(), code
}

func TestMistakesInATargetFileHaveTheirPlace(t *testing.T) {
	for name, row := range targetMistakes {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "own.yaml")
			if err := os.WriteFile(file, []byte(row.text), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, command := range []string{"test", "doctor"} {
				args := []string{command, "council", "--config", file}
				if command == "test" {
					args = append(args, "--ledger", filepath.Join(dir, "ledger"))
				}
				said, code := messages(t, args...)
				if code != int(ExitUsage) || !strings.Contains(said, file+": "+row.want) {
					t.Errorf("%s ends with %d and says\n%s\nwant %s: %s", command, code, said, file, row.want)
				}
				if strings.Contains(said, "hunter2") || strings.Contains(said, "panic") {
					t.Errorf("%s says %s", command, said)
				}
			}
		})
	}
}

// What keeps nothing from being run has its place, too.
func TestWarningsOfATargetFileHaveTheirPlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.yaml")
	text := here + "personas:\n  default: {headers: {X-API-Key: k}}\n  low-rigths: {}\n" +
		"  editor: {headers: {X-API-Key: k}}\n  viewer: {}\n" + "given:\n  emailDomian: x\n  zzzzzz: y\n" +
		"tls:\n  insecure: true\n" + waiver + "2020-01-01\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	said, code := messages(t, "test", "council", "--config", file, "--ledger", file+".ledger")
	for _, want := range []string{
		`line 4: personas.low-rigths: no case asks for "low-rigths"; did you mean low-rights?`,
		"line 5: personas.editor: it sends what personas.default sends, and is to be another caller\n",
		`line 8: given.emailDomian: no case asks for "emailDomian"; did you mean emailDomain?`,
		`line 9: given.zzzzzz: no case asks for "zzzzzz"; `, "line 11: tls.insecure: whoever answers is trusted",
		"line 16: waivers.0.expires: the waiver of b for COU-WARD-06 expired on 2020-01-01",
	} {
		if code != int(ExitTarget) || !strings.Contains(said, file+": "+want) {
			t.Errorf("it ends with %d and says\n%s\nwant %s", code, said, want)
		}
	}
}

// A file that can't be read, or written, is told with what to do about it.
func TestAdviceFitsTheFile(t *testing.T) {
	dir := t.TempDir()
	loop, deep := filepath.Join(dir, "loop"), filepath.Join(dir, "file", "below")
	if err := os.Symlink("loop", loop); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		args []string
		want string
	}{
		"folder to read":    {[]string{"doctor", "council", "--config", "."}, "add the name of the file in it"},
		"nothing to read":   {[]string{"doctor", "council", "--config", "no.yaml"}, "correct the name"},
		"circle to read":    {[]string{"doctor", "council", "--config", loop}, "lead in a circle"},
		"no end to read":    {[]string{"doctor", "council", "--config", "/dev/zero"}, "has more than"},
		"run without end":   {[]string{"report", "render", "/dev/zero"}, "has more than"},
		"run in a folder":   {[]string{"report", "render", "."}, "add the name of the file in it"},
		"full device":       {[]string{"test", "council", "--only=COU-WARD-06", "--json=/dev/full"}, "no room: make some"},
		"circle to write":   {[]string{"test", "council", "--json", loop}, "lead in a circle"},
		"file as a folder":  {[]string{"test", "council", "--json", deep}, "is a file, and has to be a folder"},
		"no folder":         {[]string{"test", "council", "--json", filepath.Join(dir, "no", "run.json")}, "make its folder"},
		"name without end":  {[]string{"test", "council", "--json", strings.Repeat("a", 300)}, "give a shorter name"},
		"folder":            {[]string{"test", "council", "--json", dir}, "it is a folder; add the name of a file"},
		"folder of reports": {[]string{"test", "council", "--reports", deep}, "--reports: "},
		"empty target":      {[]string{"test", "council", "--target", ""}, "is empty: give a value, or leave the flag out"},
		"empty report":      {[]string{"test", "council", "--json="}, "is empty: give a value, or leave the flag out"},
		"ledger's folder":   {[]string{"test", "council", "--ledger", dir}, "it is a folder; add the name of a file"},
		"ledger's circle":   {[]string{"test", "council", "--ledger", loop}, "lead in a circle"},
		"port file":         {[]string{"mock", "council", "--port", "0", "--port-file", "/dev/full"}, "no room: make some"},
	} {
		t.Run(name, func(t *testing.T) {
			if strings.Contains(strings.Join(row.args, " "), "/dev/") {
				if _, err := os.Stat("/dev/full"); err != nil {
					t.Skip("NOT RUN: this system has no such devices")
				}
			}
			if said, code := messages(t, row.args...); code != int(ExitUsage) || !strings.Contains(said, row.want) {
				t.Errorf("it ends with %d and says\n%s\nwant %s", code, said, row.want)
			}
		})
	}
}
