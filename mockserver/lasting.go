package mockserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/durable"
	"rollcall/mockserver/internal/fault"
	"rollcall/mockserver/internal/journal"
	"rollcall/mockserver/store"
)

// State says where the state of the worlds is kept, so that it outlives the process.
type State struct {
	Log   durable.Log
	Local bool // reads don't ask what other processes have written
	// how this process is called, beside others
	Replica string
}

// StateMismatch is what of a state that is there is other than what this mock serves.
type StateMismatch struct {
	Store string
	What  []string
}

// Error says what is other.
func (m *StateMismatch) Error() string {
	return fmt.Sprintf("the state in %s is of another mock: %s; start it as it was, or give another --state, or begin anew with"+
		" --state-reset", m.Store, strings.Join(m.What, "; "))
}

// What is a world's own, by name, beside the clock.
const (
	ownBorn   = "born"
	ownKept   = "kept"
	ownFaults = "faults"
	ownSpent  = "spent/"
	ownMinted = "minted/"
	ownReplay = "replay/"
)

// settings are what every process that shares a state has to have in common, in plain words.
func (s *Server) settings() map[string]string {
	var contracts []string
	for _, m := range s.mounts {
		contracts = append(contracts, m.name+" "+m.plan.Contract.Digest)
	}
	slices.Sort(contracts)
	c := &s.config
	return map[string]string{"contracts": strings.Join(contracts, ", "), "seed": fmt.Sprint(c.Seed),
		"size":    fmt.Sprint(int(c.Size)),
		"defects": strings.Join(c.Defects, " "), "variants": strings.Join(c.Variants, " "), "auth": fmt.Sprint(!c.NoAuth)}
}

// settleState agrees with what is there on the settings, and on the time at which the data was
// made: it is made so again, by every process.
func (s *Server) settleState(ctx context.Context) error {
	mine := s.settings()
	fixed := map[string]string{"format": "1", "made": s.config.Now().UTC().Format(time.RFC3339Nano),
		"data_now": s.config.DataNow.UTC().Format(time.RFC3339Nano), "clock": s.config.ClockStart.UTC().Format(time.RFC3339Nano)}
	maps.Copy(fixed, mine)
	there, err := s.config.State.Log.Settle(ctx, fixed)
	if err != nil {
		return err
	}
	wrong := &StateMismatch{Store: s.config.State.Log.Name()}
	for _, key := range slices.Sorted(maps.Keys(mine)) {
		if there[key] != mine[key] {
			wrong.What = append(wrong.What, fmt.Sprintf("%s was %q and is %q", key, there[key], mine[key]))
		}
	}
	if len(wrong.What) > 0 {
		return wrong
	}
	var made time.Time
	s.made = func() time.Time { return made }
	for key, to := range map[string]*time.Time{"made": &made, "data_now": &s.config.DataNow, "clock": &s.config.ClockStart} {
		if err := to.UnmarshalText([]byte(there[key])); err != nil {
			return durable.Troublef(durable.Broken, "%s: %q of the state is no time", s.config.State.Log.Name(), key)
		}
	}
	return nil
}

// openState opens the worlds that are there, after the data was made.
func (s *Server) openState(ctx context.Context) error {
	origin := map[string]store.Snapshot{}
	for name, w := range s.origin.states {
		origin[name] = w.View()
	}
	digest := durable.Digest(origin)
	there, err := s.config.State.Log.Settle(ctx, map[string]string{"data": digest})
	if err != nil {
		return err
	}
	if there["data"] != digest {
		return &StateMismatch{s.config.State.Log.Name(),
			[]string{"the data that this version makes, or that --data gives, is other data"}}
	}
	s.lost = make(chan error, 1)
	own := map[string][]byte{durable.OwnClock: encode(keptOf(s.origin.clock.set.Load())),
		ownBorn: encode(s.origin.birth(s.config.Now))}
	s.book, err = durable.Open(ctx, durable.Config{Log: s.config.State.Log, Host: keeper{s}, Origin: origin,
		Local:  s.config.State.Local,
		Logger: s.config.Log, Default: defaultWorld, Own: own})
	return err
}

// Close ends what runs beside the calls, and lets the state's store go.
func (s *Server) Close() error {
	if s.book == nil {
		return nil
	}
	return s.book.Close()
}

// Lost tells, once, that the store of the state lost what it said was kept: the process must
// not go on. It is nil without a store.
func (s *Server) Lost() <-chan error { return s.lost }

// SetAside lists the worlds whose log can't be read, with why.
func (s *Server) SetAside() []string {
	if s.book == nil {
		return nil
	}
	return s.book.SetAside()
}

// encode writes a value of our own as JSON.
func encode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // none of ours is such
	}
	return text
}

// keptClock is a clock as it is kept.
type keptClock struct {
	Set   bool      `json:"set"` // false: the server's own time
	Since time.Time `json:"since,omitzero"`
	At    time.Time `json:"at,omitzero"`
	Scale float64   `json:"scale,omitempty"`
}

func keptOf(s *setting) keptClock {
	if s == nil {
		return keptClock{}
	}
	return keptClock{true, s.since.UTC(), s.at.UTC(), s.scale}
}

func clockOf(document []byte) *setting {
	var k keptClock
	if json.Unmarshal(document, &k) != nil || !k.Set {
		return nil
	}
	return &setting{k.Since, k.At, k.Scale}
}

// keeper is the server as the book of its worlds knows it.
type keeper struct{ *Server }

// Opened puts a world beside the others.
func (k keeper) Opened(w *durable.World) {
	u := &world{id: w.ID, server: k.Server, states: map[string]*store.State{}, lasting: w, journal: k.journalOf(w.ID)}
	for name := range k.origin.states {
		u.states[name] = w.State(name)
	}
	u.clock.set.Store(k.origin.clock.set.Load())
	u.touch()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.worlds[w.ID] = u
}

// Closed takes a world out.
func (k keeper) Closed(id, why string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if u, ok := k.worlds[id]; ok {
		k.bury(u, why)
	}
}

// Time is that of the world's clock.
func (k keeper) Time(w *durable.World) int64 {
	k.mu.RLock()
	u, ok := k.worlds[w.ID]
	k.mu.RUnlock()
	if !ok {
		return 0
	}
	return nanos(u.now(k.config.Now))
}

// Used gives when worlds were used here that may be forgotten.
func (k keeper) Used() map[string]int64 {
	k.mu.RLock()
	defer k.mu.RUnlock()
	used := map[string]int64{}
	for id, u := range k.worlds {
		if at := u.used.Load(); at != 0 {
			used[id] = at
		}
	}
	return used
}

// Lost has the process end.
func (k keeper) Lost(err error) {
	select {
	case k.lost <- err:
	default:
	}
}

// Noted follows what is a world's own.
func (k keeper) Noted(w *durable.World, id string, document []byte) {
	k.mu.RLock()
	u, ok := k.worlds[w.ID]
	k.mu.RUnlock()
	if !ok {
		return
	}
	switch {
	case id == "":
		u.clock.set.Store(nil)
		u.faults.Load(nil)
		k.mintedNoted(u.id, "", nil)
	case id == durable.OwnClock:
		u.clock.set.Store(clockOf(document))
	case id == ownBorn:
		var born int64
		_ = json.Unmarshal(document, &born) // it is ours
		u.born.Store(born)
	case id == ownKept:
		var kept *admin.Snapshot
		_ = json.Unmarshal(document, &kept) // as above
		k.mu.Lock()
		u.kept = kept
		k.mu.Unlock()
	case id == ownFaults:
		u.faults.Load(document)
	case strings.HasPrefix(id, ownMinted):
		k.mintedNoted(strings.TrimPrefix(id, ownMinted), id, document)
	}
}

// unavailable is why the store of the state could not be used, as the control API tells it.
func unavailable(err error) error {
	var lost *store.Unavailable
	if errors.As(err, &lost) {
		return fmt.Errorf("%w: %s", admin.ErrUnavailable, lost.Why)
	}
	return err
}

// fresh brings a world up to what every process has written, and makes one known that another
// process has made.
func (s *Server) fresh(ctx context.Context, id string) error {
	if s.book == nil {
		return nil
	}
	_, _, err := s.book.Fresh(ctx, id)
	return err
}

// setFaults changes the faults of a lasting world.
func (u *world) setFaults(change func(*fault.Set) error) error {
	return unavailable(u.lasting.Do(func(d *durable.Draft) error {
		var set fault.Set
		set.Load(d.Own(ownFaults))
		if err := change(&set); err != nil {
			return err
		}
		d.Set(ownFaults, set.Dump())
		return nil
	}))
}

// spendLasting is Spend for a lasting world: every process counts the same calls.
func (u *world) spendLasting(credential string, perMinute int, now time.Time) (wait time.Duration) {
	_ = u.lasting.Do(func(d *durable.Draft) error { // what can't be counted is let through: what it writes is refused by itself
		var recent []time.Time
		_ = json.Unmarshal(d.Own(ownSpent+credential), &recent) // absent is none
		if recent, wait = spend(recent, perMinute, now); wait == 0 {
			d.Set(ownSpent+credential, encode(recent))
		}
		return nil
	})
	return wait
}

// at gives the time of the world's clock: never before what another process has written.
func (u *world) at(base time.Time) time.Time {
	now := u.clock.set.Load().now(base)
	if u.lasting == nil {
		return now
	}
	if floor := time.Unix(0, u.lasting.Floor()).UTC(); now.Before(floor) {
		return floor
	}
	return now
}

// pick finds the fault that a call meets. One that is for so many calls is counted for every
// process together.
func (u *world) pick(asked fault.Call) (hit *fault.Fault, delay time.Duration) {
	if hit, delay = u.faults.Pick(asked); u.lasting == nil || hit == nil || hit.Times == 0 {
		return hit, delay
	}
	err := u.setFaults(func(s *fault.Set) error { hit, delay = s.Pick(asked); return nil })
	if err != nil {
		return nil, 0 // the operation itself finds out what is wrong
	}
	return hit, delay
}

// journalOf makes the journal of a world.
func (s *Server) journalOf(id string) *journal.Journal {
	return journal.New(s.config.JournalSize, id, &s.live)
}

// mintedNoted follows the credentials of all worlds, which are the default one's own.
func (s *Server) mintedNoted(who, id string, document []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != "" || who == defaultWorld {
		s.minted.note(strings.TrimPrefix(id, ownMinted), document)
	}
}
