package database

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"rollcall/mockserver/durable"
)

func probeTime() int64 { return time.Now().Unix() }

// mostRows bounds what is read of a log at once.
const mostRows = 5000

func (d *Database) rowsSQL() string {
	return d.sql("select seq, batch, entry from {}log where world = $1 and seq > $2 order by seq limit " + strconv.Itoa(mostRows))
}

// Rows gives entries after one.
func (d *Database) Rows(ctx context.Context, world string, after uint64) ([]durable.Row, error) {
	return d.rowsOf(d.read.QueryContext(ctx, d.rowsSQL(), world, after))
}

func (d *Database) rowsOf(rows *sql.Rows, err error) (all []durable.Row, _ error) {
	err = each(rows, err, func() error {
		var r durable.Row
		var batch []byte
		err := rows.Scan(&r.Seq, &batch, &r.Entry)
		copy(r.Batch[:], batch)
		all = append(all, r)
		return err
	})
	return all, d.trouble(err, false)
}

// Snapshots lists the places of the snapshots of a world, the newest first.
func (d *Database) Snapshots(ctx context.Context, world string) (all []uint64, _ error) {
	rows, err := d.read.QueryContext(ctx, d.sql("select seq from {}snapshot where world = $1 and part = 0 order by seq desc"),
		world)
	err = each(rows, err, func() error {
		var seq uint64
		err := rows.Scan(&seq)
		all = append(all, seq)
		return err
	})
	return all, d.trouble(err, false)
}

// Snapshot gives the parts of a snapshot.
func (d *Database) Snapshot(ctx context.Context, world string, seq uint64) (parts [][]byte, _ error) {
	rows, err := d.read.QueryContext(ctx, d.sql("select data from {}snapshot where world = $1 and seq = $2 order by part"),
		world, seq)
	err = each(rows, err, func() error {
		var part []byte
		err := rows.Scan(&part)
		parts = append(parts, part)
		return err
	})
	return parts, d.trouble(err, false)
}

// Append appends a batch behind the one before.
func (d *Database) Append(ctx context.Context, b durable.Batch) error {
	if !d.shared {
		return d.group.append(ctx, b)
	}
	if len(b.Children) > 0 {
		return d.within(ctx, func(tx *sql.Tx) error { return d.appendIn(ctx, tx, b) })
	}
	// In one statement, which is one way to the server and back. The row of the world decides
	// who is first.
	done, err := d.write.ExecContext(ctx,
		d.sql("with w as (update {}world set head = $2 where id = $1 and head = $3 and gone = ''"+
			" returning id) insert into {}log (world, seq, batch, entry) select id, $2, $4, $5 from w"),
		b.World, b.Row.Seq, b.Row.Seq-1, b.Row.Batch[:], b.Row.Entry)
	if err != nil {
		return d.trouble(err, true)
	}
	return d.onTop(done, b)
}

// onTop tells that nothing was appended because the batch is not the next one.
func (d *Database) onTop(done sql.Result, b durable.Batch) error {
	n, err := done.RowsAffected()
	if err != nil {
		return d.trouble(err, true)
	}
	if n == 0 {
		return durable.Troublef(durable.Behind, "entry %d of %q is not the next one", b.Row.Seq, b.World)
	}
	return nil
}

func (d *Database) appendIn(ctx context.Context, tx *sql.Tx, b durable.Batch) error {
	done, err := tx.ExecContext(ctx, d.sql("update {}world set head = $2 where id = $1 and head = $3 and gone = ''"),
		b.World, b.Row.Seq, b.Row.Seq-1)
	if err != nil {
		return err
	}
	if err := d.onTop(done, b); err != nil {
		return err
	}
	if err := d.row(ctx, tx, b.World, b.Row); err != nil {
		return err
	}
	for _, c := range b.Children {
		if err := d.createIn(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// held is a world whose row is locked.
type held struct {
	*Database
	tx   *sql.Tx
	line durable.Line
	done bool
}

// Hold locks the row of a world.
func (d *Database) Hold(ctx context.Context, world string) (durable.Held, error) {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return nil, d.trouble(err, false)
	}
	h := &held{Database: d, tx: tx}
	l := &h.line
	err = tx.QueryRowContext(ctx, d.sql(lineColumns+"where id = $1 LOCK"), world).Scan(&l.ID, &l.Parent, &l.ParentSeq, &l.Head,
		&l.Gone,
		&l.Used)
	if err == nil {
		return h, nil
	}
	h.Release()
	if errors.Is(err, sql.ErrNoRows) {
		return nil, durable.Troublef(durable.NoWorld, "there is no world %q in the state store", world)
	}
	return nil, d.trouble(err, false)
}

// Line is that of the world.
func (h *held) Line() durable.Line { return h.line }

// Rows gives entries after one.
func (h *held) Rows(ctx context.Context, after uint64) ([]durable.Row, error) {
	return h.rowsOf(h.tx.QueryContext(ctx, h.rowsSQL(), h.line.ID, after))
}

// Append appends, and lets go.
func (h *held) Append(ctx context.Context, b durable.Batch) error {
	h.done = true
	if err := h.appendIn(ctx, h.tx, b); err != nil {
		_ = h.tx.Rollback() // the error says more
		return h.trouble(err, false)
	}
	return h.trouble(h.tx.Commit(), true)
}

// Release lets go.
func (h *held) Release() {
	if !h.done {
		h.done = true
		_ = h.tx.Rollback() // nothing was changed
	}
}

// Compact keeps a snapshot in place of entries.
func (d *Database) Compact(ctx context.Context, world string, seq uint64, parts [][]byte, detached map[string][][]byte) error {
	return d.within(ctx, func(tx *sql.Tx) error {
		for id, parts := range detached {
			if err := d.snapshotIn(ctx, tx, id, 1, parts); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, d.sql("update {}world set parent = '', parent_seq = 0 where id = $1"),
				id); err != nil {
				return err
			}
		}
		if err := d.snapshotIn(ctx, tx, world, seq, parts); err != nil {
			return err
		}
		// With a snapshot a world needs no parent to begin with.
		if _, err := tx.ExecContext(ctx, d.sql("update {}world set parent = '', parent_seq = 0 where id = $1"),
			world); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, d.sql("delete from {}snapshot where world = $1 and seq < $2"), world, seq); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, d.sql("delete from {}log where world = $1 and seq <= $2"), world, seq)
		return err
	})
}

func (d *Database) snapshotIn(ctx context.Context, tx *sql.Tx, world string, seq uint64, parts [][]byte) error {
	for i, part := range parts {
		if _, err := tx.ExecContext(ctx, d.sql("insert into {}snapshot (world, seq, part, data) values ($1, $2, $3, $4)"+
			" on conflict do nothing"), world, seq, i, part); err != nil {
			return err
		}
	}
	return nil
}
