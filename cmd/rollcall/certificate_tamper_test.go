package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"rollcall/conformance/certificate"
	"rollcall/reports"
	"rollcall/specs/contract"
)

// caught says what is found of a bundle.
func caught(t *testing.T, bundle, public []byte) []certificate.Finding {
	t.Helper()
	key, err := certificate.PublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	v, err := certificate.Verify(t.Context(), bundle, certificate.Trust{Key: key}, time.Now())
	if err != nil {
		return []certificate.Finding{{Text: err.Error()}}
	}
	return v.Findings
}

// TestAByteChanged holds that no byte of a bundle can be changed by whoever lacks the key, in
// the parts or around them.
func TestAByteChanged(t *testing.T) {
	bundle, _, public := certified(t, "tenants")
	f := takenApart(t, bundle)
	var places []int
	for _, name := range f.order {
		from, size := bytes.Index(bundle, f.parts[name]), len(f.parts[name])
		for i := range 20 {
			places = append(places, from+i*(size-1)/19)
		}
	}
	for i := range 60 {
		places = append(places, i*(len(bundle)-1)/59, i) // around the parts, and in the first name
	}
	for _, at := range places {
		changed := bytes.Clone(bundle)
		changed[at] ^= 1
		if len(caught(t, changed, public)) == 0 {
			t.Errorf("byte %d of %d was changed, and nobody noticed", at, len(bundle))
		}
	}
	if _, _, other := certified(t, "tenants"); len(caught(t, bundle, other)) == 0 {
		t.Error("it was taken for one of another key")
	}
	another, _, _ := certified(t, "tenants")
	f.parts["statement.dsse.json"] = takenApart(t, another).parts["statement.dsse.json"]
	if len(caught(t, f.packed(), public)) == 0 {
		t.Error("the statement of another bundle was taken")
	}
	t.Logf("%d bytes changed", len(places))
}

// forged is one thing that whoever has the key may do; false where it would change nothing.
type forged struct {
	name string
	do   func(f *forgery) bool
}

// TestDishonestVendor holds that whoever has the key can't make a bundle say what its exchanges
// don't: every digest, number and signature follows the change, as it would.
func TestDishonestVendor(t *testing.T) {
	bundle, private, public := certified(t, "identity", "IDN-GEN-01/omit@changePassword")
	key, err := certificate.PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	if found := caught(t, takenApart(t, bundle).signed(key), public); len(found) > 0 {
		t.Fatalf("a bundle put together again with no change is not believed: %v", found)
	}
	done := 0
	for _, one := range slices.Concat(exchangesForged(len(takenApart(t, bundle).exchanges)), resultsForged(), statementForged()) {
		f := takenApart(t, bundle)
		if !one.do(f) {
			continue
		}
		done++
		found := caught(t, f.signed(key), public)
		if len(found) == 0 {
			t.Errorf("%s: nobody noticed", one.name)
		} else if testing.Verbose() {
			t.Logf("%s: %s", one.name, found[0])
		}
	}
	t.Logf("%d forgeries", done)
}

// TestMarksVouchForNothing holds that what stands where a secret was cut out, which whoever has the key may write anywhere,
// makes no bundle say more than its exchanges show.
func TestMarksVouchForNothing(t *testing.T) {
	bundle, private, public := certified(t, "identity", "IDN-GEN-01/omit@changePassword", "IDN-USER-15/omit")
	key, err := certificate.PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := certificate.PublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range markedForgeries() {
		f := takenApart(t, bundle)
		one.do(f)
		v, err := certificate.Verify(t.Context(), f.signed(key), certificate.Trust{Key: trusted}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if len(v.Findings) == 0 && len(v.OnTrust) == 0 {
			t.Errorf("%s: nobody noticed", one.name)
		}
	}
}

// markedForgeries write marks where no secret was.
func markedForgeries() []forged {
	mark := reports.SecretMark
	everywhere := func(what string, do func(x *certificate.Exchange)) forged {
		return forged{what, func(f *forgery) bool {
			for _, x := range f.exchanges {
				if x.Requirement != "" {
					do(x)
				}
			}
			return true
		}}
	}
	failing := func(what string, do func(r *reports.Result)) forged {
		return forged{what, func(f *forgery) bool {
			for i := range f.run.Results {
				if r := &f.run.Results[i]; r.Verdict == reports.Fail {
					do(r)
				}
			}
			return true
		}}
	}
	return []forged{
		everywhere("addresses", func(x *certificate.Exchange) { x.URL = mark }),
		everywhere("bodies sent", func(x *certificate.Exchange) { x.RequestBody = certificate.Body(mark) }),
		failing("reasons", func(r *reports.Result) { r.Reason = mark }),
		failing("evidence", func(r *reports.Result) {
			for i := range r.Evidence {
				r.Evidence[i].URL, r.Evidence[i].ResponseBody = mark, mark
			}
		}),
		{"an invented case", func(f *forgery) bool {
			last := f.exchanges[len(f.exchanges)-1]
			invented := *last
			invented.Case, invented.ResponseBody, invented.Number = "invented", certificate.Body(mark), 1
			f.exchanges = append(f.exchanges, &invented)
			return true
		}},
		{"failures made passes, with a mark in each case", func(f *forgery) bool {
			for _, x := range f.exchanges {
				if x.ResponseHeaders == nil {
					x.ResponseHeaders = http.Header{}
				}
				x.ResponseHeaders.Set("X-Request-Id", mark)
			}
			for i := range f.run.Results {
				if r := &f.run.Results[i]; r.Verdict == reports.Fail {
					r.Verdict, r.Reason, r.Evidence = reports.Pass, "", nil
					for j := range r.Cases {
						r.Cases[j].Verdict, r.Cases[j].Reason = reports.Pass, ""
					}
				}
			}
			return true
		}},
	}
}

// exchangesForged changes exchanges all over a bundle.
func exchangesForged(all int) (list []forged) {
	const places = 9
	for i := range places {
		at := i * (all - 2) / (places - 1)
		list = append(list,
			forged{fmt.Sprintf("exchange %d taken out", at), func(f *forgery) bool {
				f.exchanges = slices.Delete(f.exchanges, at, at+1)
				f.renumbered()
				return true
			}},
			forged{fmt.Sprintf("exchange %d twice", at), func(f *forgery) bool {
				twice := *f.exchanges[at]
				f.exchanges = slices.Insert(f.exchanges, at, &twice)
				f.renumbered()
				return true
			}},
			forged{fmt.Sprintf("exchanges %d and the next exchanged", at), func(f *forgery) bool {
				a, b := f.exchanges[at], f.exchanges[at+1]
				if a.Method+a.URL == b.Method+b.URL || a.Case != b.Case || a.Requirement != b.Requirement {
					return false
				}
				a.At, b.At = b.At, a.At
				f.exchanges[at], f.exchanges[at+1] = b, a
				f.renumbered()
				return true
			}},
			forged{fmt.Sprintf("the status of exchange %d", at), func(f *forgery) bool {
				// What documents allow in its place, or whatever a look at the target beside the cases
				// sees, changes no verdict and is nobody's gain.
				one := f.exchanges[at]
				if one.Status == 0 || one.Requirement == "" {
					return false
				}
				if one.Status++; one.Status < 500 {
					one.Status = 500
				}
				return true
			}},
			forged{fmt.Sprintf("the body of exchange %d", at), func(f *forgery) bool {
				one := f.exchanges[at]
				if len(one.ResponseBody) < 3 || one.Status >= 400 || one.Requirement == "" {
					return false
				}
				one.ResponseBody = one.ResponseBody[:len(one.ResponseBody)/2]
				return true
			}},
			forged{fmt.Sprintf("the request of exchange %d", at), func(f *forgery) bool {
				f.exchanges[at].URL += "0"
				return true
			}})
	}
	return list
}

// resultsForged changes results.
func resultsForged() (list []forged) {
	result := func(what string, do func(r *reports.Result)) {
		for i := range 4 {
			list = append(list, forged{fmt.Sprintf("%s, %d", what, i), func(f *forgery) bool {
				r := &f.run.Results[i*(len(f.run.Results)-1)/3]
				was, _ := json.Marshal(r)
				do(r)
				is, _ := json.Marshal(r)
				return !bytes.Equal(was, is)
			}})
		}
	}
	for _, verdict := range reports.Verdicts() {
		result("verdict made "+string(verdict), func(r *reports.Result) { r.Verdict = verdict })
	}
	result("a requirement renamed", func(r *reports.Result) { r.Requirement += "X" })
	result("level turned", func(r *reports.Result) {
		if r.Level == contract.Must {
			r.Level = contract.Should
		} else {
			r.Level = contract.Must
		}
	})
	result("text", func(r *reports.Result) { r.Text += " or not" })
	result("reason", func(r *reports.Result) { r.Reason += " it is fine" })
	result("a case left out", func(r *reports.Result) { r.Cases = r.Cases[:0] })
	result("evidence left out", func(r *reports.Result) { r.Evidence = r.Evidence[:0] })
	for i := range 6 {
		list = append(list, forged{fmt.Sprintf("requirement left out, %d", i), func(f *forgery) bool {
			at := i * (len(f.run.Results) - 1) / 5
			f.run.Results = slices.Delete(f.run.Results, at, at+1)
			f.run.Catalogue--
			return true
		}})
	}
	return append(list, forged{"every failure made a pass", func(f *forgery) bool {
		for i := range f.run.Results {
			if r := &f.run.Results[i]; r.Verdict == reports.Fail || r.Verdict == reports.Missed {
				r.Verdict, r.Reason = reports.Pass, ""
				for j := range r.Cases {
					r.Cases[j].Verdict, r.Cases[j].Reason = reports.Pass, ""
				}
			}
		}
		return true
	}}, forged{"the summary", func(f *forgery) bool {
		f.asIs = true
		f.parts["run.json"] = bytes.Replace(f.parts["run.json"], []byte(`"fail": `), []byte(`"fail": 1`), 1)
		return true
	}})
}

// statementForged changes what the statement says, and the target file.
func statementForged() (list []forged) {
	const past = "2020-01-01T00:00:00Z"
	for what, value := range map[string]any{"outcome": "conformant", "headline": "CONFORMANT", "scope": "everything",
		"level": "MUST and SHOULD", "exchanges": 1, "contract": "council", "suiteVersion": "9",
		"started": past, "ended": past, "issued": past, "expires": past,
		"implementation": map[string]any{"name": "another"},
		"waivers":        []any{map[string]any{"requirement": "IDN-PWD-01", "reason": "r", "owner": "o", "expires": "2099"}}} {
		list = append(list, forged{"statement: " + what, func(f *forgery) bool {
			f.asIs = true
			was, _ := json.Marshal(f.says()[what])
			is, _ := json.Marshal(value)
			f.says()[what] = value
			return !bytes.Equal(was, is)
		}})
	}
	for _, name := range []string{"failedTests", "warnedTests", "passedTests"} {
		list = append(list, forged{"statement: no " + name, func(f *forgery) bool {
			f.asIs = true
			had := len(f.predicate()[name].([]any))
			f.predicate()[name] = []string{}
			return had > 0
		}})
	}
	target := func(what, old, new string) {
		list = append(list, forged{"target file: " + what, func(f *forgery) bool {
			was := f.parts["target.json"]
			f.parts["target.json"] = bytes.Replace(was, []byte(old), []byte(new), 1)
			return !bytes.Equal(was, f.parts["target.json"])
		}})
	}
	target("seed", `"unique_seed": 1`, `"unique_seed": 2`)
	target("url", `"url": "http://in-process.example`, `"url": "http://elsewhere.example`)
	target("reading", `"reading": "strict"`, `"reading": "accepting"`)
	target("a waiver", `"contract"`,
		`"waivers": [{"requirement":"IDN-PWD-01","reason":"r","owner":"o","expires":"2099-01-01"}], "contract"`)
	return list
}
