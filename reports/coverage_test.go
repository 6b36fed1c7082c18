package reports

import (
	"reflect"
	"testing"
)

func TestCoverageAddsUp(t *testing.T) {
	named := []Coverage{{Operation: "list", Statuses: []StatusCount{{200, true, 0}, {404, true, 0}},
		Parameters: []ParameterUses{{"page", 0}}}, {Operation: "read"}}
	met := []Coverage{{Operation: "list", Statuses: []StatusCount{{200, false, 3}, {418, false, 1}},
		Parameters: []ParameterUses{{"page", 2}, {"odd", 1}}}}
	want := []Coverage{{Operation: "list", Statuses: []StatusCount{{200, true, 6}, {404, true, 0}, {418, false, 2}},
		Parameters: []ParameterUses{{"odd", 2}, {"page", 4}}}, {Operation: "read"}}
	if got := AddCoverage(AddCoverage(named, met), met); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	table := coverageOf(&Run{Coverage: want})
	tones := []Verdict{}
	for _, cell := range table.Rows[0].Cells {
		tones = append(tones, cell.Tone)
	}
	if !reflect.DeepEqual(tones, []Verdict{Pass, Undetermined, Missed}) {
		t.Errorf("the picture is %v", tones)
	}
}
