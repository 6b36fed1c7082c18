// Package reports holds what a run of the suite found and writes it in every
// format: JSON, JUnit, console, Markdown and HTML. The JSON file is the source
// of all the others. The package knows nothing of how a run is made.
//
// It is an API for users: names stay, members are only added, and the files that it writes
// and reads keep their schema.
package reports

import (
	"strings"
	"time"

	"rollcall/specs/contract"
)

// RunSchema and MatrixSchema name the two file formats and their version.
const (
	RunSchema    = "rollcall.run/v1"
	MatrixSchema = "rollcall.matrix/v1"
)

// Run is one run of the suite over one contract and one target.
type Run struct {
	Schema         string `json:"schema"` // always RunSchema
	Contract       string `json:"contract"`
	ContractDigest string `json:"contract_digest"` // "sha256:…"
	// what the sources of requirements cite by line; reports tell it beside what failed
	Documents    []contract.CitedDocument `json:"documents,omitempty"`
	SuiteVersion string                   `json:"suite_version"`
	// that the suite was built from, "+changed" where files were changed since; "" when unknown
	SuiteCommit string         `json:"suite_commit,omitempty"`
	Seed        uint64         `json:"seed"`
	Target      TargetInfo     `json:"target"`
	FailOn      string         `json:"fail_on,omitempty"`   // FailOnShould where recommendations decide, too
	Options     *Options       `json:"options,omitempty"`   // what else shaped the run; nil = nothing
	Catalogue   int            `json:"catalogue,omitempty"` // how many requirements the contract has; 0 = not told
	Started     time.Time      `json:"started"`
	Ended       time.Time      `json:"ended,omitzero"`
	Interrupted bool           `json:"interrupted,omitempty"` // before its end, so that cases were not run
	Requests    int64          `json:"requests,omitempty"`    // that the cases sent
	LatencyMS   float64        `json:"latency_ms,omitempty"`  // what one of them waited for its answer, on average
	HTTPMS      int64          `json:"http_ms,omitempty"`     // that each process waited for answers
	DurationMS  int64          `json:"duration_ms"`
	Summary     Summary        `json:"summary"`        // kept true by Summarise
	Left        map[string]int `json:"left,omitempty"` // at the target for good, by the operation that made it
	// the ids of what is left, by the same; "?" where an answer told none
	LeftRecords map[string][]string `json:"left_records,omitempty"`
	Coverage    []Coverage          `json:"coverage,omitempty"` // by operation, in the order of the document
	Results     []Result            `json:"results"`            // one per requirement of the catalogue, in its order
	Proof       *Matrix             `json:"-"`                  // how the suite itself was proved, for the page; nil = not given
}

// Options are what was asked of a run beside the contract and the target. What narrows
// it makes a run partial.
type Options struct {
	Only     []string `json:"only,omitempty"`      // patterns of requirements and operations
	Profile  string   `json:"profile,omitempty"`   // "" = full
	Shard    string   `json:"shard,omitempty"`     // "2/5" is the second of five parts
	ReadOnly bool     `json:"read_only,omitempty"` // no write was sent
	Defects  []string `json:"defects,omitempty"`   // of the mock, which was started for the run, or said so
	Variants []string `json:"variants,omitempty"`
	Config   string   `json:"config,omitempty"`   // the target file, as it was given
	Contract string   `json:"contract,omitempty"` // the path of a contract of somebody's own, as it was given
	Rate     float64  `json:"rate,omitempty"`     // requests a second, 0 = unlimited
	Settle   string   `json:"settle,omitempty"`   // how long was waited for a written value to show
}

// FailOnMust and FailOnShould say what decides a verdict: what the documents demand, or
// what was inferred from them as well.
const (
	FailOnMust   = "must"
	FailOnShould = "should"
)

// TargetInfo says what was judged and how strictly.
type TargetInfo struct {
	Implementation *Implementation `json:"implementation,omitempty"`
	URL            string          `json:"url"`
	Worlds         string          `json:"worlds,omitempty"` // where it makes worlds, "" when it has none
	Reading        string          `json:"reading"`          // "strict" or "accepting"
	// Readings are the named readings of the contract that the target follows.
	Readings []string `json:"readings,omitempty"`
}

// Implementation is what was judged, by its own target file.
type Implementation struct {
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
	Vendor  string `json:"vendor,omitempty"`
	Contact string `json:"contact,omitempty"`
	URL     string `json:"url,omitempty"`
}

// String is its name and version and whose it is.
func (i *Implementation) String() string {
	if i == nil {
		return ""
	}
	text := strings.TrimSpace(i.Name + " " + i.Version)
	if i.Vendor != "" {
		text = strings.TrimPrefix(text+" of "+i.Vendor, " of ")
	}
	return text
}

// Summary counts requirements by verdict. The six counts add up to
// Requirements. Conformant is true when no requirement that decides the verdict
// failed, at least one passed, and the run was not partial.
type Summary struct {
	Requirements  int         `json:"requirements"`
	Pass          int         `json:"pass"`
	Fail          int         `json:"fail"`
	Missed        int         `json:"missed"`
	Undetermined  int         `json:"undetermined"`
	NotApplicable int         `json:"not_applicable"`
	Waived        int         `json:"waived"`
	Conformant    bool        `json:"conformant"`
	Outcome       string      `json:"outcome"`  // as Run.Outcome has it
	Headline      string      `json:"headline"` // as Run.Headline has it
	Decided       int         `json:"decided"`  // all but the undetermined ones
	Must          LevelCounts `json:"must"`
	Should        LevelCounts `json:"should"`
}

// LevelCounts counts the requirements of one level by verdict.
type LevelCounts struct {
	Requirements  int `json:"requirements"`
	Pass          int `json:"pass"`
	Fail          int `json:"fail"`
	Missed        int `json:"missed"`
	Undetermined  int `json:"undetermined"`
	NotApplicable int `json:"not_applicable"`
	Waived        int `json:"waived"`
}

// Result is the verdict on one requirement.
type Result struct {
	Requirement string           `json:"requirement"`
	Level       contract.Level   `json:"level"`
	Decides     contract.Decides `json:"decides,omitempty"` // left out of the file when it is "verdict"
	Text        string           `json:"text"`
	Source      string           `json:"source,omitempty"`   // who says so: "seed 003, line 12", or "inferred: " and from what
	Document    string           `json:"document,omitempty"` // of the contract, in which it stands
	Line        int              `json:"line,omitempty"`     // there
	Operations  []string         `json:"operations"`
	Verdict     Verdict          `json:"verdict"`
	Reason      string           `json:"reason"` // why it is not a pass; empty for a pass
	Cases       []CaseResult     `json:"cases"`
	Evidence    []Evidence       `json:"evidence"`
}

// CaseResult is the outcome of one case of a requirement.
type CaseResult struct {
	Title      string  `json:"title"`
	Verdict    Verdict `json:"verdict"`
	Reason     string  `json:"reason"`
	DurationMS int64   `json:"duration_ms"`
	World      string  `json:"world,omitempty"` // in which it ran, where it was kept
	Broke      bool    `json:"broke,omitempty"` // by an error of the suite, for which the target can do nothing
}

// SecretMark stands in evidence where a secret stood.
const SecretMark = "$TOKEN"

// NoCredential and OtherCredential say of a request that its credential is not the persona's own.
const (
	NoCredential    = "none"
	OtherCredential = "another"
)

// StepBefore begins the note of an exchange that led to the one that decided, StepAfter that of
// one that showed afterwards what the decisive one had done.
const (
	StepBefore = "a step before"
	StepAfter  = "a step after"
)

// What Evidence.Secrets tells begins with one of these. In what was made up MadeAnew stands for letters that whoever makes the
// request again makes anew.
const (
	SecretGiven = "given:" // and its name in the target file
	SecretMade  = "made:"  // and what to send
	MadeAnew    = "$NEW"
)

// Sight is where in an answer it shows what went wrong, so that others look there, too.
type Sight struct {
	Part string `json:"part"` // "status", "header" or "body"
	// of the header, or a JSON pointer into the body, in which * is each item; of two answers the name of a member, anywhere
	Name   string `json:"name,omitempty"`
	Unlike int    `json:"unlike,omitempty"` // so many exchanges before is the one that had to be the same there; 0 = none
}

// Evidence is one exchange with the target that a verdict rests on. Secrets are
// redacted before it gets here: the writers print it as it stands.
type Evidence struct {
	Case            string              `json:"case"`                 // the case's title
	Operation       string              `json:"operation,omitempty"`  // "" for a call outside the contract
	Persona         string              `json:"persona,omitempty"`    // whose credential it carried; "" = default
	Credential      string              `json:"credential,omitempty"` // NoCredential or OtherCredential where it was not its own
	MovedMS         int64               `json:"moved_ms,omitempty"`   // how far the clock of the case's world was moved before it
	Method          string              `json:"method"`
	URL             string              `json:"url"`
	RequestHeaders  map[string][]string `json:"request_headers"` // an http.Header can be assigned as it is
	RequestBody     string              `json:"request_body"`
	Status          int                 `json:"status"` // 0 when no answer came
	ResponseHeaders map[string][]string `json:"response_headers"`
	ResponseBody    string              `json:"response_body"`
	Curl            string              `json:"curl"` // one line that repeats the request
	Note            string              `json:"note"` // what this exchange shows
	// where it does; nil where that is not known, or it shows nothing
	Shows *Sight `json:"shows,omitempty"`
	// what each SecretMark in the request body stands for, "" where that is not known; nil when none is
	Secrets []string `json:"secrets,omitempty"`
}

// Matrix is the outcome of running the suite once per mutant.
type Matrix struct {
	Schema   string `json:"schema"` // always MatrixSchema
	Contract string `json:"contract"`
	// ContractDigest is "sha256:…", "" in files that were written without it.
	ContractDigest string               `json:"contract_digest,omitempty"`
	Mutants        int                  `json:"mutants"` // killed, survived and excused together
	Killed         int                  `json:"killed"`
	Survived       []string             `json:"survived"` // mutants by name, "ID/OPERATOR"
	Excused        []Excuse             `json:"excused"`
	Score          float64              `json:"score"` // killed / (killed + survived), 0 to 1
	ByRequirement  []RequirementMutants `json:"by_requirement"`
}

// Excuse is a mutant that no suite can tell from the original, and why.
type Excuse struct {
	Mutant string `json:"mutant"`
	Reason string `json:"reason"`
}

// RequirementMutants is the part of a Matrix about one requirement.
type RequirementMutants struct {
	Requirement string   `json:"requirement"`
	Mutants     int      `json:"mutants"`
	Killed      int      `json:"killed"`
	Survived    []string `json:"survived"`
	Reason      string   `json:"reason"` // why it has no mutant; empty when it has one
}
