// Package database keeps the log of worlds in SQLite, for one process, or in PostgreSQL, for
// several: the same tables and statements in two dialects.
//
// It is no API: it serves the packages beside it, and may change with any version.
package database

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strings"

	"rollcall/mockserver/durable"
)

// Options say how a log is opened.
type Options struct {
	// Normal has SQLite sync with each checkpoint alone: a machine that loses power may lose
	// the newest entries, a process that is killed none.
	Normal bool
	// Replica is how this process is called; "" means by its host and number.
	Replica string
	// Look opens what is there to be read beside the process that has it.
	Look bool
}

// Database is a log in a database.
type Database struct {
	dialect
	write, read *sql.DB
	group       group
	release     func() error
	fresh       []string // files that were not there before
	look        bool     // nothing is made that is not there
}

// dialect is what the engines differ in.
type dialect struct {
	engine, name string
	prefix       string // of the tables
	shared       bool
	bytes        string // type of a column of bytes
	numbered     string // begins the place of an argument
	lock         string // ends a query whose rows nobody else may change
	among        string // compares with a list of texts
	size         string // query for the bytes that are taken
	judge        func(err error) durable.Of
	advise       func(err error) string // what to do about it; nil where its words say that
}

// Open opens a log: a path of a file, or postgres://. A secret in it is told nowhere. Errors
// are durable.Troubles.
func Open(ctx context.Context, where string, o Options) (*Database, error) {
	var d *Database
	var err error
	if IsPostgres(where) {
		d, err = openPostgres(where)
	} else {
		d, err = openSQLite(where, o)
	}
	if err != nil {
		return nil, err
	}
	d.look = o.Look
	if err := d.prepare(ctx); err != nil {
		return nil, errors.Join(err, d.write.Close(), d.read.Close(), d.undo())
	}
	return d, nil
}

// IsPostgres tells whether a place is a database server's.
func IsPostgres(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// sql writes a statement in the dialect: {} begins the name of a table, $ an argument.
func (d *dialect) sql(text string) string {
	return strings.NewReplacer("{}", d.prefix, "$", d.numbered, "BYTES", d.bytes, "LOCK", d.lock, "AMONG", d.among).Replace(text)
}

// tables are the four of a log. A reader of the log needs no other.
func tables() []string {
	return []string{
		`create table if not exists {}world (id text primary key, parent text not null default '', parent_seq bigint not null default 0,
			head bigint not null default 0, gone text not null default '', used bigint not null default 0)`,
		`create table if not exists {}log (world text not null, seq bigint not null, batch BYTES not null, entry BYTES not null,
			primary key (world, seq))`,
		`create table if not exists {}snapshot (world text not null, seq bigint not null, part bigint not null, data BYTES not null,
			primary key (world, seq, part))`,
		`create table if not exists {}meta (key text primary key, value text not null)`,
	}
}

// Format is that of the tables and entries.
const Format = "1"

// prepare makes the tables where there are none. Replicas that begin at once may get in each
// other's way there, and see that the tables are there the next time.
func (d *Database) prepare(ctx context.Context) (err error) {
	for range 5 {
		if err = d.made(ctx); err == nil || durable.IsTrouble(err, durable.Unreachable) {
			break
		}
	}
	if err != nil {
		return err
	}
	meta, err := d.Settle(ctx, nil)
	if err != nil {
		return err
	}
	if got := meta["format"]; got != "" && got != Format {
		return durable.Troublef(durable.Broken, "%s is of format %q, and this program knows %q: it is too old for it", d.name,
			got, Format)
	}
	return nil
}

// noTable is how the engines say that there is no such table.
var noTable = regexp.MustCompile(`no such table|SQLSTATE 42P01`)

func (d *Database) made(ctx context.Context) error {
	_, err := d.read.ExecContext(ctx, d.sql("select 1 from {}meta"))
	switch {
	case err == nil:
		return nil
	case d.look && noTable.MatchString(err.Error()):
		return durable.Troublef(durable.Broken, "%s: there is no state in it: name what a mock was given as --state", d.name)
	case d.look:
		return d.trouble(err, false)
	}
	if d.shared {
		schema := strings.TrimSuffix(d.prefix, ".")
		if _, err := d.write.ExecContext(ctx, "create schema if not exists "+schema); err != nil {
			return d.trouble(err, false)
		}
	}
	for _, t := range tables() {
		if _, err := d.write.ExecContext(ctx, d.sql(t)); err != nil {
			return d.trouble(err, false)
		}
	}
	return nil
}

// trouble says of an error of the engine what it is. Where something was being kept, a lost
// connection leaves it open whether it was.
func (d *Database) trouble(err error, keeping bool) error {
	var already *durable.Trouble
	if err == nil || errors.As(err, &already) {
		return err
	}
	of := d.judge(err)
	if of == durable.Unknown && !keeping {
		of = durable.Unreachable
	}
	if d.advise != nil {
		if what := d.advise(err); what != "" {
			return durable.Troublef(of, "%s: %w; %s", d.name, err, what)
		}
	}
	return durable.Troublef(of, "%s: %w", d.name, err)
}

// Name says where the log is.
func (d *Database) Name() string { return d.name }

// Engine says what it is.
func (d *Database) Engine() string { return d.engine }

// Shared tells whether others may append.
func (d *Database) Shared() bool { return d.shared }

// Close closes the connections.
func (d *Database) Close() error {
	return errors.Join(d.write.Close(), d.read.Close(), d.letGo())
}

// Forget closes the connections, and leaves nothing of a state that was not there before it was opened.
func (d *Database) Forget() error {
	return errors.Join(d.write.Close(), d.read.Close(), d.undo())
}

// within runs f in a transaction. What f gives is trouble already, or of the engine.
func (d *Database) within(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return d.trouble(err, false)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback() // the error says more
		return d.trouble(err, false)
	}
	return d.trouble(tx.Commit(), true)
}
