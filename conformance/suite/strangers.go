package suite

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// unique is the end of a name that Env.Unique makes, in this run or in any other.
var unique = regexp.MustCompile(fmt.Sprintf(`-[a-z]{%d}([^a-z]|$)`, uniqueLetters))

// Standing returns what the target gives under that name and the suite never changes, if
// it gives such a thing: not what it gives under a disposable name as well.
func (env *Env) Standing(name string) (value string, ok bool) {
	value = env.run.session.target.Given[name]
	return value, value != "" && !slices.Contains(env.disposable(), value)
}

// Foreign says whether a record, as JSON, is somebody else's: it holds no name that a run
// of the suite makes, and nothing that the target gives as disposable. What other cases and
// other runs write at the same time is none of it.
func (env *Env) Foreign(record []byte) bool {
	disposable, own := env.disposable(), env.run.session.made
	return !anyText(gjson.ParseBytes(record), func(text string) bool {
		return unique.MatchString(text) || own != nil && own.MatchString(text) || slices.Contains(disposable, text)
	})
}

// madeBy finds the names of a run with that mark, also those from which a case has taken
// the hyphen; nil without a mark.
func madeBy(mark []byte) *regexp.Regexp {
	if mark == nil {
		return nil
	}
	return regexp.MustCompile(fmt.Sprintf(`%s[a-z]{%d}([^a-z]|$)`, mark, uniqueLetters-len(mark)))
}

// WroteOnly says whether the case, since it had sent so many requests, has sent no other write than of that operation,
// and at least one.
func (env *Env) WroteOnly(operation string, since int) bool {
	some := false
	for _, e := range env.run.exchanges[since:] {
		switch {
		case e.Operation != nil && e.Operation.Reads():
		case e.Operation == nil || e.Operation.ID != operation:
			return false
		default:
			some = true
		}
	}
	return some
}

// Sent is how many requests the case has sent so far.
func (env *Env) Sent() int { return len(env.run.exchanges) }

// disposable are the values that the target gives under names that begin so.
func (env *Env) disposable() (values []string) {
	given := env.run.session.target.Given
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if strings.HasPrefix(name, "disposable") {
			values = append(values, given[name])
		}
	}
	return values
}

// anyText says whether a text or a number somewhere in the value is one of those meant.
func anyText(value gjson.Result, meant func(string) bool) bool {
	if !value.IsObject() && !value.IsArray() {
		return value.Exists() && meant(value.String())
	}
	found := false
	value.ForEach(func(_, inner gjson.Result) bool {
		found = anyText(inner, meant)
		return !found
	})
	return found
}
