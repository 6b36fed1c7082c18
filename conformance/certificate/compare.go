package certificate

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"rollcall/reports"
	"rollcall/specs/contract"
	"rollcall/specs/secret"
)

func newKeeper() *secret.Keeper {
	keeper := &secret.Keeper{}
	keeper.Add(secret.Mark)
	return keeper
}

// compare holds the results of the bundle against those that came out again. Where a secret was
// cut out of what a case rests on, another outcome proves nothing.
func (v *Verified) compare(was, is *reports.Run, play *player) {
	again := map[string]reports.Result{}
	for _, result := range is.Results {
		again[result.Requirement] = result
	}
	for _, result := range was.Results {
		where, differs := difference(result, again[result.Requirement])
		// Where a contract of its maker's own lies is not where the reader has it.
		other := again[result.Requirement]
		if path.Base(result.Document) != path.Base(other.Document) || result.Line != other.Line {
			v.Findings = append(v.Findings, Finding{Part: partRun, Requirement: result.Requirement,
				Text: fmt.Sprintf("it stands in line %d of %q, not in line %d of %q", other.Line, other.Document, result.Line,
					result.Document)})
		}
		switch {
		case differs == "":
			v.Recomputed++
		case play.blind(result, again[result.Requirement]):
			v.Not = append(v.Not, result.Requirement)
			if result.Level == contract.Must && result.Verdict == reports.Pass {
				v.OnTrust = append(v.OnTrust, result.Requirement)
			}
		default:
			v.Findings = append(v.Findings, Finding{Part: partRun, Requirement: result.Requirement, Case: where, Text: differs})
		}
	}
}

// blind says whether what a result rests on had secrets in it. What came out again tells it as well; what the bundle shows as
// evidence does not, for whoever made it may write what they like there.
func (p *player) blind(result, again reports.Result) bool {
	lost := false
	for key, tape := range p.tapes {
		if tape.redacted && key[0] == result.Requirement {
			return true
		}
		lost = lost || tape.redacted && tape.strayed != nil
	}
	found := func(c reports.CaseResult) bool { return c.Title == reports.FoundTitle }
	if lost && slices.ContainsFunc(result.Cases, found) { // it may have been found in a case that could not be played
		return true
	}
	return slices.ContainsFunc(again.Evidence, func(e reports.Evidence) bool {
		one := Exchange{ResponseBody: Body(e.ResponseBody), ResponseHeaders: e.ResponseHeaders}
		return one.hides()
	})
}

// difference says in what two results differ, and in which case; "" when in nothing.
func difference(was, is reports.Result) (where, differs string) {
	if was.Verdict != is.Verdict {
		return "", fmt.Sprintf("the bundle says %s, its exchanges give %s%s", was.Verdict.Label(), orNothing(is.Verdict),
			because(is))
	}
	if len(was.Cases) != len(is.Cases) {
		return "", fmt.Sprintf("it has %d cases, the suite has %d", len(was.Cases), len(is.Cases))
	}
	for i, one := range was.Cases {
		other := is.Cases[i]
		switch {
		case one.Title != other.Title:
			return one.Title, fmt.Sprintf("the suite has the case %q here", other.Title)
		case one.Verdict != other.Verdict:
			return one.Title, fmt.Sprintf("the bundle says %s, its exchanges give %s", one.Verdict.Label(), other.Verdict.Label())
		case !alike(one.Reason, other.Reason):
			return one.Title, otherReason(one.Reason, other.Reason)
		}
	}
	if !alike(was.Reason, is.Reason) {
		return "", otherReason(was.Reason, is.Reason)
	}
	return evidenceDifference(was, is)
}

func otherReason(was, is string) string {
	return fmt.Sprintf("the reason is not the one that the exchanges give: %q, and not %q", short(is), short(was))
}

func evidenceDifference(was, is reports.Result) (where, differs string) {
	if len(was.Evidence) != len(is.Evidence) {
		return "", fmt.Sprintf("it shows %d exchanges as evidence, the suite shows %d", len(was.Evidence), len(is.Evidence))
	}
	for i, one := range was.Evidence {
		other := is.Evidence[i]
		same := one.Case == other.Case && one.Operation == other.Operation && one.Persona == other.Persona &&
			one.Credential == other.Credential && one.MovedMS == other.MovedMS && one.Method == other.Method &&
			one.Status == other.Status && alike(one.URL, other.URL) && alike(one.RequestBody, other.RequestBody) &&
			alike(one.ResponseBody, other.ResponseBody) && alike(one.Note, other.Note) && alike(one.Curl, other.Curl) &&
			differing(one.RequestHeaders, other.RequestHeaders) == "" &&
			differing(one.ResponseHeaders, other.ResponseHeaders) == ""
		if !same {
			return one.Case, fmt.Sprintf("evidence %d is not the exchange that the suite shows: %s %s -> %d", i+1, other.Method,
				other.URL, other.Status)
		}
	}
	return "", ""
}

func orNothing(v reports.Verdict) string {
	if v == "" {
		return "nothing"
	}
	return v.Label()
}

func because(r reports.Result) string {
	if r.Reason == "" {
		return ""
	}
	return ": " + short(r.Reason)
}

func short(text string) string {
	const most = 200
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
