package replay

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"rollcall/reports"
)

func failedRun() (*reports.Run, reports.Result) {
	made := `{"data":{"id":73,"name":"Ward-ekrwbxmtcyp"},"list":[{"code":"N58"}]}`
	result := reports.Result{Requirement: "TOY-1", Level: "MUST", Text: "It's $(rm) gone.\nreally", Verdict: reports.Fail,
		Cases: []reports.CaseResult{{Title: "a `case`", Verdict: reports.Fail, Reason: "expected 'a'\nGET http://h/x -> 200"}},
		Evidence: []reports.Evidence{
			{Case: "a `case`", Method: "POST", URL: "http://h/api/wards", RequestBody: `{"name":"Ward-ekrwbxmtcyp","o":"it's"}`,
				RequestHeaders: map[string][]string{"Authorization": {"Bearer $TOKEN"}}, Status: 201, ResponseBody: made},
			{Case: "a `case`", Method: "PUT", URL: "http://h/api/wards/73?of=N58",
				RequestBody:    `{"wardId":73,"limit":73,"code":"N58"}`,
				RequestHeaders: map[string][]string{"Authorization": {"Bearer $TOKEN"}}, Persona: "low-rights", Status: 200},
			{Case: "another", Method: "GET", URL: "http://h/other"},
		}}
	return &reports.Run{Contract: "toy", Target: reports.TargetInfo{URL: "http://h/api"}, Started: time.Unix(0, 0),
		Results: []reports.Result{result}}, result
}

func TestAScriptCarriesIDsOver(t *testing.T) {
	run, result := failedRun()
	script := Script(run, result, Cases(result)[0])
	for _, want := range []string{
		`id1=$(value 1 '.["data"]["id"]')`, `"$BASE"/wards/"$id1"'?of='"$id2"`,
		`'{"wardId":'"$id1"',"limit":73,"code":"'"$id2"'"}'`,
		`id2=$(value 1 '.["list"][0]["code"]')`, `'{"name":"Ward-'"$NEW"'cyp","o":"it'\''s"}'`,
		`'Authorization: Bearer '"$TOKEN_LOW_RIGHTS"`, "[ -n \"${TOKEN:-}\" ] || missing ",
		"# TOY-1, demanded by the document: It's $(rm) gone. really\n",
	} {
		if !strings.Contains(script, want) {
			t.Errorf("the script has no %s:\n%s", want, script)
		}
	}
	if strings.Contains(script, "other") && strings.Contains(script, "http://h/other") {
		t.Error("the script has a request of another case")
	}
}

// TestWhatWasFoundInAnAnswerHasItsSteps: of several answers with the fault, the script makes those of the first.
func TestWhatWasFoundInAnAnswerHasItsSteps(t *testing.T) {
	run, result := failedRun()
	result.Cases = []reports.CaseResult{{Title: reports.FoundTitle, Verdict: reports.Fail, Reason: "/id: not a number"}}
	of := func(note, path string) reports.Evidence {
		return reports.Evidence{Case: reports.FoundTitle, Method: "GET", URL: "http://h/api/" + path, Status: 200, Note: note}
	}
	result.Evidence = []reports.Evidence{of(reports.StepBefore, "before"), of("seen in it", "first"), of("seen in it", "second")}
	titles := Cases(result)
	if len(titles) != 1 {
		t.Fatalf("the cases are %q", titles)
	}
	script := Script(run, result, titles[0])
	for path, want := range map[string]bool{"/before": true, "/first": true, "/second": false} {
		if strings.Contains(script, path) != want {
			t.Errorf("%s is in the script: %t\n%s", path, !want, script)
		}
	}
}

// TestAScriptThatLacksSomethingSaysSo: whatever the shell, that is 2, and not the 1 of a failure that is shown again.
func TestAScriptThatLacksSomethingSaysSo(t *testing.T) {
	run, result := failedRun()
	script := Script(run, result, Cases(result)[0])
	for _, shell := range [][]string{{"sh"}, {"dash"}, {"bash"}, {"bash", "--posix"}, {"busybox", "sh"}} {
		if _, err := exec.LookPath(shell[0]); err != nil {
			continue
		}
		command := exec.CommandContext(t.Context(), shell[0], shell[1:]...)
		command.Stdin, command.Env = strings.NewReader(script), []string{"PATH=" + os.Getenv("PATH")}
		out, _ := command.CombinedOutput()
		if code := command.ProcessState.ExitCode(); code != 2 || !strings.Contains(string(out), "needed") &&
			!strings.Contains(string(out), "set TOKEN to") {
			t.Errorf("%q ended with %d:\n%s", shell, code, out)
		}
	}
}

// TestSecretsOfAScript: what the case made up is made anew, what the target file gives has a name, and of the rest it is
// said where it is needed.
func TestSecretsOfAScript(t *testing.T) {
	run, result := failedRun()
	for i, body := range []string{`{"password":"$TOKEN"}`, `{"password":"$TOKEN","old":"$TOKEN"}`} {
		result.Evidence[i].RequestBody = body
	}
	result.Evidence[0].Secrets = []string{reports.SecretMade + "Harbour-" + reports.MadeAnew + "xyz"}
	result.Evidence[1].Secrets = []string{reports.SecretGiven + "disposable-password", ""}
	script := Script(run, result, Cases(result)[0])
	for _, want := range []string{`'{"password":"Harbour-'"$NEW"'xyz"}'`,
		`'{"password":"'"$SECRET_DISPOSABLE_PASSWORD"'","old":"'"$SECRET"'"}'`,
		"set SECRET_DISPOSABLE_PASSWORD to what the target file gives as disposable-password", "and not whose, at step 2"} {
		if !strings.Contains(script, want) {
			t.Errorf("the script has no %s:\n%s", want, script)
		}
	}
}

// TestWhatAScriptCannotSpell: a new name in capitals is one in capitals; of what it can't make it says nothing.
func TestWhatAScriptCannotSpell(t *testing.T) {
	for _, row := range []struct{ name, credential, want string }{
		{"WARD-EKRWBXMTCYP", "", `'{"name":"WARD-'"$NEW_IN_CAPITALS"'CYP"}'`},
		{"Ward-Ekrwbxmtcyp", "", `reader "a request holds a new name in a spelling`},
		{"Ward", "another", `reader "the case altered a credential`},
		{"Ward-touchpoints", "", `{"name":"Ward-touchpoints"}`},
	} {
		run, result := failedRun()
		last := &result.Evidence[1]
		last.RequestBody, last.Credential, last.Status = `{"name":"`+row.name+`"}`, row.credential, 401
		last.Shows = &reports.Sight{Part: "status"}
		if script := Script(run, result, Cases(result)[0]); !strings.Contains(script, row.want) {
			t.Errorf("%+v: the script has no %s:\n%s", row, row.want, script)
		}
	}
}

func TestAnArchiveHoldsTheCase(t *testing.T) {
	run, result := failedRun()
	raw, err := HAR(run, result, "a `case`")
	if err != nil {
		t.Fatal(err)
	}
	var archive struct {
		Log struct {
			Version string
			Entries []struct {
				Request  struct{ Method, URL string }
				Response struct{ Status int }
			}
		}
	}
	if err := json.Unmarshal(raw, &archive); err != nil {
		t.Fatal(err)
	}
	if got := archive.Log; got.Version != "1.2" || len(got.Entries) != 2 || got.Entries[1].Request.Method != "PUT" ||
		got.Entries[0].Response.Status != 201 {
		t.Errorf("got %+v", archive)
	}
}
