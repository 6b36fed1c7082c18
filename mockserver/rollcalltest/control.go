package rollcalltest

import (
	"context"
	"time"

	"rollcall/mockserver/adminclient"
)

// Entry is one request that the mock has answered, and how.
type Entry struct {
	At        time.Time `json:"at"` // by the world's clock
	Contract  string    `json:"contract"`
	Operation string    `json:"operation"` // "" for a path or method of no operation
	Method    string    `json:"method"`
	Path      string    `json:"path"` // without the world
	Status    int       `json:"status"`
}

// Journal lists what this world was asked, for any of its contracts, the oldest first.
// The newest few hundred are kept.
func (m *Mock) Journal(t TB) []Entry {
	t.Helper()
	kept, err := m.Admin().Requests(context.Background(), m.world, nil)
	done(t, err)
	all := make([]Entry, len(kept))
	for i, q := range kept {
		all[i] = Entry{q.At, q.Contract, q.Operation, q.Method, q.Path, q.Status}
	}
	return all
}

// Advance moves the clock of this world forward and returns its time then.
func (m *Mock) Advance(t TB, by time.Duration) time.Time {
	t.Helper()
	clock, err := m.Admin().SetClock(context.Background(), m.world, adminclient.ClockOrder{AdvanceMS: by.Milliseconds()})
	done(t, err)
	return clock.Now
}

// ID is that of the world of this mock, by which Admin is told of it.
func (m *Mock) ID() string { return m.world }

// Admin calls the control API of the mock, which is the same for tests in any language: for
// faults, snapshots, coverage and whatever else there is of a world.
func (m *Mock) Admin() *adminclient.Client {
	c := adminclient.New(m.http.URL, m.token)
	c.HTTP = m.http.Client()
	return c
}

// done ends the test with the words of the control API, where it refused.
func done(t TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}
