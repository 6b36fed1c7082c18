package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // what the mocks use
	_ "modernc.org/sqlite"             // as above
)

// entrySize is about what a create appends, in bytes.
const entrySize = 700

// grouped commits what waits at once, over and over, as nobody could do it with less: each of
// so many writers waits until its own is committed.
func grouped(writers int, seconds float64, commit func(batch [][]byte) error) (perSecond float64, err error) {
	waiting := make(chan chan error, writers)
	stop := make(chan struct{})
	var done atomic.Int64
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			mine := make(chan error, 1)
			for {
				select {
				case <-stop:
					return
				case waiting <- mine:
				}
				if <-mine != nil {
					return
				}
				done.Add(1)
			}
		})
	}
	began := time.Now()
	for err == nil && time.Since(began).Seconds() < seconds {
		batch := []chan error{<-waiting}
		for len(waiting) > 0 && len(batch) < 64 {
			batch = append(batch, <-waiting)
		}
		entries := make([][]byte, len(batch))
		for i := range entries {
			entries[i] = make([]byte, entrySize)
		}
		err = commit(entries)
		for _, w := range batch {
			w <- err
		}
	}
	took := time.Since(began)
	close(stop)
	go func() {
		for w := range waiting {
			w <- errors.New("it is over")
		}
	}()
	all.Wait()
	close(waiting)
	return float64(done.Load()) / took.Seconds(), err
}

// bareFile is a group commit of SQLite, a row for each batch.
func bareFile(ctx context.Context, path string, writers, rounds int, seconds float64) (float64, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return 0, err
	}
	defer db.Close() //nolint:errcheck // it was written
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx,
		"create table log (world text, seq bigint, entry blob, primary key (world, seq))"); err != nil {
		return 0, err
	}
	seq := 0
	var rates []float64
	for range rounds {
		rate, err := grouped(writers, seconds, func(batch [][]byte) error {
			seq++
			return appended(ctx, db, "", "insert into log values ('w', ?, ?)", seq, batch)
		})
		if err != nil {
			return 0, err
		}
		rates = append(rates, rate)
	}
	return median(rates), nil
}

// appended commits a batch as one row.
func appended(ctx context.Context, db *sql.DB, lock, insert string, seq int, batch [][]byte) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after the commit it does nothing
	if lock != "" {
		if err := tx.QueryRowContext(ctx, lock).Scan(&seq); err != nil {
			return err
		}
	}
	var row []byte
	for _, b := range batch {
		row = append(row, b...)
	}
	if _, err := tx.ExecContext(ctx, insert, seq, row); err != nil {
		return err
	}
	return tx.Commit()
}

// barePostgres is batched appends to one log by several connections, each under a lock on its
// row.
func barePostgres(ctx context.Context, address string, replicas, writers, rounds int, seconds float64) (float64, error) {
	db, err := sql.Open("pgx", withoutSchema(address))
	if err != nil {
		return 0, err
	}
	defer db.Close() //nolint:errcheck // it was written
	db.SetMaxIdleConns(replicas)
	for _, s := range []string{"create table if not exists bench_log (seq bigint primary key, entry bytea)",
		"create table if not exists bench_head (head bigint)", "truncate bench_log, bench_head",
		"insert into bench_head values (0)"} {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return 0, err
		}
	}
	var rates []float64
	for range rounds {
		each, errs := make([]float64, replicas), make([]error, replicas)
		var all sync.WaitGroup
		for i := range replicas {
			all.Go(func() {
				each[i], errs[i] = grouped(writers, seconds, func(batch [][]byte) error {
					return appended(ctx, db, "update bench_head set head = head + 1 returning head",
						"insert into bench_log values ($1, $2)", 0,
						batch)
				})
			})
		}
		all.Wait()
		sum := 0.0
		for i := range each {
			if errs[i] != nil {
				return 0, fmt.Errorf("bare appends: %w", errs[i])
			}
			sum += each[i]
		}
		rates = append(rates, sum)
	}
	return median(rates), nil
}

// withoutSchema takes off an address what only the mock knows.
func withoutSchema(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Del("schema")
	u.RawQuery = q.Encode()
	return u.String()
}
