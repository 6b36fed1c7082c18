package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"rollcall/mockserver/durable"
)

// readers is how many connections read beside the one that writes.
const readers = 4

// addressed is what was to be the address of a database: of another kind or misspelt, or the pairs
// of words by which PostgreSQL's own programs are told of one.
var addressed = regexp.MustCompile(`(?i)^(file|jdbc|postgres(ql)?|pg(sql)?|sqlite3?|mysql|mariadb):|://|^(postgres|pg)[a-z]*//|` +
	`//[^/]*@|(^|/)[^/\\]*:[^/\\]*@|` +
	`(^|[\s;'"])(host|hostaddr|port|dbname|user|passw(or)?d|sslmode|service)\s*=`)

func openSQLite(path string, o Options) (*Database, error) {
	d := &Database{dialect: dialect{engine: "SQLite", name: path, bytes: "blob", numbered: "?",
		among: "in (select value from json_each(?1))", judge: judgeSQLite, advise: adviseSQLite,
		size: "select page_count * page_size from pragma_page_count(), pragma_page_size()"}}
	if addressed.MatchString(path) { // there may be a password in it
		return nil, durable.Troublef(durable.Refused, "it is neither the path of a file nor "+
			"postgres://user@host/database: write host=H user=U dbname=D as postgres://U@H/D (PGPASSWORD may hold the password)")
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil, durable.Troublef(durable.Refused, "%s is a folder: give the path of a file, as %s", path,
			filepath.Join(path, "mock.db"))
	case err == nil && !info.Mode().IsRegular():
		return nil, durable.Troublef(durable.Refused,
			"%s is no ordinary file, and the state is kept in one: give the path of one",
			path)
	}
	if o.Look {
		switch info, err := os.Stat(path); {
		case err != nil:
			return nil, durable.Troublef(durable.Refused, "there is no state: %w", err)
		case info.Size() == 0: // which SQLite would begin to write
			return nil, durable.Troublef(durable.Broken, "%s: there is no state in it: it is empty", path)
		}
	} else if err := d.own(path); err != nil {
		return nil, err
	}
	sync := "FULL"
	if o.Normal {
		sync = "NORMAL"
	}
	var err error
	if d.write, err = sql.Open("sqlite", dsn(path, sync)); err == nil {
		d.read, err = sql.Open("sqlite", dsn(path, sync))
	}
	if err != nil {
		return nil, errors.Join(durable.Troublef(durable.Refused, "%s: %w", path, err), d.letGo())
	}
	d.write.SetMaxOpenConns(1)
	d.read.SetMaxOpenConns(readers)
	d.read.SetMaxIdleConns(readers)
	d.group.keep = d.appendAll
	return d, nil
}

func dsn(path, sync string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(2000)", "journal_mode(WAL)", "synchronous(" + sync + ")"}}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// own keeps every other process from the file as long as this one lives. The lock is the
// operating system's, so that none is left behind by a process that was killed.
func (d *Database) own(path string) error {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return durable.Troublef(durable.Refused, "%s: %w; make its folder first, or correct the path", path, err)
	}
	if d.fresh = missing(path); len(d.fresh) > 0 {
		d.fresh = missing(path, path+"-wal", path+"-shm", path+"-journal")
	}
	d.fresh = append(d.fresh, missing(path+".lock")...)
	lock := flock.New(path + ".lock")
	mine, err := lock.TryLock()
	if err != nil {
		return durable.Troublef(durable.Refused, "%s.lock: %w", path, err)
	}
	if !mine {
		holder, _ := os.ReadFile(path + ".lock")
		return durable.Troublef(durable.InUse, "%s is in use by %s; a file is for one process: give each its own, or share a"+
			" PostgreSQL database", path, holderOf(holder))
	}
	d.release = lock.Unlock
	host, _ := os.Hostname()
	if err := durableWrite(lock, fmt.Sprintf("process %d on %s", os.Getpid(), host)); err != nil {
		return errors.Join(err, d.undo())
	}
	return nil
}

// missing are those of some files that are not there.
func missing(paths ...string) (all []string) {
	for _, path := range paths {
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
			all = append(all, path)
		}
	}
	return all
}

// undo leaves nothing behind of a state that could not be begun, and lets it go. What was there
// before stays. It is this process's until then, so that nobody else has begun one.
func (d *Database) undo() error {
	for _, path := range d.fresh {
		_ = os.Remove(path) // what was not made is not there
	}
	return d.letGo()
}

func holderOf(text []byte) string {
	if len(text) == 0 {
		return "another process"
	}
	return string(text)
}

// durableWrite says in the lock's file who has it.
func durableWrite(lock *flock.Flock, who string) error {
	f, err := os.OpenFile(lock.Path(), os.O_WRONLY|os.O_TRUNC, 0)
	if err != nil {
		return durable.Troublef(durable.Refused, "%w", err)
	}
	_, err = io.WriteString(f, who)
	if err = errors.Join(err, f.Close()); err != nil {
		return durable.Troublef(durable.Unreachable, "%w", err)
	}
	return nil
}

func (d *Database) letGo() error {
	if d.release == nil {
		return nil
	}
	return d.release()
}

// remediesSQLite say what to do about an error, by its kind.
func remediesSQLite() map[int]string {
	return map[int]string{
		lib.SQLITE_FULL:     "make room on its disk, or keep it elsewhere",
		lib.SQLITE_READONLY: "let this user write the file and its folder",
		lib.SQLITE_PERM:     "let this user write the file and its folder",
		lib.SQLITE_CANTOPEN: "let this user read and write the file and its folder, or give another path",
		lib.SQLITE_BUSY:     "another program holds it: let that end",
		lib.SQLITE_LOCKED:   "another program holds it: let that end",
		lib.SQLITE_NOTADB:   "it is no database: give another path",
		lib.SQLITE_CORRUPT:  "put back a copy, or what was exported of it",
		lib.SQLITE_IOERR:    "see to its disk",
		lib.SQLITE_TOOBIG:   "keep the state in PostgreSQL",
	}
}

func adviseSQLite(err error) string {
	if e := new(sqlite.Error); errors.As(err, &e) {
		return remediesSQLite()[e.Code()&0xff]
	}
	return ""
}

// judgeSQLite says what an error of SQLite is.
func judgeSQLite(err error) durable.Of {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return durable.Unknown
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return durable.Broken
	case lib.SQLITE_IOERR:
		return durable.Unknown
	}
	return durable.Unreachable // full, read-only, busy: what was not kept was rolled back
}

// appendAll appends batches of several worlds at once, so that they share a sync. One that is
// behind does not hinder the others.
func (d *Database) appendAll(ctx context.Context, all []*waiting) error {
	return d.within(ctx, func(tx *sql.Tx) error {
		for _, w := range all {
			if w.err = d.appendIn(ctx, tx, w.batch); w.err != nil && !durable.IsTrouble(w.err, durable.Behind) &&
				!durable.IsTrouble(w.err, durable.NoWorld) {
				return w.err
			}
		}
		return nil
	})
}
