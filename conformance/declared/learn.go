package declared

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// Lesson is what reads of a target say of one line of a behavior.
type Lesson struct {
	About   string `json:"about"` // resource or operation
	Verdict string `json:"verdict"`
	Says    string `json:"says"`
	Section string `json:"section,omitempty"` // of behavior.yaml, where Line is to stand
	Line    string `json:"line,omitempty"`    // of what has to be corrected
}

// The verdicts of a lesson.
const (
	Confirmed = "confirmed"
	Corrected = "corrected"
	Unknown   = "unknown" // nothing could be seen, or it can't be said in a behavior
)

// Learn looks by reads alone how a target names its records, wraps them and refuses, and compares that with the
// contract's behavior. Given are values of path parameters, by name, for what no list leads to.
func Learn(c *contract.Contract, given map[string]string, read suite.Reader) []Lesson {
	l := &learner{room: newRoom(c), given: given, read: read,
		first: map[*resource]gjson.Result{}, lines: map[*resource][]string{}}
	all := slices.Clone(c.Behavior.Resources)
	slices.SortStableFunc(all, func(a, b *contract.Resource) int {
		return cmp.Compare(l.depth(l.resources[a.Name]), l.depth(l.resources[b.Name]))
	})
	for _, one := range all {
		res := l.resources[one.Name]
		l.lists(res)
		l.gets(res)
	}
	l.unknown(all)
	l.stranger(all)
	return l.lessons
}

type learner struct {
	*room
	given   map[string]string
	read    suite.Reader
	first   map[*resource]gjson.Result // a record of the list
	lines   map[*resource][]string     // what leads to it
	lessons []Lesson
}

// depth is how many records stand above those of a resource.
func (l *learner) depth(res *resource) (n int) {
	const deep = 20 // nobody's paths are longer; resources in a ring end there
	for up := res.above; up != nil && n < deep; up = up.above {
		n++
	}
	return n
}

func (l *learner) add(verdict, about, section, line, format string, args ...any) {
	l.lessons = append(l.lessons, Lesson{About: about, Verdict: verdict, Section: section, Line: line,
		Says: fmt.Sprintf(format, args...)})
}

// ask reads once by the operation, under the records that a line leads to. Nil, with a lesson why, where there was no success.
func (l *learner) ask(a *act, line []string, options ...client.Option) *client.Exchange {
	all := []client.Option{a.at(line)}
	for i, name := range a.Params {
		if value := l.given[name]; value != "" && i < len(a.Params)-len(line) {
			all = append(all, client.Path(name, value))
		} else if i < len(a.Params)-len(line) {
			l.add(Unknown, a.Operation, "", "", "no list leads to its %s: give one under given in the target file", name)
			return nil
		}
	}
	for _, p := range a.op.Parameters {
		if p.In == "query" && p.Required && p.Schema != nil {
			all = append(all, client.Query(p.Name, text(decoded(l.values.Of(1, p.Schema, p.Name)))))
		}
	}
	answer, failed := l.read(a.Operation, append(all, options...)...)
	switch {
	case answer == nil:
		l.add(Unknown, a.Operation, "", "", "no answer: %s", failed)
		return nil
	case !answer.Success():
		l.add(Unknown, a.Operation, "", "", "it was answered %d", answer.Status)
		return nil
	}
	return answer
}

// lists looks where the list of a resource has its records.
func (l *learner) lists(res *resource) {
	a := res.lists
	if a == nil || a.op.Method != http.MethodGet {
		return
	}
	var line []string
	if up := a.parent(); up != nil && len(a.Params) > 0 {
		line = l.lines[up]
	}
	answer := l.ask(a, line)
	if answer == nil {
		return
	}
	list, at := answer.Get(kit.Path(a.list().Items)), a.list().Items
	if list.IsArray() {
		l.add(Confirmed, a.Operation, "", "", "its records are in %s", placeName(at))
	} else {
		places := arrays(answer.Get("@this"), "", 2)
		if len(places) != 1 {
			l.add(Unknown, a.Operation, "", "", "there is no list in %s, and %d elsewhere", placeName(at), len(places))
			return
		}
		list = answer.Get(kit.Path(places[0]))
		l.add(Corrected, a.Operation, "operations", fmt.Sprintf("%s: {list: %s, items: %q}", a.Operation, res.Name, places[0]),
			"its records are in %s, not in %s", placeName(places[0]), placeName(at))
	}
	for _, one := range []struct{ at, what string }{{a.list().Total, "how many there are"},
		{a.list().Count, "how many are on the page"}, {a.list().More, "whether there are more"}} {
		if one.at != "" && !answer.Get(kit.Path(one.at)).Exists() {
			l.add(Unknown, a.Operation, "", "", "%s, which is to say %s, is not in the answer", one.at, one.what)
		}
	}
	if found := list.Get("0"); found.IsObject() {
		l.first[res] = found
	} else {
		l.add(Unknown, res.Name, "", "", "the list is empty, so that nothing says how one is named")
	}
}

func placeName(at string) string {
	if at == "" {
		return "the body itself"
	}
	return at
}

// arrays are the places of lists in an answer, so many members deep.
func arrays(v gjson.Result, at string, deep int) (all []string) {
	if v.IsArray() {
		if first := v.Get("0"); first.Exists() && !first.IsObject() {
			return nil
		}
		return []string{at}
	}
	if !v.IsObject() || deep == 0 {
		return nil
	}
	v.ForEach(func(name, inner gjson.Result) bool {
		place := name.String()
		if at != "" {
			place = at + "." + place
		}
		all = append(all, arrays(inner, place, deep-1)...)
		return true
	})
	return all
}

// unknown asks for an id that nobody has: once is enough, where records are found at all.
func (l *learner) unknown(all []*contract.Resource) {
	for _, one := range all {
		res := l.resources[one.Name]
		line := slices.Clone(l.lines[res])
		if res.gets == nil || len(line) == 0 {
			continue
		}
		line[len(line)-1] = suite.UnknownID(rand.Uint64(), line[len(line)-1])
		answer, _ := l.read(res.gets.Operation, res.gets.at(line))
		if answer == nil {
			return
		}
		want := http.StatusNotFound
		if q := l.contract.RowOf(res.gets.Operation, contract.RowFound); q != nil {
			want = q.Expect.Status
		}
		if answer.Status == want {
			l.add(Confirmed, res.gets.Operation, "", "", "an id that nobody has is answered %d", want)
		} else {
			l.add(Unknown, res.gets.Operation, "", "",
				"an id that nobody has is answered %d, not %d: the document of the operation is to say so", answer.Status, want)
		}
		l.shape(answer)
		return
	}
}

// shape looks where a refusal says why.
func (l *learner) shape(answer *client.Exchange) {
	named := l.behavior.Answers.Error.Message
	if answer.Success() || !answer.Get("@this").IsObject() || named == "" {
		return
	}
	if answer.Get(kit.Path(named)).Type == gjson.String {
		l.add(Confirmed, "answers", "", "", "a refusal says why in %s", named)
		return
	}
	for _, name := range []string{"message", "error", "detail", "title", "description", "error_description", "reason", "msg"} {
		if answer.Get(name).Type == gjson.String {
			l.add(Corrected, "answers", "answers", "error: {message: "+name+"}",
				"a refusal says why in %s, not in %s", name, named)
			return
		}
	}
}

// stranger reads without a credential what was read with one.
func (l *learner) stranger(all []*contract.Resource) {
	for _, one := range all {
		res := l.resources[one.Name]
		a := res.gets
		if a == nil || len(l.lines[res]) == 0 || !a.op.Secured {
			continue
		}
		answer, _ := l.read(a.Operation, a.at(l.lines[res]), client.NoCredential())
		want := cmp.Or(l.behavior.Auth.Missing, http.StatusUnauthorized)
		switch {
		case answer == nil:
		case answer.Status == want:
			l.add(Confirmed, "auth", "", "", "who sends no credential is answered %d", want)
		case answer.Status/100 == 4:
			l.add(Corrected, "auth", "auth", fmt.Sprintf("refuse: {missing: %d}", answer.Status),
				"who sends no credential is answered %d, not %d", answer.Status, want)
		default:
			l.add(Unknown, "auth", "", "", "who sends no credential is answered %d", answer.Status)
		}
		return
	}
}
