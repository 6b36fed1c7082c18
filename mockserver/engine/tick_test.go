package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/defect"
	"rollcall/mockserver/store"
)

// checkups are pets whose checkup is on a day, in no order.
func checkups(days ...string) (all []string) {
	all = rows()[:3]
	for i, day := range days {
		all = append(all, fmt.Sprintf(`pet p%d {"id":"p%d","name":"Pet-%d","checkup":"%s","late":false} {"house":"north"}`, i+1,
			i+1, i+1, day))
	}
	return all
}

// lateOnes lists the pets that are late.
func (s *shelter) lateOnes() string {
	var all []string
	for _, r := range s.world.View().Everything("pet") {
		if r.Get("late").Bool() {
			all = append(all, r.ID)
		}
	}
	return strings.Join(all, " ")
}

// TestTick holds what happens when the clock moves: what is due on the day or before is
// brought up to date, nothing else.
func TestTick(t *testing.T) {
	for _, row := range []struct {
		name  string
		there []string
		days  []int // after which it ticks, one after the other
		want  string
	}{
		{"nothing due", checkups("2026-11-26", "2026-12-01"), []int{0}, ""},
		{"on the day", checkups("2026-11-27", "2026-11-26", "2026-11-28"), []int{1}, "p2"},
		{"days later", checkups("2026-11-27", "2026-11-26", "2026-11-28"), []int{2}, "p1 p2"},
		{"day by day", checkups("2026-11-27", "2026-11-26", "2026-11-28"), []int{1, 2, 3}, "p1 p2 p3"},
		{"what came before the clock began", checkups("2026-11-24", "2027-01-01"), []int{0}, "p1"},
		{"back again", checkups("2026-11-26", "2026-11-28"), []int{2, 0}, "p1"},
		{"again on the same day", checkups("2026-11-26"), []int{1, 1}, "p1"},
		{"none that depends on the day", rows(), []int{400}, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := furnished(t, row.there)
			before := s.state()
			for _, days := range row.days {
				s.engine.Tick(s.world, morning().AddDate(0, 0, days))
			}
			if got := s.lateOnes(); got != row.want {
				t.Errorf("late are %q, want %q", got, row.want)
			}
			if n := len(difference(before, s.state())); n != 2*len(strings.Fields(row.want)) {
				t.Errorf("it changes %q", difference(before, s.state()))
			}
		})
	}
}

// TestTickAtMidnight holds that the day is that of UTC, and that it has come at its first
// moment.
func TestTickAtMidnight(t *testing.T) {
	midnight := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC)
	s := furnished(t, checkups("2026-11-26"))
	s.engine.Tick(s.world, midnight.Add(-time.Second).In(time.FixedZone("east", 3600)))
	if got := s.lateOnes(); got != "" {
		t.Errorf("a second before midnight %q are late", got)
	}
	s.engine.Tick(s.world, midnight.In(time.FixedZone("west", -3600)))
	if got := s.lateOnes(); got != "p1" {
		t.Errorf("at midnight %q are late", got)
	}
}

// TestTickLeavesAStateAlone holds that without anything due the state stays the very same,
// so that results kept of it stay good, and that a later write is seen on the same day.
func TestTickLeavesAStateAlone(t *testing.T) {
	s := furnished(t, checkups("2026-12-24"))
	version := s.world.View().Version()
	for range 3 {
		s.engine.Tick(s.world, morning())
	}
	if s.world.View().Version() != version {
		t.Error("there is another state, where nothing was due")
	}
	err := s.world.Update(func(tx *store.Tx) error {
		tx.Put("pet", store.NewRecord("p9", []byte(`{"id":"p9","checkup":"2026-11-25","late":false}`), nil))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.engine.Tick(s.world, morning())
	if got := s.lateOnes(); got != "p9" {
		t.Errorf("late are %q: what was written since the last tick of the day is not seen", got)
	}
}

// TestTickOfMany holds that none is left out where the work is shared.
func TestTickOfMany(t *testing.T) {
	days := slices.Repeat([]string{"2026-11-26", "2026-11-28"}, 700)
	s := furnished(t, checkups(days...))
	s.engine.Tick(s.world, morning().AddDate(0, 0, 1))
	if n := len(strings.Fields(s.lateOnes())); n != 700 {
		t.Errorf("%d are late, want 700", n)
	}
}

// TestTickOfWhatStaysDue holds that a record which its own tick leaves due, as a defect of
// what it derives may, does not keep the tick going for ever.
func TestTickOfWhatStaysDue(t *testing.T) {
	s := furnished(t, checkups("2026-11-26"), known(t, "SHE-LATE-01/omit")...)
	s.engine.Tick(s.world, morning().AddDate(0, 0, 1))
	if got := s.lateOnes(); got != "" {
		t.Errorf("late are %q", got)
	}
}

// TestCallsTick holds that a call sees what its own time has changed, and, with a clock
// that stands, what its defect leaves of that.
func TestCallsTick(t *testing.T) {
	pet := call{op: "getPet", pet: "p1"}
	for _, row := range []struct {
		name    string
		defects []defect.Defect
		days    int
		late    bool
	}{
		{"on the day before", nil, 0, false},
		{"on the day", nil, 1, true},
		{"without the setting", known(t, "SHE-LATE-01/omit"), 1, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := furnished(t, checkups("2026-11-26"), row.defects...)
			s.now = morning().AddDate(0, 0, row.days)
			if got := gjson.GetBytes(s.do(pet).Body, "late").Bool(); got != row.late {
				t.Errorf("it is late: %t", got)
			}
		})
	}
	frozen := opened(t, defect.Defect{Op: defect.Frozen})
	frozen.now = morning().AddDate(0, 0, 5)
	a := frozen.do(call{op: "createPet", body: `{"name":"Flo","checkup":"2026-11-27"}`})
	if gjson.GetBytes(a.Body, "late").Bool() {
		t.Errorf("the clock stands, and the pet is late: %s", a.Body)
	}
}
