package adminclient

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/internal/journal"
)

// What the control API tells, and is told.
type (
	Clock            = admin.Clock
	Snapshot         = admin.Snapshot
	Diff             = admin.Diff
	Coverage         = admin.Coverage
	ContractCoverage = admin.ContractCoverage
	Shares           = admin.Shares
	Share            = admin.Share
	Credential       = admin.Credential
	Fault            = fault.Fault
	Delay            = fault.Delay
	Break            = fault.Break
	Request          = journal.Request
)

// Worlds lists the ids of the worlds there are.
func (c *Client) Worlds(ctx context.Context) ([]string, error) {
	var all struct{ Worlds []string }
	err := c.Do(ctx, http.MethodGet, "/worlds", nil, &all)
	return all.Worlds, err
}

// Fork makes a world that begins as another one is now, from "" as the mock began, and gives
// its id: to be sent as Rollcall-World.
func (c *Client) Fork(ctx context.Context, from string) (string, error) {
	var made struct{ ID string }
	err := c.Do(ctx, http.MethodPost, "/worlds", map[string]string{"from": from}, &made)
	return made.ID, err
}

// Delete forgets a world.
func (c *Client) Delete(ctx context.Context, id string) error {
	return c.Do(ctx, http.MethodDelete, world(id, ""), nil, nil)
}

// Reset puts a world back to how the mock began.
func (c *Client) Reset(ctx context.Context, id string) error { return c.Restore(ctx, id, "") }

// Restore gives a world the state of another one, or of a snapshot.
func (c *Client) Restore(ctx context.Context, id, from string) error {
	return c.Do(ctx, http.MethodPost, world(id, "/restore"), map[string]string{"from": from}, nil)
}

// Snapshot keeps the state of a world under a name, and gives that; without a name it is a
// fork, and what it gives is its id.
func (c *Client) Snapshot(ctx context.Context, id, name string) (string, error) {
	var made struct{ ID string }
	err := c.Do(ctx, http.MethodPost, world(id, "/snapshot"), map[string]string{"name": name}, &made)
	return made.ID, err
}

// Snapshots lists the states that have a name.
func (c *Client) Snapshots(ctx context.Context) ([]Snapshot, error) {
	var all struct{ Snapshots []Snapshot }
	err := c.Do(ctx, http.MethodGet, "/snapshots", nil, &all)
	return all.Snapshots, err
}

// Diff tells which records of a world are other than in another one, or a snapshot; from ""
// is how the mock began.
func (c *Client) Diff(ctx context.Context, id, from string) (Diff, error) {
	var d struct{ Diff Diff }
	err := c.Do(ctx, http.MethodGet, world(id, "/diff?")+url.Values{"from": {from}}.Encode(), nil, &d)
	return d.Diff, err
}

// Credential gives the headers by which a persona of a contract calls in a world.
func (c *Client) Credential(ctx context.Context, id, contract, persona string) (made Credential, err error) {
	err = c.Do(ctx, http.MethodPost, world(id, "/credentials"),
		map[string]string{"contract": contract, "persona": persona}, &made)
	return made, err
}

// ClockOrder is what becomes of a clock: first it is set, then moved, then stopped or paced.
type ClockOrder struct {
	Now       *time.Time `json:"now,omitempty"`
	AdvanceMS int64      `json:"advance_ms,omitempty"`
	Frozen    *bool      `json:"frozen,omitempty"`
	Scale     *float64   `json:"scale,omitempty"`
}

// Clock tells the time of a world.
func (c *Client) Clock(ctx context.Context, id string) (now Clock, err error) {
	err = c.Do(ctx, http.MethodGet, world(id, "/clock"), nil, &now)
	return now, err
}

// SetClock sets, moves, stops or paces the clock of a world, and gives its time then.
func (c *Client) SetClock(ctx context.Context, id string, o ClockOrder) (now Clock, err error) {
	err = c.Do(ctx, http.MethodPut, world(id, "/clock"), o, &now)
	return now, err
}

// ResetClock puts the clock of a world back to how worlds begin.
func (c *Client) ResetClock(ctx context.Context, id string) (now Clock, err error) {
	err = c.Do(ctx, http.MethodDelete, world(id, "/clock"), nil, &now)
	return now, err
}

// Faults lists what goes wrong in a world on purpose.
func (c *Client) Faults(ctx context.Context, id string) ([]Fault, error) {
	var all struct{ Faults []Fault }
	err := c.Do(ctx, http.MethodGet, world(id, "/faults"), nil, &all)
	return all.Faults, err
}

// AddFault has something go wrong in a world, and gives the fault with its id.
func (c *Client) AddFault(ctx context.Context, id string, f Fault) (made Fault, err error) {
	err = c.Do(ctx, http.MethodPost, world(id, "/faults"), f, &made)
	return made, err
}

// RemoveFault lifts a fault of a world, or all of them with "".
func (c *Client) RemoveFault(ctx context.Context, id, faultID string) error {
	path := world(id, "/faults")
	if faultID != "" {
		path += "/" + url.PathEscape(faultID)
	}
	return c.Do(ctx, http.MethodDelete, path, nil, nil)
}

// Requests tells what a world was asked and answered, the oldest first. The filter has the
// parameters of GET /__admin/requests; nil takes all.
func (c *Client) Requests(ctx context.Context, id string, filter url.Values) ([]Request, error) {
	var all struct{ Requests []Request }
	err := c.Do(ctx, http.MethodGet, world(id, "/requests?")+filter.Encode(), nil, &all)
	return all.Requests, err
}

// Coverage tells what of the contracts the calls of a world have met, or those of all with "".
func (c *Client) Coverage(ctx context.Context, id string) (all Coverage, err error) {
	path := "/coverage"
	if id != "" {
		path += "?" + url.Values{"world": {id}}.Encode()
	}
	err = c.Do(ctx, http.MethodGet, path, nil, &all)
	return all, err
}
