package main_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/mockserver"
	"rollcall/mockserver/defect"
	"rollcall/reports"
	"rollcall/reports/replay"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// TestAScriptShowsAFailureAgain runs the script of a failed case against the mock that it
// failed at, where every answer is as in the run, and against a sound one, where a refusal
// that the defect took away is there.
func TestAScriptShowsAFailureAgain(t *testing.T) {
	for _, tool := range []string{"sh", "curl", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("NOT RUN: %s is not installed, so that no script was tried", tool)
		}
	}
	for _, name := range contract.Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, sound, known := soundMock(t, name)
			tried := 0
			for _, d := range someDefects(known, defect.Omit, defect.Code) {
				t.Run(d.ID(), func(t *testing.T) {
					if shownAgain(t, c, sound, d) {
						tried++
					}
				})
			}
			if tried == 0 {
				t.Error("no script was tried at a sound mock")
			}
		})
	}
}

// someDefects are four of those kinds, spread over the contract.
func someDefects(known []defect.Defect, ops ...defect.Op) []defect.Defect {
	known = slices.DeleteFunc(known, func(d defect.Defect) bool { return d.Excuse != "" || !slices.Contains(ops, d.Op) })
	const many = 4
	var some []defect.Defect
	for i := range many {
		some = append(some, known[i*len(known)/many])
	}
	return some
}

// shownAgain tries a defect, and says whether its failure is one of statuses, so that a
// sound mock answers the script otherwise.
func shownAgain(t *testing.T, c *contract.Contract, sound *mockserver.Server, d defect.Defect) bool {
	spoilt, err := sound.Broken([]string{d.ID()})
	if err != nil {
		t.Fatal(err)
	}
	bad, good := httptest.NewServer(spoilt), httptest.NewServer(sound)
	t.Cleanup(bad.Close)
	t.Cleanup(good.Close)
	target, err := spoilt.Target(c.Name, bad.URL)
	if err != nil {
		t.Fatal(err)
	}
	api, err := conformance.API(c)
	if err != nil {
		t.Fatal(err)
	}
	run, err := suite.RunPlain(context.Background(), suite.Config{Contract: c, API: api, Target: target,
		Only: []string{d.Requirement}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(run.Results, func(r reports.Result) bool { return r.Requirement == d.Requirement })
	titles := replay.Cases(run.Results[at])
	if len(titles) == 0 {
		t.Fatalf("no failed case has requests: %s", run.Results[at].Reason)
	}
	script := replay.Script(run, run.Results[at], titles[0])
	if strings.Contains(script, "\nSECRET=") {
		return false // passwords are hidden, so that nobody can send the right one
	}
	if code, said := carriedOut(t, script, target, bad.URL, bad.URL); code != 1 {
		t.Errorf("exit %d at the broken mock:\n%s\n%s", code, said, script)
	}
	code, said := carriedOut(t, script, target, bad.URL, good.URL)
	if code == 2 {
		t.Errorf("the sound mock could not be asked:\n%s\n%s", said, script)
	}
	return code == 0
}

var notOfVariables = regexp.MustCompile(`[^A-Z0-9]+`)

// carriedOut runs a script with the credentials of the target, at another address.
func carriedOut(t *testing.T, script string, target suite.Target, from, to string) (code int, said string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-s")
	command.Stdin = strings.NewReader(script)
	command.Env = append(os.Environ(), "BASE="+strings.Replace(target.URL, from, to, 1),
		"WORLDS="+strings.Replace(target.Worlds, from, to, 1), "SECRET=unknown")
	for persona, p := range target.Personas {
		name := "TOKEN_" + notOfVariables.ReplaceAllString(strings.ToUpper(persona), "_")
		if persona == suite.DefaultPersona {
			name = "TOKEN"
		}
		for _, value := range p.Headers {
			command.Env = append(command.Env, name+"="+value[strings.LastIndexByte(value, ' ')+1:])
		}
	}
	out, err := command.CombinedOutput()
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		return failed.ExitCode(), string(out)
	} else if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}
