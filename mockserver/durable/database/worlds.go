package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"rollcall/mockserver/durable"
)

// Settle keeps each value of meta that is not there, and gives all that are.
func (d *Database) Settle(ctx context.Context, meta map[string]string) (map[string]string, error) {
	if len(meta) > 0 {
		err := d.within(ctx, func(tx *sql.Tx) error {
			for _, key := range slices.Sorted(maps.Keys(meta)) {
				if _, err := tx.ExecContext(ctx, d.sql("insert into {}meta (key, value) values ($1, $2) on conflict do nothing"),
					key, meta[key]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	rows, err := d.read.QueryContext(ctx, d.sql("select key, value from {}meta"))
	all := map[string]string{}
	err = each(rows, err, func() error {
		var key, value string
		err := rows.Scan(&key, &value)
		all[key] = value
		return err
	})
	return all, d.trouble(err, false)
}

// each hands rows on, and closes them.
func each(rows *sql.Rows, err error, one func() error) error {
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	for rows.Next() {
		if err := one(); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Number counts.
func (d *Database) Number(ctx context.Context) (n uint64, err error) {
	var text string
	err = d.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx,
			d.sql("insert into {}meta (key, value) values ('number', '0') on conflict do nothing")); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, d.sql("update {}meta set value = cast(cast(value as bigint) + 1 as text)"+
			" where key = 'number' returning value")).Scan(&text)
	})
	if err != nil {
		return 0, err
	}
	n, err = strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, durable.Troublef(durable.Broken, "%s: the counter of worlds is %q", d.name, text)
	}
	return n, nil
}

const lineColumns = "select id, parent, parent_seq, head, gone, used from {}world "

// Worlds lists the worlds, the oldest first as far as their places tell.
func (d *Database) Worlds(ctx context.Context) ([]durable.Line, error) {
	return d.lines(d.read.QueryContext(ctx, d.sql(lineColumns+"order by parent_seq, id")))
}

// Heads gives the lines of some worlds.
func (d *Database) Heads(ctx context.Context, ids []string) ([]durable.Line, error) {
	if ids == nil {
		ids = []string{}
	}
	var list any = ids
	if !d.shared {
		text, err := json.Marshal(ids)
		if err != nil {
			return nil, err
		}
		list = string(text)
	}
	return d.lines(d.read.QueryContext(ctx, d.sql(lineColumns+"where id AMONG"), list))
}

func (d *Database) lines(rows *sql.Rows, err error) (all []durable.Line, _ error) {
	err = each(rows, err, func() error {
		var l durable.Line
		err := rows.Scan(&l.ID, &l.Parent, &l.ParentSeq, &l.Head, &l.Gone, &l.Used)
		all = append(all, l)
		return err
	})
	return all, d.trouble(err, false)
}

// Create makes a world that begins as the data was generated.
func (d *Database) Create(ctx context.Context, c durable.Child) error {
	return d.within(ctx, func(tx *sql.Tx) error { return d.createIn(ctx, tx, c) })
}

func (d *Database) createIn(ctx context.Context, tx *sql.Tx, c durable.Child) error {
	made, err := tx.ExecContext(ctx, d.sql("insert into {}world (id, parent, parent_seq, head, used) values ($1, $2, $3, $4, $5)"+
		" on conflict do nothing"), c.Line.ID, c.Line.Parent, c.Line.ParentSeq, c.Line.Head, c.Line.Used)
	if err != nil {
		return err
	}
	if n, err := made.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return d.row(ctx, tx, c.Line.ID, c.Row)
}

func (d *Database) row(ctx context.Context, tx *sql.Tx, world string, r durable.Row) error {
	_, err := tx.ExecContext(ctx, d.sql("insert into {}log (world, seq, batch, entry) values ($1, $2, $3, $4)"),
		world, r.Seq, r.Batch[:], r.Entry)
	return err
}

// Bury keeps why a world is no more.
func (d *Database) Bury(ctx context.Context, id, why string) error {
	_, err := d.write.ExecContext(ctx, d.sql("update {}world set gone = $2 where id = $1 and gone = ''"), id, why)
	return d.trouble(err, false)
}

// Touch notes when worlds were used.
func (d *Database) Touch(ctx context.Context, used map[string]int64) error {
	return d.within(ctx, func(tx *sql.Tx) error {
		for _, id := range slices.Sorted(maps.Keys(used)) { // in one order, lest two replicas wait for each other
			if _, err := tx.ExecContext(ctx, d.sql("update {}world set used = $2 where id = $1 and used < $2"), id,
				used[id]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Sweep forgets worlds that are gone, from which no other begins.
func (d *Database) Sweep(ctx context.Context) error {
	return d.within(ctx, func(tx *sql.Tx) error {
		var ids []string
		rows, err := tx.QueryContext(ctx, d.sql("select id from {}world w where gone <> '' and not exists"+
			" (select 1 from {}world c where c.parent = w.id) order by id limit 100"))
		err = each(rows, err, func() error {
			var id string
			err := rows.Scan(&id)
			ids = append(ids, id)
			return err
		})
		for _, id := range ids {
			for _, text := range []string{"delete from {}log where world = $1", "delete from {}snapshot where world = $1",
				"delete from {}world where id = $1"} {
				if err == nil {
					_, err = tx.ExecContext(ctx, d.sql(text), id)
				}
			}
		}
		return err
	})
}

// Probe writes something.
func (d *Database) Probe(ctx context.Context) error {
	_, err := d.write.ExecContext(ctx, d.sql("insert into {}meta (key, value) values ('probe', $1)"+
		" on conflict (key) do update set value = excluded.value"), strconv.FormatInt(probeTime(), 10))
	return d.trouble(err, false)
}

// Bytes tells how much is taken.
func (d *Database) Bytes(ctx context.Context) (n int64, err error) {
	var size sql.NullInt64
	err = d.read.QueryRowContext(ctx, d.size).Scan(&size)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return size.Int64, d.trouble(err, false)
}

// Reset forgets everything that is there.
func (d *Database) Reset(ctx context.Context) error {
	return d.within(ctx, func(tx *sql.Tx) error {
		for _, table := range []string{"world", "log", "snapshot", "meta"} {
			if _, err := tx.ExecContext(ctx, d.sql("delete from {}"+table)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Shrink gives back the room that a file does not need.
func (d *Database) Shrink(ctx context.Context) error {
	if d.shared {
		return nil
	}
	_, err := d.write.ExecContext(ctx, "vacuum")
	return d.trouble(err, false)
}

// Limit bounds the pages of a file, for who wants to see what happens when there is no room.
func (d *Database) Limit(pages int) error {
	_, err := d.write.ExecContext(context.Background(), "pragma max_page_count = "+strconv.Itoa(pages))
	return err
}
