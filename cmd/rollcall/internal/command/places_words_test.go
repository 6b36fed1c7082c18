package command

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/mockserver/durable"
)

// ended runs a command line in a surrounding, and gives its exit code and what it says of what went wrong.
func ended(env map[string]string, args ...string) (code int, said string) {
	var err bytes.Buffer
	code = Main(args, Streams{Out: io.Discard, Err: &err,
		Env: func(name string) (string, bool) { v, ok := env[name]; return v, ok }})
	return code, err.String()
}

// What can't be listened on, kept or read from the surrounding is told by what is wrong with it, where
// that was said, and what to do; what stands there is never said to be in the way.
func TestPlacesThatWillNotDo(t *testing.T) {
	dir := t.TempDir()
	file, socket := filepath.Join(dir, "file"), filepath.Join(dir, "s")
	if err := os.WriteFile(file, []byte("of worth"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	mock := func(more ...string) []string { return append([]string{"mock", "council", "--port", "0"}, more...) }
	for _, row := range []struct {
		env  map[string]string
		args []string
		code int
		says string
	}{
		{nil, mock("--unix", dir), 2, "it is a folder; name a file"},
		{nil, mock("--unix", file), 2, "no socket; name a file"},
		{nil, mock("--unix", socket), 4, "a server listens there"},
		{nil, mock("--unix", filepath.Join(dir, "no", "s")), 2, "there is no such folder"},
		{nil, mock("--unix", filepath.Join(file, "s")), 2, "is a file"},
		{nil, mock("--unix", filepath.Join(dir, strings.Repeat("s", 200))), 2, "give a shorter one"},
		{nil, mock("--host", "192.0.2.1"), 4, "--host 192.0.2.1: it is no address of this machine"},
		{nil, mock("--durability", "x"), 2, "neither full nor normal"},
		{nil, mock("--state", dir), 2, "is a folder: give the path of a file"},
		{nil, mock("--state", os.DevNull), 2, "no ordinary file"},
		{nil, mock("--state", filepath.Join(dir, "no", "m.db")), 2, "make its folder first"},
		{nil, mock("--no-reload=maybe"), 2, "give true or false"},
		{map[string]string{"ROLLCALL_AUTH": "OFF"}, mock(), 2, "ROLLCALL_AUTH in the environment"},
		{map[string]string{"ROLLCALL_AUTH": "OFF"}, mock("--auth", "ON"), 2, ""},
		{map[string]string{"ROLLCALL_TLS": "tcp://1.2.3.4:5"}, mock(), 2, "ROLLCALL_TLS in the environment"},
		{map[string]string{"ROLLCALL_STATE": "tcp://1.2.3.4:5"}, mock(), 2, "ROLLCALL_STATE in the environment"},
		{map[string]string{"ROLLCALL_NO_RELOAD": "maybe"}, mock(), 2, "give true or false"},
		{map[string]string{"ROLLCALL_TLS": "self-signed"}, mock("--tls-key", file), 2, "ROLLCALL_TLS in the environment"},
	} {
		code, said := ended(row.env, row.args...)
		if code != row.code || !strings.Contains(said, row.says) || strings.Contains(said, "strconv") ||
			strings.Contains(said, "environment") != (row.env != nil && row.says != "") {
			t.Errorf("%v %v: %d, want %d: %s", row.env, row.args, code, row.code, said)
		}
	}
	if raw, err := os.ReadFile(file); string(raw) != "of worth" {
		t.Errorf("the file is %q (%v)", raw, err)
	}
}

// Where there is no state, none is begun by looking.
func TestAStateThatIsNone(t *testing.T) {
	for name, begin := range map[string]func(path string) error{
		"an empty file": func(path string) error { return os.WriteFile(path, nil, 0o600) },
		"a database of others": func(path string) error {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return err
			}
			_, err = db.Exec("create table other (id text)")
			return errors.Join(err, db.Close())
		},
	} {
		for _, args := range [][]string{{"state", "verify"}, {"state", "export"}} {
			path := filepath.Join(t.TempDir(), "mock.db")
			if err := begin(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.ReadFile(path)
			code, said := ended(nil, append(args, path)...)
			if code != 3 || !strings.Contains(said, path+": there is no state in it") {
				t.Errorf("%q of %s: %d %s", args, name, code, said)
			}
			after, _ := os.ReadFile(path)
			if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 || len(after) != len(before) {
				t.Errorf("%q of %s leaves %v, %d bytes of %d", args, name, entries, len(after), len(before))
			}
		}
	}
}

// An exported state that is none, or has something twice, is refused by file and line, and nothing is left
// of the state that was to be made of it.
func TestImportsThatWillNotDo(t *testing.T) {
	var lines []string
	for _, item := range []durable.Item{{Format: 1, Meta: map[string]string{}}, {World: &durable.Line{ID: "w1", Head: 2}},
		{Entry: &durable.Placed{World: "w1", Seq: 1}}, {Entry: &durable.Placed{World: "w1", Seq: 2}}} {
		text, err := json.Marshal(item)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, fmt.Sprintf("%08x %s\n", crc32.Checksum(text, crc32.MakeTable(crc32.Castagnoli)), text))
	}
	whole := strings.Join(lines, "")
	for name, row := range map[string]struct{ text, says string }{
		"doubled":        {whole + whole, "line 5: another exported state begins there"},
		"a world twice":  {whole + lines[1], `line 5: the world "w1" stood before it`},
		"an entry twice": {whole + lines[2], `line 5: entry 1 of the world "w1"`},
		"none":           {"none\n", "this is no exported state"},
		"nothing":        {"", "it is empty"},
	} {
		dir := t.TempDir()
		from := filepath.Join(dir, "from.jsonl")
		if err := os.WriteFile(from, []byte(row.text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, said := ended(nil, "state", "import", filepath.Join(dir, "to.db"), from)
		if code != 3 || !strings.Contains(said, row.says) || !strings.Contains(said, from) {
			t.Errorf("%s: %d %s", name, code, said)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("%s: it leaves %v", name, entries)
		}
	}
}
