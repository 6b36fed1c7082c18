package rollcalltest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/mockserver/rollcalltest"
	"rollcall/specs/target"
)

func wards(t *testing.T, m *rollcalltest.Mock) []struct{ ID, Name string } {
	t.Helper()
	res, err := m.Client("default").Get(m.URL + "/api/wards")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var list []struct{ ID, Name string }
	if err := json.NewDecoder(res.Body).Decode(&list); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("the wards are answered %d, %v", res.StatusCode, err)
	}
	return list
}

func addWard(t *testing.T, m *rollcalltest.Mock, name string) {
	t.Helper()
	res, err := m.Client("default").Post(m.URL+"/api/wards", "application/json",
		strings.NewReader(fmt.Sprintf(`{"name":%q}`, name)))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if said, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusCreated {
		t.Fatalf("a ward is answered %d %s", res.StatusCode, said)
	}
}

// TestWorlds has many tests at once that would be in each other's way in one world: each
// wants a name that may be there once.
func TestWorlds(t *testing.T) {
	mock := rollcalltest.Start(t, "council")
	addWard(t, mock, "Before the fork")
	before := len(wards(t, mock))
	t.Run("group", func(t *testing.T) {
		for i := range 8 {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				world := mock.World(t)
				addWard(t, world, "The one ward")
				if got := len(wards(t, world)); got != before+1 {
					t.Errorf("%d wards in this world, %d before it was forked", got, before)
				}
				if within := world.World(t); len(wards(t, within)) != before+1 {
					t.Error("a world of a world begins as that one is")
				}
			})
		}
	})
	if got := len(wards(t, mock)); got != before {
		t.Errorf("%d wards, %d before the other worlds", got, before)
	}
}

func TestWorldsEnd(t *testing.T) {
	mock := rollcalltest.Start(t, "council")
	var url string
	t.Run("short", func(t *testing.T) { url = mock.World(t).URL })
	res, err := mock.Client("default").Get(url + "/api/wards")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusGone {
		t.Errorf("a world whose test is over answers %d", res.StatusCode)
	}
}

// TestWorldByHeader uses the server's own address: the client says which world is meant.
func TestWorldByHeader(t *testing.T) {
	mock := rollcalltest.Start(t, "council")
	world := mock.World(t)
	addWard(t, world, "Here only")
	res, err := world.Client("default").Get(mock.URL + "/api/wards")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if said, _ := io.ReadAll(res.Body); !strings.Contains(string(said), "Here only") {
		t.Errorf("the client of a world is answered %s", said)
	}
	if journal := mock.Journal(t); len(journal) != 0 {
		t.Errorf("the journal of another world has %v", journal)
	}
	journal := world.Journal(t)
	if len(journal) != 2 || journal[0].Operation != "createWard" || journal[1].Path != "/api/wards" || journal[1].Status != 200 {
		t.Errorf("the journal has %v", journal)
	}
}

func TestAdvance(t *testing.T) {
	noon := time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)
	mock := rollcalltest.Start(t, "council", rollcalltest.Clock(func() time.Time { return noon }))
	world := mock.World(t)
	if now := world.Advance(t, 90*time.Minute); !now.Equal(noon.Add(90 * time.Minute)) {
		t.Errorf("the clock of the world stands at %s", now)
	}
	if now := mock.Advance(t, 0); !now.Equal(noon) {
		t.Errorf("the clock of the world it came from stands at %s", now)
	}
}

func TestClient(t *testing.T) {
	mock := rollcalltest.Start(t, "council")
	get := func(client *http.Client, headers map[string]string) int {
		q, err := http.NewRequest(http.MethodGet, mock.URL+"/api/wards", nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range headers {
			q.Header.Set(name, value)
		}
		res, err := client.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		return res.StatusCode
	}
	credential := mock.Target().Personas[target.DefaultPersona].Headers
	wrong := map[string]string{}
	for name := range credential {
		wrong[name] = "wrong"
	}
	for name, row := range map[string]struct {
		persona string
		headers map[string]string
		want    int
	}{
		"a persona":             {"default", nil, 200},
		"nobody":                {"", nil, 401},
		"nobody with a key":     {"", credential, 200},
		"headers that are sent": {"default", wrong, 401},
	} {
		if got := get(mock.Client(row.persona), row.headers); got != row.want {
			t.Errorf("%s is answered %d, want %d", name, got, row.want)
		}
	}
}

// TestContract sees in one contract what is written by another of the same state.
func TestContract(t *testing.T) {
	mock := rollcalltest.Start(t, "probation", rollcalltest.Size(fixtures.Size(10)), rollcalltest.Seed(2)).World(t)
	other := mock.Contract("identity")
	if other.URL == mock.URL || !strings.HasSuffix(other.URL, "/identity") {
		t.Errorf("identity is at %s, probation at %s", other.URL, mock.URL)
	}
	if _, ok := other.Target().Personas[target.DefaultPersona]; !ok {
		t.Error("identity lets nobody in")
	}
}

func TestDefectsAndVariants(t *testing.T) {
	mock := rollcalltest.Start(t, "council", rollcalltest.Defects("COU-WARD-06/omit"), rollcalltest.Variants("indented"))
	taken := wards(t, mock)[0].Name
	addWard(t, mock, taken) // which a sound mock refuses
}

// stopped is a test that stands in for one that has to end.
type stopped struct{ said string }

func (s *stopped) Helper()        {}
func (s *stopped) Cleanup(func()) {}
func (s *stopped) Fatalf(format string, args ...any) {
	s.said = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func TestWrongNames(t *testing.T) {
	mock := rollcalltest.Start(t, "council")
	for name, row := range map[string]struct {
		do   func(rollcalltest.TB)
		want string
	}{
		"contract": {func(s rollcalltest.TB) { rollcalltest.Start(s, "counsil") }, "did you mean council"},
		"defect":   {func(s rollcalltest.TB) { rollcalltest.Start(s, "council", rollcalltest.Defects("X")) }, `"X"`},
		"variant":  {func(s rollcalltest.TB) { rollcalltest.Start(s, "council", rollcalltest.Variants("X")) }, `"X"`},
		"persona":  {func(s rollcalltest.TB) { mock.World(s).Client("X") }, "default"},
		"not here": {func(s rollcalltest.TB) { mock.World(s).Contract("tenants") }, "council is"},
	} {
		t.Run(name, func(t *testing.T) {
			var s stopped
			over := make(chan struct{})
			go func() { defer close(over); row.do(&s) }()
			if <-over; !strings.Contains(s.said, row.want) {
				t.Errorf("it ends with %q, want %s", s.said, row.want)
			}
		})
	}
}

// TestAdminToken holds that a mock whose control API is guarded serves its own tests.
func TestAdminToken(t *testing.T) {
	mock := rollcalltest.Start(t, "council", func(c *mockserver.Config) { c.AdminToken = "open sesame" })
	if world := mock.World(t); len(wards(t, world)) == 0 {
		t.Error("there are no wards")
	}
}
