package bench

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestBenchNamesContractsOnce(t *testing.T) {
	got := distinct([]string{"volunteers", "council", "volunteers", "council"})
	if want := []string{"volunteers", "council"}; !slices.Equal(got, want) {
		t.Errorf("it is %v, want %v", got, want)
	}
}

func TestBenchWritesBesideWhatIsChosen(t *testing.T) {
	all := []scenario{{name: "a item"}, {name: "a create", serial: serial}, {name: "b item"}, {name: "b create", serial: serial},
		{name: "c item"}}
	for chosen, want := range map[string]string{"a item": "a create", "b item": "b create", "c item": "a create"} {
		if got, ok := writingBeside(scenario{name: chosen}, all); !ok || got.name != want {
			t.Errorf("beside %s runs %q, want %q", chosen, got.name, want)
		}
	}
	if got, ok := writingBeside(all[0], all[:1]); ok {
		t.Errorf("%q is taken for a load that writes", got.name)
	}
}

func TestBenchLeavesOutWhatIsNotMeasured(t *testing.T) {
	got, err := json.Marshal(crowd{Name: "x", Connections: 16, Mock: 1, P50: 2, P99: 3, P999: 4})
	want := `{"name":"x","connections":16,"mock_per_second":1,"mock_p50_us":2,"mock_p99_us":3,"mock_p999_us":4}`
	if err != nil || string(got) != want {
		t.Errorf("it is %s (%v), want %s", got, err, want)
	}
}
