package bench

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// grown is a mock with so many users.
type grown struct {
	Users     int     `json:"users"`
	Start     float64 `json:"start_seconds"`
	MemoryKiB int     `json:"resident_kib"`
	process   *process
	loads     []scenario
}

// growth is what one kind of request costs in each of the mocks.
type growth struct {
	Name  string    `json:"name"`
	Costs []float64 `json:"processor_us_per_answer"`
	Ratio float64   `json:"largest_to_smallest"`
}

// runGrowth measures reading requests with ever more users. All mocks run at
// once and are loaded in turn, so that a bad moment of the machine meets each.
func runGrowth(ctx context.Context, s cli.Streams, o *options) error {
	dir, err := os.MkdirTemp("", "rollcall-bench-")
	if err != nil {
		return cli.Exitf(cli.ExitTarget, "%w", err)
	}
	b := &bencher{options: o, dir: dir}
	defer b.close()
	sizes := []int{1_000, 10_000, 100_000}
	if free := freeMemory(); free == 0 || free >= millionNeeds {
		sizes = append(sizes, 1_000_000)
	} else {
		fmt.Fprintf(s.Err, "a million users are left out: they need %d MiB of memory, and %d are free\n", millionNeeds>>10,
			free>>10)
	}
	var mocks []*grown
	defer func() {
		for _, m := range mocks {
			m.process.stop()
		}
	}()
	for _, users := range sizes {
		m, err := b.startGrown(ctx, users)
		if err != nil {
			return &cli.Exit{Code: cli.ExitTarget, Err: fmt.Errorf("%d users: %w", users, err)}
		}
		mocks = append(mocks, m)
	}
	rows, err := b.growths(mocks)
	if err != nil {
		return &cli.Exit{Code: cli.ExitTarget, Err: err}
	}
	if err := printGrowth(s.Out, mocks, rows); err != nil {
		return err
	}
	return writeFigures(ctx, o.json, map[string]any{"schema": "rollcall.growth/v2", "mocks": mocks, "figures": rows})
}

// millionNeeds is the memory that a million users and the smaller mocks beside
// them take, in KiB.
const millionNeeds = 7 << 20

// freeMemory gives the memory that can be had, in KiB; 0 where the system does
// not tell.
func freeMemory() int { return readKiB("/proc/meminfo", "MemAvailable:") }

// startGrown starts a mock on all processors and notes how long that took.
func (b *bencher) startGrown(ctx context.Context, users int) (*grown, error) {
	began := time.Now()
	p, err := b.launchOn(ctx, "", "mock-"+strconv.Itoa(users), b.mockProgram("volunteers", "--size", strconv.Itoa(users)))
	m := &grown{Users: users, process: p, Start: time.Since(began).Seconds()}
	if err != nil {
		p.stop()
		return nil, err
	}
	t, err := p.describe("volunteers")
	if err != nil {
		p.stop()
		return nil, err
	}
	m.loads, m.MemoryKiB = growthLoads(t, users), p.resident()
	return m, nil
}

// growthLoads are an item, pages here and there, and every filter with an index.
// Each answers as many records with few users as with many.
func growthLoads(t target, users int) (all []scenario) {
	item := "/users/" + strconv.Itoa(1001+users/2)
	page := func(share float64) string {
		return "/users?limit=20&page=" + strconv.Itoa(1+int(share*0.7*float64(users)/20))
	}
	for _, l := range [][2]string{
		{"item", item}, {"roles of a user", item + "/roles"}, {"first page", page(0)}, {"middle page", page(0.5)},
		{"last pages", page(1)},
		{"filter: ids", "/users?ids=1001,1020,1030"}, {"filter: team", "/users?limit=5&team=" + t.Given["teamId"]},
		{"filter: roles", "/users?limit=20&roles=" + t.Given["roleProfileId"]},
		{"filter: manager", "/users?limit=20&manager=" + t.Given["managerUserId"]},
		{"filter: supervisor", "/users?limit=20&supervisor=" + t.Given["managerUserId"]},
		{"filter: skills", "/users?limit=10&skills=501"}, {"filter: langs", "/users?limit=10&langs=" + t.Given["languageId"]},
	} {
		all = append(all, scenario{name: l[0], method: http.MethodGet, target: unlike(l[1]),
			serial: serial, status: http.StatusOK,
			headers: append(headersOf(t), "Accept: application/x.uvol.v3+json")})
	}
	return all
}

// unlike makes each request another one, lest a list is looked up that was found
// before.
func unlike(target string) string {
	if strings.Contains(target, "?") {
		return target + "&again=" + serial
	}
	return target + "?again=" + serial
}

// growths loads every mock with every request in turn, again and again, so that a
// collection of garbage, which takes long where there is much data, meets no
// request in all of its rounds.
func (b *bencher) growths(mocks []*grown) ([]growth, error) {
	rows := make([]growth, len(mocks[0].loads))
	costs := make([][][]float64, len(rows)) // by row and mock
	for round := range b.rounds + 1 {       // the first warms up
		for i := range rows {
			if round == 0 {
				costs[i] = make([][]float64, len(mocks))
			}
			for k, m := range mocks {
				cost, err := b.cost(m.process, m.loads[i])
				if err != nil {
					return nil, fmt.Errorf("%s with %d users: %w", m.loads[i].name, m.Users, err)
				}
				if round > 0 {
					costs[i][k] = append(costs[i][k], cost)
				}
			}
		}
	}
	for i := range rows {
		rows[i].Name = mocks[0].loads[i].name
		for _, c := range costs[i] {
			rows[i].Costs = append(rows[i].Costs, median(c))
		}
		rows[i].Ratio = rows[i].Costs[len(mocks)-1] / rows[i].Costs[0]
	}
	return rows, nil
}

// cost gives the processor time of the mock for an answer, in microseconds: it
// does not depend on what else the machine does. Where the system does not tell,
// it is the time that passes.
func (b *bencher) cost(p *process, sc scenario) (float64, error) {
	s := &series{process: p}
	if err := s.round(load.Own(), b.plan(p, sc, b.seconds, 0), newSerial()); err != nil {
		return 0, err
	}
	if s.spent > 0 {
		return s.processor(), nil
	}
	return 1e6 / s.rates[0], nil
}

func printGrowth(w io.Writer, mocks []*grown, rows []growth) error {
	fmt.Fprintln(w, "Processor time of the mock per answer, µs, volunteers; medians")
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(name string, of func(i int) string, last string) {
		fmt.Fprint(t, name)
		for i := range mocks {
			fmt.Fprint(t, "\t", of(i))
		}
		fmt.Fprint(t, "\t", last, "\n")
	}
	line("USERS", func(i int) string { return strconv.Itoa(mocks[i].Users) }, "LARGEST TO SMALLEST")
	for _, r := range rows {
		line(r.Name, func(i int) string { return fmt.Sprintf("%.1f", r.Costs[i]) }, fmt.Sprintf("%.2f", r.Ratio))
	}
	line("start, s", func(i int) string { return fmt.Sprintf("%.2f", mocks[i].Start) }, "")
	line("resident, MiB", func(i int) string { return strconv.Itoa(mocks[i].MemoryKiB / 1024) }, "")
	return t.Flush()
}
