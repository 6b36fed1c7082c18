//go:build unix

package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"rollcall/mockserver/durable/pgtest"
)

// fire is how long the replicas are under fire; `make state-tests` has them so for a minute.
func fire() time.Duration {
	if d, err := time.ParseDuration(os.Getenv("ROLLCALL_FIRE")); err == nil {
		return d
	}
	return 4 * time.Second
}

// cutter hands connections on, and cuts them all when it is told to.
type cutter struct {
	to    string
	from  net.Listener
	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newCutter(t *testing.T, to string) *cutter {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{to: to, from: l, conns: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close(); c.cut() }) //nolint:errcheck // it is the end
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			go c.join(in)
		}
	}()
	return c
}

func (c *cutter) join(in net.Conn) {
	out, err := net.Dial("tcp", c.to)
	if err != nil {
		in.Close() //nolint:errcheck // there is nobody
		return
	}
	c.mu.Lock()
	c.conns[in], c.conns[out] = true, true
	c.mu.Unlock()
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{in, out}, {out, in}} {
		both.Go(func() {
			io.Copy(way[0], way[1]) //nolint:errcheck // it may be cut
			way[0].Close()          //nolint:errcheck // as above
			way[1].Close()          //nolint:errcheck // as above
		})
	}
	both.Wait()
	c.mu.Lock()
	delete(c.conns, in)
	delete(c.conns, out)
	c.mu.Unlock()
}

func (c *cutter) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for conn := range c.conns {
		conn.Close() //nolint:errcheck // it may be closed
	}
}

// battle is what clients saw.
type battle struct {
	*testing.T
	caller
	replicas []*replica
	began    time.Time
	next     atomic.Int64
	wards    []string // registers: ids of wards whose description is written and read

	mu    sync.Mutex
	made  map[string]int // 201 by name
	taken map[string]bool
	ops   []porcupine.Operation
	codes map[int]int
}

// register is an operation on the description of a ward.
type register struct {
	ward  int
	write bool
	value string
}

// TestReplicasUnderFire has 48 clients create, write and read at three mocks that share a state
// in PostgreSQL, while the database and the mocks are killed and stopped and their connections
// cut. No name may be there twice, nothing that was acknowledged be lost, every name that was
// refused has to have a holder, all three have to end with the same, and what was read and
// written of each ward has to have happened in some order that fits the times.
func TestReplicasUnderFire(t *testing.T) {
	pg := pgtest.Start(t)
	b := &battle{T: t, caller: newCaller(), began: time.Now(), made: map[string]int{}, taken: map[string]bool{},
		codes: map[int]int{}}
	b.client.Timeout = 15 * time.Second
	var cutters []*cutter
	for i := range 3 {
		c := newCutter(t, pg.Addr())
		cutters = append(cutters, c)
		b.replicas = append(b.replicas, newReplica(t, fmt.Sprint("r", i), "council", "volunteers", "--state",
			pg.URL("fire", c.from.Addr().String()), "--replica", fmt.Sprint("r", i), "--wait", "30s"))
	}
	for n := range 12 {
		b.wards = append(b.wards, b.ward(fmt.Sprint("Register ", n)))
	}
	done := make(chan struct{})
	var clients sync.WaitGroup
	for client := range 48 {
		clients.Go(func() { b.work(client, done) })
	}
	b.rage(pg, cutters)
	close(done)
	clients.Wait()
	b.settle()
}

func (b *battle) ward(name string) string {
	b.Helper()
	status, text, err := b.call("POST", b.base()+"/council/api/wards", wardNamed(name))
	var made struct{ ID string }
	if err != nil || status != http.StatusCreated || json.Unmarshal(text, &made) != nil {
		b.Fatalf("%d %v %s", status, err, text)
	}
	return made.ID
}

func (b *battle) base() string { return b.replicas[rand.IntN(len(b.replicas))].at.Load().(string) }

// rage kills, stops and cuts, for as long as the fire lasts.
func (b *battle) rage(pg *pgtest.Server, cutters []*cutter) {
	for turn := 0; time.Since(b.began) < fire(); turn++ {
		time.Sleep(time.Duration(300+rand.IntN(500)) * time.Millisecond)
		switch victim := rand.IntN(3); turn % 4 {
		case 0:
			pg.Kill()
			pg.Restart()
		case 1:
			b.replicas[victim].kill()
			b.replicas[victim].start()
		case 2:
			cutters[victim].cut()
		case 3:
			b.replicas[victim].pause(true)
			time.Sleep(500 * time.Millisecond)
			b.replicas[victim].pause(false)
		}
	}
}

// work is what a client does.
func (b *battle) work(client int, done chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		if rand.IntN(2) == 0 {
			b.create()
		} else {
			b.register(client)
		}
	}
}

// create asks for a name for which others ask, too.
func (b *battle) create() {
	name := fmt.Sprint("Name ", b.next.Add(1)/5)
	status, text, err := b.call("POST", b.base()+"/council/api/wards", wardNamed(name))
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		status = 0
		time.Sleep(10 * time.Millisecond)
	}
	b.codes[status]++
	switch status {
	case http.StatusCreated:
		b.made[name]++
	case http.StatusConflict:
		b.taken[name] = true
	case 0, http.StatusServiceUnavailable:
	default:
		b.Errorf("a create is answered with %d %s", status, text)
	}
}

func (b *battle) register(client int) {
	r := register{ward: rand.IntN(len(b.wards)), write: rand.IntN(3) == 0}
	method, body := "GET", ""
	if r.write {
		r.value = fmt.Sprint("v", b.next.Add(1))
		method, body = "PATCH", fmt.Sprintf(`{"boundaryDescription":%q}`, r.value)
	}
	called := time.Since(b.began)
	status, text, err := b.call(method, b.base()+"/council/api/wards/"+b.wards[r.ward], body)
	op := porcupine.Operation{ClientId: client, Input: r, Call: int64(called), Return: int64(time.Since(b.began)), Output: ""}
	var got struct{ BoundaryDescription string }
	switch {
	case err == nil && status == http.StatusOK:
		if err := json.Unmarshal(text, &got); err != nil {
			b.Errorf("%s: %s", err, text)
		}
		if !r.write {
			op.Output = got.BoundaryDescription
		}
	case err == nil && status != http.StatusServiceUnavailable:
		b.Errorf("a register is answered with %d %s", status, text)
		return
	case !r.write:
		return // nothing was read
	default:
		op.Return = math.MaxInt64 // it may have happened, or happen still
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ops = append(b.ops, op)
}

// model is that of the wards' descriptions, each by itself.
func model() porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
			byWard := map[int][]porcupine.Operation{}
			for _, op := range history {
				w := op.Input.(register).ward
				byWard[w] = append(byWard[w], op)
			}
			var all [][]porcupine.Operation
			for _, ops := range byWard {
				all = append(all, ops)
			}
			return all
		},
		Init: func() any { return "" },
		Step: func(state, input, output any) (bool, any) {
			r := input.(register)
			if r.write {
				return true, r.value
			}
			return output.(string) == state.(string), state
		},
	}
}

// seen are the operations without the writes whose outcome nobody knows and whose value nobody
// read: those may have happened after all others, so that they tell nothing.
func (b *battle) seen() (ops []porcupine.Operation) {
	read := map[string]bool{}
	for _, op := range b.ops {
		read[op.Output.(string)] = true
	}
	for _, op := range b.ops {
		if op.Return != math.MaxInt64 || read[op.Input.(register).value] {
			ops = append(ops, op)
		}
	}
	return ops
}

// settle waits until all are ready, and holds what is there against what clients saw.
func (b *battle) settle() {
	for _, r := range b.replicas {
		for until := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
			if status, _, err := b.call("GET", r.url+"/__admin/ready", ""); err == nil && status == http.StatusOK {
				break
			}
			if time.Now().After(until) {
				b.Fatalf("%s is never ready again", r.url)
			}
		}
	}
	first := b.caller.wards(b, b.replicas[0].url)
	for _, r := range b.replicas[1:] {
		if other := b.caller.wards(b, r.url); !maps.Equal(first, other) {
			b.Errorf("two replicas end with %d and %d wards, not the same", len(first), len(other))
		}
	}
	count := map[string]int{}
	for _, name := range first {
		if count[name]++; count[name] > 1 {
			b.Errorf("%q is there %d times", name, count[name])
		}
	}
	for name, times := range b.made {
		if times > 1 || count[name] == 0 {
			b.Errorf("%q was made %d times, and is there %d times", name, times, count[name])
		}
	}
	for name := range b.taken {
		if count[name] == 0 {
			b.Errorf("%q was refused as taken, and nobody has it", name)
		}
	}
	if got := porcupine.CheckOperationsTimeout(model(), b.seen(), time.Minute); got != porcupine.Ok {
		b.Errorf("what was read and written is not linearizable: %s", got)
	}
	if len(b.made) < 50 {
		b.Errorf("only %d names were made, too few to see anything", len(b.made))
	}
	b.keepOne()
	b.Logf("%d names, %d operations on %d registers; answers to creates: %v", len(b.made), len(b.ops), len(b.wards), b.codes)
}

// keepOne has the roles of each user deleted all at once, at different replicas: one stays.
func (b *battle) keepOne() {
	type ids struct{ Data []struct{ ID json.Number } }
	list := func(path string) (all ids) {
		status, text, err := b.call("GET", b.base()+"/volunteers/"+path, "")
		if err != nil || status != http.StatusOK || json.Unmarshal(text, &all) != nil {
			b.Fatalf("%s: %d %v %s", path, status, err, text)
		}
		return all
	}
	fought := 0
	for _, user := range list("users?limit=100").Data {
		path := "users/" + user.ID.String() + "/roles"
		roles := list(path).Data
		if len(roles) < 2 {
			continue
		}
		fought++
		var deleted atomic.Int64
		var all sync.WaitGroup
		for i, role := range roles {
			all.Go(func() {
				status, text, err := b.call("DELETE", b.replicas[i%3].url+"/volunteers/"+path+"/"+role.ID.String(), "")
				if err == nil && status == http.StatusNoContent {
					deleted.Add(1)
				} else if err != nil || status != http.StatusForbidden {
					b.Errorf("DELETE %s: %d %v %s", path, status, err, text)
				}
			})
		}
		all.Wait()
		if left := len(list(path).Data); left != 1 || int(deleted.Load()) != len(roles)-1 {
			b.Errorf("of %d roles of a user %d were deleted and %d are left", len(roles), deleted.Load(), left)
		}
	}
	if fought == 0 {
		b.Error("no user has two roles, so that nothing was seen")
	}
}
