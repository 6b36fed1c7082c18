package certificate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	intoto "github.com/in-toto/attestation/go/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	"rollcall/reports"
	"rollcall/specs/contract"
	"rollcall/specs/target"
)

// PredicateType is that of the statement in a bundle.
const PredicateType = "https://in-toto.io/attestation/test-result/v0.1"

// Predicate is what the statement says of its subject: a test result, and in its own member
// what this suite adds to it.
type Predicate struct {
	Result        string        `json:"result"`        // PASSED, WARNED or FAILED
	Configuration []resource    `json:"configuration"` // the parts of the bundle that shaped the run
	PassedTests   []string      `json:"passedTests"`   // ids of requirements
	WarnedTests   []string      `json:"warnedTests"`   // recommendations missed, failures waived
	FailedTests   []string      `json:"failedTests"`
	Rollcall      Certification `json:"rollcall"`
}

type resource struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"`
}

// Certification is what a reader wants to know at a glance.
type Certification struct {
	Contract       string                  `json:"contract"`
	ContractDigest string                  `json:"contractDigest"`
	Implementation *reports.Implementation `json:"implementation,omitempty"`
	SuiteVersion   string                  `json:"suiteVersion"`
	SuiteCommit    string                  `json:"suiteCommit,omitempty"`
	Outcome        string                  `json:"outcome"`  // conformant, not conformant, inconclusive, partial
	Headline       string                  `json:"headline"` // the verdict in a line
	Scope          string                  `json:"scope"`
	Level          string                  `json:"level"`        // how far the implementation got
	Waivers        []target.Waiver         `json:"waivers"`      // that the owner of the target has asked for
	Undetermined   []Open                  `json:"undetermined"` // demands that could not be decided
	Exchanges      int                     `json:"exchanges"`
	Started        time.Time               `json:"started"`
	Ended          time.Time               `json:"ended"`
	Issued         time.Time               `json:"issued"`
	Expires        time.Time               `json:"expires"`
}

// Open is a demand that could not be decided, and why.
type Open struct {
	Requirement string `json:"requirement"`
	Text        string `json:"text"`
	Reason      string `json:"reason"`
}

// certify says what a run amounts to.
func certify(run *reports.Run, s settings, exchanges int, issued, expires time.Time) Certification {
	c := Certification{
		Contract: run.Contract, ContractDigest: run.ContractDigest, Implementation: run.Target.Implementation,
		SuiteVersion: run.SuiteVersion, SuiteCommit: run.SuiteCommit,
		Outcome: run.Outcome(), Headline: run.Headline(), Scope: "full", Level: level(run),
		Waivers: append([]target.Waiver{}, s.Target.Waivers...), Undetermined: []Open{}, Exchanges: exchanges,
		Started: run.Started, Ended: run.Ended, Issued: issued, Expires: expires,
	}
	if run.Partial() {
		c.Scope = run.Headline()
	}
	for _, result := range run.Results {
		if result.Verdict == reports.Undetermined && result.Level == contract.Must && result.Deciding() {
			c.Undetermined = append(c.Undetermined, Open{result.Requirement, result.Text, result.Reason})
		}
	}
	return c
}

// level is how far an implementation got.
func level(run *reports.Run) string {
	must, should := run.Summary.Must, run.Summary.Should
	switch {
	case run.Outcome() != "conformant":
		return "none"
	case must.Waived > 0:
		return "MUST, some of it waived"
	case should.Missed+should.Undetermined+should.Fail+should.Waived > 0:
		return "MUST"
	}
	return "MUST and SHOULD"
}

// predicateOf is what the statement of a bundle has to say, given its other parts.
func predicateOf(run *reports.Run, says Certification, all parts) Predicate {
	p := Predicate{Result: "FAILED", PassedTests: []string{}, WarnedTests: []string{}, FailedTests: []string{}, Rollcall: says}
	for _, result := range run.Results {
		switch result.Verdict {
		case reports.Pass:
			p.PassedTests = append(p.PassedTests, result.Requirement)
		case reports.Missed, reports.Waived:
			p.WarnedTests = append(p.WarnedTests, result.Requirement)
		case reports.Fail:
			p.FailedTests = append(p.FailedTests, result.Requirement)
		}
	}
	switch {
	case says.Outcome == "conformant" && says.Level == "MUST and SHOULD":
		p.Result = "PASSED"
	case says.Outcome == "conformant":
		p.Result = "WARNED"
	}
	for _, name := range []string{partTarget, partDocument, partCatalogue} {
		p.Configuration = append(p.Configuration, resource{name, map[string]string{"sha256": digest(all.get(name))}})
	}
	return p
}

// statementOf is the in-toto statement of a bundle. Its first subject is the implementation,
// with the digest of all parts together; each part is another.
func statementOf(p Predicate, all parts) ([]byte, error) {
	text, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	body := &structpb.Struct{}
	if err := protojson.Unmarshal(text, body); err != nil {
		return nil, err
	}
	statement := &intoto.Statement{
		Type: intoto.StatementTypeUri, PredicateType: PredicateType, Predicate: body,
		Subject: []*intoto.ResourceDescriptor{{Name: subject(p.Rollcall), Digest: map[string]string{"sha256": all.whole()}}},
	}
	for _, one := range all {
		statement.Subject = append(statement.Subject,
			&intoto.ResourceDescriptor{Name: one.name, Digest: map[string]string{"sha256": digest(one.data)}})
	}
	if err := statement.Validate(); err != nil {
		return nil, fmt.Errorf("the statement: %w", err)
	}
	if text, err = protojson.Marshal(statement); err != nil {
		return nil, err
	}
	var out bytes.Buffer // the library puts blanks where it likes
	err = json.Compact(&out, text)
	return out.Bytes(), err
}

// subject names what the certificate is about.
func subject(c Certification) string {
	if i := c.Implementation; i != nil && strings.TrimSpace(i.Name+i.Version) != "" {
		return strings.TrimSpace(i.Name + " " + i.Version)
	}
	return "an implementation of " + c.Contract + " without a name"
}

// read takes a statement apart, by in-toto's own reader.
func read(payload []byte) (*intoto.Statement, Predicate, error) {
	statement, p := &intoto.Statement{}, Predicate{}
	if err := protojson.Unmarshal(payload, statement); err != nil {
		return nil, p, fmt.Errorf("it is no in-toto statement: %w", err)
	}
	if err := statement.Validate(); err != nil {
		return nil, p, fmt.Errorf("it is no valid in-toto statement: %w", err)
	}
	if statement.PredicateType != PredicateType {
		return nil, p, fmt.Errorf("its predicate is of type %q, not %q", statement.PredicateType, PredicateType)
	}
	text, err := protojson.Marshal(statement.Predicate)
	if err == nil {
		err = json.Unmarshal(text, &p)
	}
	return statement, p, err
}
