package suite

import (
	"slices"
	"strings"

	"rollcall/conformance/client"
)

// Remember notes for the cases to come what a case left otherwise than it found it, such as a password that the
// target did not take back. A target with worlds gives each case the same beginning: there nothing is noted.
func (env *Env) Remember(name, value string) {
	s := env.run.session
	if s.target.Worlds != "" {
		return
	}
	s.remembered.Store(name, value)
	if s.tellNote != nil {
		s.tellNote(name, value)
	}
}

// Remembered is what a case of the run noted last under the name, "" when none did. In a run of several processes, what
// one notes while it holds the lock on what all cases share is known to whoever holds it next.
func (env *Env) Remembered(name string) string {
	value, _ := env.run.session.remembered.Load(name)
	text, _ := value.(string)
	return text
}

// Note keeps values under a name for the rest of the case, beside those that are there: what the case found before it began to
// write, such as records that the target made by itself.
func (env *Env) Note(name string, values ...string) {
	if env.run.noted == nil {
		env.run.noted = map[string][]string{}
	}
	env.run.noted[name] = append(env.run.noted[name], values...)
}

// Noted returns the values that the case keeps under the name.
func (env *Env) Noted(name string) []string { return env.run.noted[name] }

// staying begins the names under which the run remembers what it has not put back.
const staying = "stays as changed by "

// Stays notes whether what an operation has changed stays so, such as an account whose own password was not taken back. The
// last word of the run on each counts: what stays at its end is told as left behind.
func (env *Env) Stays(operation, id string, stays bool) {
	name := staying + operation + " " + id
	switch {
	case stays:
		env.Remember(name, id)
	case env.Remembered(name) != "":
		env.Remember(name, "")
	}
}

// changed is what stays changed, by the operation that changed it.
func (s *session) changed() map[string][]string {
	ids := map[string][]string{}
	s.remembered.Range(func(name, value any) bool {
		operation, isOne := strings.CutPrefix(name.(string), staying)
		if id := value.(string); isOne && id != "" {
			operation, _, _ = strings.Cut(operation, " ")
			ids[operation] = append(ids[operation], id)
		}
		return true
	})
	for _, of := range ids {
		slices.Sort(of)
	}
	return ids
}

// LastTaken is the last request of this case, its clean-up included, that the operation took and of which the
// condition holds; false when there is none.
func (env *Env) LastTaken(operation string, holds func(client.Request) bool) (client.Request, bool) {
	for _, exchange := range slices.Backward(env.run.exchanges) {
		request, known := env.run.asked[exchange]
		if known && exchange.Operation != nil && exchange.Operation.ID == operation && exchange.Success() && holds(request) {
			return request, true
		}
	}
	return client.Request{}, false
}
