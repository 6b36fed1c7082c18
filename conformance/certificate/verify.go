package certificate

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/brought"
	"rollcall/specs/contract"
)

// Finding is one thing that keeps a bundle from being believed, and where it is.
type Finding struct {
	Part        string // of the bundle; "" for the archive itself
	Requirement string
	Case        string
	Exchange    int // of the case, from 1; 0 for none
	Text        string
}

// String is the finding in one line.
func (f Finding) String() string {
	var where []string
	for _, piece := range []string{f.Part, f.Requirement} {
		if piece != "" {
			where = append(where, piece)
		}
	}
	if f.Case != "" {
		where = append(where, fmt.Sprintf("case %q", f.Case))
	}
	if f.Exchange > 0 {
		where = append(where, fmt.Sprintf("exchange %d", f.Exchange))
	}
	return strings.Join(append(where, f.Text), ": ")
}

// Verified is what is known of a bundle.
type Verified struct {
	Findings   []Finding
	KeyID      string // of the key by which the signature was checked
	Vouched    bool   // the reader has brought that key; else it is the bundle's own
	Subject    string
	Says       Certification
	Result     string
	Recomputed int      // verdicts that came out again
	All        int      // requirements of the catalogue
	Not        []string // ids of those whose verdict can't be recomputed: secrets were cut out of what they rest on
	OnTrust    []string // of those, the MUSTs that pass by the word of whoever made the bundle alone
	Exchanges  int      // played
}

func (v *Verified) add(where, format string, args ...any) {
	v.Findings = append(v.Findings, Finding{Part: where, Text: fmt.Sprintf(format, args...)})
}

// Trust is what the reader of a bundle brings.
type Trust struct {
	Key      ed25519.PublicKey // of whom they trust; nil checks against the bundle's own
	Contract string            // where a contract is that is none of ours; no path of the bundle is opened
}

// Verify checks a bundle, without a network: signature, digests, expiry, the account, and every
// verdict that its exchanges allow. The error says that the bytes are no bundle at all.
func Verify(ctx context.Context, bundle []byte, trust Trust, now time.Time) (*Verified, error) {
	key := trust.Key
	v := &Verified{Vouched: key != nil}
	all, found, err := unpack(bundle)
	if err != nil {
		return nil, err
	}
	v.Findings = found
	if key == nil {
		if key, err = PublicKey(all.get(partKey)); err != nil {
			v.add(partKey, "%v", err)
			return v, nil
		}
	}
	v.KeyID = KeyID(key)
	if own, err := publicPEM(key); err != nil || !bytes.Equal(own, all.get(partKey)) {
		v.add(partKey, "it is not the key %s", v.KeyID)
	}
	payload, err := unseal(ctx, all.get(partStatement), key)
	if err != nil {
		v.add(partStatement, "%v", err)
	}
	if payload == nil {
		return v, nil
	}
	p := v.statement(payload, all, now)
	if len(v.Findings) == 0 { // what was changed after it was signed proves nothing
		v.contents(ctx, p, all, trust.Contract)
	}
	return v, nil
}

// statement holds the statement against the parts and the calendar.
func (v *Verified) statement(payload []byte, all parts, now time.Time) Predicate {
	statement, p, err := read(payload)
	if err != nil {
		v.add(partStatement, "%v", err)
		return p
	}
	v.Says, v.Result, v.Subject = p.Rollcall, p.Result, statement.Subject[0].GetName()
	told := map[string]string{}
	for _, one := range statement.Subject[1:] {
		told[one.GetName()] = one.GetDigest()["sha256"]
	}
	for _, one := range all.signed() {
		if told[one.name] != digest(one.data) {
			v.add(one.name, "it is not what was signed: its digest is sha256:%s, the statement has %q", digest(one.data),
				told[one.name])
		}
	}
	const longest = 5 * 366 * 24 * time.Hour
	switch says := p.Rollcall; {
	case now.After(says.Expires):
		v.add(partStatement, "the certificate expired on %s", says.Expires.Format(time.DateOnly))
	case says.Issued.After(now.Add(24 * time.Hour)):
		v.add(partStatement, "the certificate is of the future: issued on %s", says.Issued.Format(time.DateOnly))
	case says.Issued.Before(says.Ended.Add(-time.Minute)), says.Ended.Before(says.Started), says.Expires.Before(says.Issued),
		says.Expires.Sub(says.Issued) > longest:
		v.add(partStatement, "its times can't be: started %s, ended %s, issued %s, expires %s", says.Started, says.Ended,
			says.Issued, says.Expires)
	}
	return p
}

// contents reads the parts and holds them against each other, the catalogue, and the suite.
func (v *Verified) contents(ctx context.Context, p Predicate, all parts, own string) {
	run, err := reports.ReadRun(bytes.NewReader(all.get(partRun)))
	if err != nil {
		v.add(partRun, "%v", err)
		return
	}
	var again bytes.Buffer
	if err := reports.WriteJSON(&again, run); err != nil || !bytes.Equal(again.Bytes(), all.get(partRun)) {
		v.add(partRun, "its summary does not follow from its results, or it is written otherwise %s",
			firstDifference(again.Bytes(), all.get(partRun)))
	}
	its := settings{}
	if err := json.Unmarshal(all.get(partTarget), &its); err != nil {
		v.add(partTarget, "it can't be read: %v", err)
		return
	}
	exchanges, err := decode(all.get(partExchanges))
	if err != nil {
		v.add(partExchanges, "it can't be read: %v", err)
		return
	}
	v.Exchanges = len(exchanges)
	v.sequence(run, exchanges)
	v.predicate(p, run, its, len(exchanges), all)
	switch {
	case its.Contract != "" && own == "":
		v.add(partDocument, "the contract is one of its maker's own, at %q there: name yours with --contract, so that "+
			"the verdicts can be recomputed by it", its.Contract)
		return
	case its.Contract == "" && own != "":
		v.add(partDocument, "it is about %s, which rollcall has itself: leave --contract out", run.Contract)
		return
	}
	c, err := brought.Find(cmp.Or(own, run.Contract))
	if err != nil {
		v.add(partRun, "%v", err)
		return
	}
	if v.account(run, c, all) {
		v.replay(ctx, run, its, exchanges, c)
	}
}

// sequence holds that exchanges are numbered without a gap and stand in the order of time.
func (v *Verified) sequence(run *reports.Run, all []*Exchange) {
	count, before := map[[2]string]int{}, run.Started
	for _, one := range all {
		key := [2]string{one.Requirement, one.Case}
		count[key]++
		found := Finding{Part: partExchanges, Requirement: one.Requirement, Case: one.Case, Exchange: one.Number}
		switch {
		case one.Number != count[key]:
			found.Text = fmt.Sprintf("number %d ought to stand here: one was taken out, added or moved", count[key])
		case one.At.Before(before) || one.At.After(run.Ended.Add(time.Second)):
			found.Text = fmt.Sprintf("its time %s is not after that of the exchange before, within the run", one.At)
		}
		before = one.At
		if found.Text != "" {
			v.Findings = append(v.Findings, found)
			return // all that follow would be told again
		}
	}
}

// predicate holds the statement against what the run amounts to.
func (v *Verified) predicate(p Predicate, run *reports.Run, its settings, exchanges int, all parts) {
	want := predicateOf(run, certify(run, its, exchanges, p.Rollcall.Issued, p.Rollcall.Expires), all.signed())
	was, _ := json.Marshal(p) // both are made of texts
	is, _ := json.Marshal(want)
	if !bytes.Equal(was, is) {
		v.add(partStatement, "it does not say what the run amounts to: it has …%s, the run gives …%s", cutAround(was, is),
			cutAround(is, was))
	}
}

// cutAround is the piece of a text at its first difference from another one.
func cutAround(text, other []byte) string {
	at := 0
	for at < len(text) && at < len(other) && text[at] == other[at] {
		at++
	}
	const before, most = 30, 90
	from := max(0, at-before)
	return strings.ToValidUTF8(string(text[from:min(from+most, len(text))]), "")
}

// account holds that every requirement of the catalogue has its result, and says whether the
// bundle is about the contract that this program has.
func (v *Verified) account(run *reports.Run, c *contract.Contract, all parts) bool {
	own, err := contractParts(c)
	if err != nil {
		v.add(partDocument, "%v", err)
		return false
	}
	same := run.ContractDigest == c.Digest
	for _, one := range own {
		same = same && bytes.Equal(one.data, all.get(one.name))
	}
	if !same && c.Path != "" {
		v.add(partDocument, "it is not the contract that %s has now (%s)", c.Path, c.Digest)
		return false
	}
	if !same {
		v.add(partDocument, "it is not the contract %s that this rollcall has (%s): verify with rollcall %s", c.Name, c.Digest,
			run.SuiteVersion)
		return false
	}
	v.All = len(c.Requirements)
	given := map[string]reports.Result{}
	for _, result := range run.Results {
		given[result.Requirement] = result
		if _, known := c.Requirement(result.Requirement); !known {
			v.Findings = append(v.Findings, Finding{Part: partRun, Requirement: result.Requirement,
				Text: "there is no such requirement in the contract"})
		}
	}
	for _, q := range c.Requirements {
		result, told := given[q.ID]
		switch {
		case !told:
			v.Findings = append(v.Findings, Finding{Part: partRun, Requirement: q.ID, Text: "it has no result"})
		case result.Level != q.Level || result.Text != q.Text || result.Deciding() != (q.Decides != contract.DecidesReport) ||
			!slices.Equal(result.Operations, q.Operations) || result.Source != q.Source:
			v.Findings = append(v.Findings, Finding{Part: partRun, Requirement: q.ID,
				Text: fmt.Sprintf("its level, text, source or operations are not those of the catalogue: %s", q.Level)})
		}
	}
	if run.Catalogue != len(c.Requirements) {
		v.add(partRun, "it says that the catalogue has %d requirements; it has %d", run.Catalogue, len(c.Requirements))
	}
	return true
}

// replay runs the suite over the recorded exchanges and compares what comes out.
func (v *Verified) replay(ctx context.Context, run *reports.Run, its settings, exchanges []*Exchange, c *contract.Contract) {
	api, err := conformance.API(c)
	if err != nil {
		v.add(partRun, "%v", err)
		return
	}
	keeper := newKeeper()
	at := &clock{at: run.Started}
	play := newPlayer(exchanges, at, keeper)
	its.Target.Transport = play
	config := suite.Config{Contract: c, API: api, Target: its.Target, Seed: run.Seed, Version: run.SuiteVersion,
		FailOn: run.FailOn, UniqueSeed: its.UniqueSeed, Now: at.now, Secrets: keeper, InTurn: true}
	if o := run.Options; o != nil {
		config.Only, config.Profile, config.ReadOnly = o.Only, o.Profile, o.ReadOnly
	}
	again, err := suite.RunLoop(ctx, config)
	if err != nil {
		v.add(partExchanges, "the run can't be played again: %v", err)
		v.Findings = append(v.Findings, play.findings()...)
		return
	}
	v.Findings = append(v.Findings, play.findings()...)
	v.compare(run, again, play)
	if !reflect.DeepEqual(run.Documents, again.Documents) {
		v.add(partRun, "it names the documents %v, and the contract's are %v", run.Documents, again.Documents)
	}
	if len(v.Not) == 0 && (run.Requests != again.Requests || !reflect.DeepEqual(run.Coverage, again.Coverage)) {
		v.add(partRun, "it counts other requests, or answers of operations, than its exchanges: %d, not %d", run.Requests,
			again.Requests)
	}
	if !reflect.DeepEqual(judged(run), judged(again)) {
		v.add(partRun, "its target is %+v, %s has %+v", judged(run), partTarget, judged(again))
	}
}

func judged(run *reports.Run) reports.TargetInfo {
	its := run.Target
	its.Implementation = nil
	return its
}
