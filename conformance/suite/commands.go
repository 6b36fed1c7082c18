package suite

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strconv"
)

// commandProblems lists what keeps a token or a record from being fetched or made: it shows
// before the first command is run.
func commandProblems(t *Target) (found []string) {
	for i, hook := range t.Hooks {
		for key, command := range map[string][]string{"make": hook.Make, "remove": hook.Remove} {
			if problem := programProblem(command); problem != "" {
				found = append(found, t.At("hooks", strconv.Itoa(i), key, "0")+" "+problem)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(t.Personas)) {
		for key, problem := range tokenProblems(t.Personas[name]) {
			found = append(found, t.At(append([]string{"personas", name, "token"}, key)...)+" "+problem)
		}
	}
	slices.Sort(found)
	return found
}

// programProblem says why a command can't be carried out.
func programProblem(command []string) string {
	switch {
	case len(command) == 0:
		return ""
	case command[0] == "":
		return "is empty: name the program"
	}
	if _, err := exec.LookPath(command[0]); err != nil && !errors.Is(err, exec.ErrDot) {
		return fmt.Sprintf("names %q, which is no program here: give its path, or install it", command[0])
	}
	return ""
}

// tokenProblems says what is wrong with the members of a persona's token.
func tokenProblems(p Persona) map[string]string {
	how, found := p.Token, map[string]string{}
	if how == nil {
		return found
	}
	name, prefix := cmp.Or(how.Header, "Authorization"), "Bearer "
	if how.Prefix != nil {
		prefix = *how.Prefix
	}
	if problem := headerProblem(name, "token"); problem != "" {
		found["header"] = fmt.Sprintf("%q %s", name, problem)
	} else if problem := headerProblem(name, prefix+"token"); problem != "" {
		found["prefix"] = problem
	}
	if problem := programProblem(how.Command); problem != "" {
		found["command"] = problem
	}
	if how.OAuth2 == nil {
		return found
	}
	u, problem := readURL(how.OAuth2.TokenURL)
	if problem == "" {
		problem = placeProblem(u)
	}
	if problem != "" {
		found["oauth2"] = "has a token_url that " + problem
	}
	return found
}
