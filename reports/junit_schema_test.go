package reports

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// junitElement is what the JUnit schema of Jenkins (junit-10.xsd) lets stand in an element,
// in the order of "in" but where any order will do.
type junitElement struct {
	in        []string // elements
	must, may []string // attributes
	holdsText bool
}

func junitSchema() map[string]junitElement {
	said := junitElement{may: []string{"type", "message"}, holdsText: true}
	return map[string]junitElement{
		"":           {in: []string{"testsuites"}},
		"testsuites": {in: []string{"testsuite"}, may: []string{"name", "time", "tests", "failures", "errors"}},
		"testsuite": {in: []string{"testsuite", "properties", "testcase", "system-out", "system-err"},
			must: []string{"name", "tests", "failures", "errors"},
			may:  []string{"group", "time", "skipped", "timestamp", "hostname", "id", "package", "file", "log", "url"}},
		"properties": {in: []string{"property"}},
		"property":   {must: []string{"name", "value"}},
		"testcase": {in: []string{"skipped", "error", "failure", "system-out", "system-err"}, must: []string{"name"},
			may: []string{"time", "classname", "group"}},
		"skipped": said, "error": said, "failure": said,
		"system-out": {holdsText: true}, "system-err": {holdsText: true},
	}
}

// times and counts are what the schema, and what its readers, take for numbers.
var (
	junitTime  = regexp.MustCompile(`^[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]{1,3})?$|^[0-9]+(\.[0-9]{1,3})?$`)
	junitCount = regexp.MustCompile(`^[0-9]+$`)
)

// junitFaults says where a text breaks the schema.
func junitFaults(text string) (faults []string) {
	known, path := junitSchema(), []string{""}
	for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return faults
		}
		if err != nil {
			return append(faults, err.Error())
		}
		within := path[len(path)-1]
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			if !slices.Contains(known[within].in, name) {
				faults = append(faults, fmt.Sprintf("%s stands in %q", name, within))
			}
			faults = append(faults, attributeFaults(known[name], token)...)
			path = append(path, name)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if !known[within].holdsText && strings.TrimSpace(string(token)) != "" {
				faults = append(faults, fmt.Sprintf("the text %.20q stands in %q", token, within))
			}
		}
	}
}

func attributeFaults(of junitElement, e xml.StartElement) (faults []string) {
	var there []string
	for _, a := range e.Attr {
		name := a.Name.Local
		there = append(there, name)
		number := map[string]*regexp.Regexp{"time": junitTime, "tests": junitCount, "failures": junitCount, "errors": junitCount,
			"skipped": junitCount}[name]
		switch {
		case !slices.Contains(of.must, name) && !slices.Contains(of.may, name):
			faults = append(faults, e.Name.Local+" has no "+name)
		case number != nil && !number.MatchString(a.Value):
			faults = append(faults, fmt.Sprintf("%s of %s is %q", name, e.Name.Local, a.Value))
		}
	}
	for _, name := range of.must {
		if !slices.Contains(there, name) {
			faults = append(faults, e.Name.Local+" lacks "+name)
		}
	}
	return faults
}

// TestJUnitKeepsTheSchema holds the report to what Jenkins checks it by.
func TestJUnitKeepsTheSchema(t *testing.T) {
	long := sampleRun()
	long.DurationMS = 7_654_321
	for name, run := range map[string]*Run{"a run": sampleRun(), "a long run": long, "nothing": {},
		"a bare run": {Contract: "toy", Results: []Result{{Requirement: "TOY-A-01", Level: "MUST", Verdict: Undetermined,
			Reason: "]]>", Cases: []CaseResult{{Title: "it", Verdict: Undetermined, Broke: true}}}}}} {
		for way, write := range map[string]writer{"strict": WriteJUnit, "lenient": WriteJUnitLenient} {
			for _, fault := range junitFaults(rendered(t, write, run)) {
				t.Errorf("%s, %s: %s", name, way, fault)
			}
		}
	}
}

// TestJUnitFaults holds that what breaks the schema is seen.
func TestJUnitFaults(t *testing.T) {
	for text, want := range map[string]string{
		`<testsuites skipped="1"/>`:                                           "testsuites has no skipped",
		`<testsuites><testcase name="a"/></testsuites>`:                       `testcase stands in "testsuites"`,
		`<testsuites><testsuite name="a" tests="1" errors="0"/></testsuites>`: "testsuite lacks failures",
		`<testsuites time="1m"/>`:                                             `time of testsuites is "1m"`,
		`<testsuites>text</testsuites>`:                                       `the text "text" stands in "testsuites"`,
		`<testsuites>`:                                                        "unexpected EOF",
	} {
		if got := strings.Join(junitFaults(text), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
