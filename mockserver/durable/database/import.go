package database

import (
	"context"
	"database/sql"
	"io"

	"rollcall/mockserver/durable"
)

// Import takes an exported state in, where there is none yet, and gives what of it could not
// be read. All the rest is taken.
func (d *Database) Import(ctx context.Context, from io.Reader) (damaged []error, err error) {
	there, err := d.Worlds(ctx)
	if err != nil {
		return nil, err
	}
	if len(there) > 0 {
		return nil, durable.Troublef(durable.Refused, "%s has a state already, of %d worlds; give another place", d.name,
			len(there))
	}
	return durable.Import(from, func(items []durable.Item) error {
		return d.within(ctx, func(tx *sql.Tx) error {
			for _, i := range items {
				if err := d.importIn(ctx, tx, i); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

func (d *Database) importIn(ctx context.Context, tx *sql.Tx, i durable.Item) error {
	run := func(text string, args ...any) error {
		_, err := tx.ExecContext(ctx, d.sql(text), args...)
		return err
	}
	for key, value := range i.Meta {
		if err := run("insert into {}meta (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
			key, value); err != nil {
			return err
		}
	}
	if w := i.World; w != nil {
		return run("insert into {}world (id, parent, parent_seq, head, gone, used) values ($1, $2, $3, $4, $5, $6)", w.ID,
			w.Parent,
			w.ParentSeq, w.Head, w.Gone, w.Used)
	}
	if s := i.Snapshot; s != nil {
		return run("insert into {}snapshot (world, seq, part, data) values ($1, $2, $3, $4)", s.World, s.Seq, s.Part, s.Data)
	}
	if e := i.Entry; e != nil {
		return run("insert into {}log (world, seq, batch, entry) values ($1, $2, $3, $4)", e.World, e.Seq, e.Batch, e.Entry)
	}
	return nil
}
