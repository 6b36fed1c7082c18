package database

import (
	"database/sql"
	"errors"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"rollcall/mockserver/durable"
)

// Schema is where the tables are if the address does not say schema=NAME.
const Schema = "rollcall"

// connections bounds those to a server.
const connections = 12

func openPostgres(where string) (*Database, error) {
	schema, rest, err := schemaOf(where)
	if err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig(rest)
	if err != nil {
		return nil, durable.Troublef(durable.Refused, "%w", err) // it tells no password
	}
	if _, told := config.RuntimeParams["application_name"]; !told {
		config.RuntimeParams["application_name"] = "rollcall"
	}
	host := net.JoinHostPort(config.Host, strconv.Itoa(int(config.Port)))
	if strings.HasPrefix(config.Host, "/") {
		host = config.Host
	}
	d := &Database{dialect: dialect{engine: "PostgreSQL", shared: true, prefix: `"` + schema + `".`, bytes: "bytea",
		numbered: "$",
		name:     "postgres://" + host + "/" + config.Database + "?schema=" + schema, lock: "for update", among: "= any($1)",
		size: "select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n on n.oid = c.relnamespace" +
			" where n.nspname = '" + schema + "' and c.relkind = 'r'",
		judge: judgePostgres}}
	d.write = stdlib.OpenDB(*config)
	d.write.SetMaxOpenConns(connections)
	d.write.SetMaxIdleConns(connections)
	d.read = d.write
	return d, nil
}

// plainName is a name that SQL takes without quotes.
var plainName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// schemaOf takes the schema off an address, which the server would not know.
func schemaOf(where string) (schema, rest string, err error) {
	u, err := url.Parse(where)
	if err != nil {
		return "", "", durable.Troublef(durable.Refused,
			"the address of the state is no URL: write postgres://user@host:port/database")
	}
	q := u.Query()
	schema = Schema
	if q.Has("schema") {
		schema = q.Get("schema")
		q.Del("schema")
		u.RawQuery = q.Encode()
	}
	if !plainName.MatchString(schema) {
		return "", "", durable.Troublef(durable.Refused, "schema is %.80q; give small letters, digits and underscores", schema)
	}
	return schema, u.String(), nil
}

// judgePostgres says what an error of PostgreSQL is, or of what speaks its protocol.
func judgePostgres(err error) durable.Of {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		var dial *pgconn.ConnectError
		if pgconn.SafeToRetry(err) || errors.As(err, &dial) || errors.Is(err, sql.ErrConnDone) {
			return durable.Unreachable
		}
		return durable.Unknown
	}
	switch {
	case e.Code == "40001" || e.Code == "40P01": // serialization failure, deadlock
		return durable.Again
	case e.Code == "57014": // cancelled, and rolled back
		return durable.Unreachable
	case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "57"), e.Code == "XX000": // the connection is lost
		return durable.Unknown
	case strings.HasPrefix(e.Code, "28"), strings.HasPrefix(e.Code, "42"), strings.HasPrefix(e.Code, "3"): // who, what, where
		return durable.Refused
	}
	return durable.Unreachable // full (53), read-only (25006) and the like: it was not done
}
