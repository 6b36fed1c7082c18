package main_test

import (
	"context"
	"errors"
	"flag"
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

var everyScript = flag.Bool("every-script", false, "try the script of every defect, not of one of each kind")

// TestAScriptShowsAFailureAgain runs the script of a failed case against the mock that it
// failed at, and against a sound one. Where the failure showed itself is where it shows itself
// again, and never at the sound one; what a script can't tell it leaves to its reader.
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
			tried, told := 0, 0
			for _, d := range someDefects(known) {
				t.Run(d.ID(), func(t *testing.T) {
					tried++
					if shownAgain(t, c, sound, d) {
						told++
					}
				})
			}
			t.Logf("of %d defects %d are told by their scripts, the others by their readers", tried, told)
			if told*4 < tried && !*everyScript {
				t.Errorf("the scripts of %d defects tell but %d", tried, told)
			}
		})
	}
}

// someDefects is one of each kind.
func someDefects(known []defect.Defect) (some []defect.Defect) {
	seen := map[defect.Op]bool{}
	for _, d := range known {
		if d.Excuse == "" && (*everyScript || !seen[d.Op]) {
			seen[d.Op] = true
			some = append(some, d)
		}
	}
	return some
}

// shownAgain tries a defect, and says whether its script tells the broken mock from the sound one.
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
	if verdict := run.Results[at].Verdict; verdict != reports.Fail && verdict != reports.Missed {
		t.Skipf("it is %s where that requirement alone is asked for", verdict)
	}
	if len(titles) == 0 {
		t.Fatalf("no failed case has requests: %s", run.Results[at].Reason)
	}
	script := replay.Script(run, run.Results[at], titles[0])
	broken, said := carriedOut(t, script, target, bad.URL, bad.URL)
	if broken == 2 && strings.Contains(said, "set SECRET: ") { // which only a person can do
		return false
	}
	if broken != 1 && broken != 3 {
		t.Errorf("exit %d at the broken mock:\n%s\n%s", broken, said, script)
	}
	mended, said := carriedOut(t, script, target, bad.URL, good.URL)
	if mended != 0 && mended != 3 {
		t.Errorf("exit %d at the sound mock:\n%s\n%s", mended, said, script)
	}
	if broken != 1 || mended != 0 {
		t.Logf("exit %d and %d, left to the reader:\n%s", broken, mended, said)
	}
	return broken == 1 && mended == 0
}

var notOfVariables = regexp.MustCompile(`[^A-Z0-9]+`)

// carriedOut runs a script with the credentials of the target, at another address.
func carriedOut(t *testing.T, script string, target suite.Target, from, to string) (code int, said string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-s")
	command.Stdin = strings.NewReader(script)
	command.Env = append(os.Environ(), "BASE="+strings.Replace(target.URL, from, to, 1),
		"WORLDS="+strings.Replace(target.Worlds, from, to, 1))
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
