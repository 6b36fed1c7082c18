package kit

import (
	"strconv"
	"strings"
	"unicode"

	"rollcall/conformance/suite"
)

// FirstGiven returns the first of the things that the target gives. It ends the case as
// undetermined when it gives none.
func FirstGiven(env *suite.Env, names ...string) string {
	for _, name := range names {
		if env.Has("given:" + name) {
			return env.Given(name)
		}
	}
	return env.Given(names[0])
}

// GivenNumber returns what the target gives under the name, as a number; see WholeNumber.
func GivenNumber(env *suite.Env, name string) int {
	return WholeNumber(env, "given:"+name, env.Given(name))
}

// FirstGivenNumber returns the first of the things that the target gives, as a number.
func FirstGivenNumber(env *suite.Env, names ...string) int {
	for _, name := range names {
		if env.Has("given:" + name) {
			return GivenNumber(env, name)
		}
	}
	return GivenNumber(env, names[0])
}

// GivenNumbers returns the numbers, separated by commas, that the target gives under one
// name. It ends the case as undetermined with fewer than least.
func GivenNumbers(env *suite.Env, name string, least int) []int {
	var numbers []int
	for part := range strings.SplitSeq(env.Given(name), ",") {
		numbers = append(numbers, WholeNumber(env, "given:"+name, part))
	}
	if len(numbers) < least {
		env.Undetermined("given:%s names %d, the case needs %d: add more under given", name, len(numbers), least)
	}
	return numbers
}

// WholeNumber reads a whole number that stands in the target's file under that need. It ends
// the case as undetermined when it is none.
func WholeNumber(env *suite.Env, need, text string) int {
	number, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		env.Undetermined("%s has %q in it, which is no whole number: correct it in the target's file", need, text)
	}
	return number
}

// OtherCase turns capitals into small letters and the other way round, but for letters that don't come back so, such as
// the i without a dot. It ends the case as undetermined when the text has no letters to turn.
func OtherCase(env *suite.Env, text string) string {
	turn := func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}
	turned := strings.Map(func(r rune) rune {
		if other := turn(r); turn(other) == r {
			return other
		}
		return r
	}, text)
	if turned == text {
		env.Undetermined("%q has no letters, so that it has no other letter case: give one that has", text)
	}
	return turned
}
