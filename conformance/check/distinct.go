package check

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
	"rollcall/specs/format"
)

// sameRequest says whether two requests of an operation ask for the same.
func sameRequest(a, b []client.Option) bool {
	one, other := client.NewRequest(nil, a...), client.NewRequest(nil, b...)
	return maps.Equal(one.PathValues, other.PathValues) && one.Query.Encode() == other.Query.Encode() &&
		bytes.Equal(one.Body, other.Body)
}

// distinct is distinct_records: two requests for two records, or for the records below
// two others, are answered with two answers. What has nothing to show in a list is no
// answer to tell another from, unless something was made in it; and who is not found is told apart. What
// is only like the name of a record is not that record's, either: see suite.Alikes. And
// the first is told as it was: of what was read in between nothing is left in it.
func distinct(ctx context.Context, env *suite.Env, op *contract.Operation) {
	one, other := env.Sample(ctx, op.ID), env.Sample(ctx, op.ID)
	if own := env.Pair(op.ID); own != nil {
		one, other = own(ctx, env)
	}
	if sameRequest(one, other) {
		env.Undetermined("the suite knows of one record only that %s could read: give the names of another one, too", op.ID)
	}
	first, second := env.Must(ctx, op.ID, one...), env.Call(ctx, op.ID, other...)
	if !client.NewRequest(op, other...).Invalid {
		env.Expect(second).To(match.Success())
	}
	if !sameTold(env, first, second) {
		asBefore(ctx, env, op, first, one)
		alikeApart(ctx, env, op, first, one, other)
		return
	}
	if lists, items := counted(gjson.ParseBytes(env.Settled(first))); lists > 0 && items == 0 {
		if env.MadeIn(first) && env.MadeIn(second) {
			env.Fail("something was made in both lists, and neither shows it\n%s\n%s", match.Show(first), match.Show(second))
		}
		env.Undetermined("there is nothing in either list that could tell them apart\n%s", match.Show(first))
	}
	env.Fail("two requests for two records are answered with the same\n%s\n%s", match.Show(first), match.Show(second))
}

// sameTold says whether two answers tell the same: in what the document names and, where that is the same, in the objects
// of which it names no member.
func sameTold(env *suite.Env, one, other *client.Exchange) bool {
	return len(match.Differences(env.Settled(one), env.Settled(other))) == 0 &&
		len(match.Differences(env.SettledFree(one), env.SettledFree(other))) == 0
}

// asBefore expects the first record once more as it was told. Who changes it meanwhile leaves it
// changed, so that a third look shows what the second did.
func asBefore(ctx context.Context, env *suite.Env, op *contract.Operation, first *client.Exchange, one []client.Option) {
	again := env.Call(ctx, op.ID, one...)
	left := alien(env, first, again)
	if left == "" || alien(env, again, env.Call(ctx, op.ID, one...)) == "" {
		return
	}
	env.Fail("%s of a record is another after another record was read\n%s\n%s", left, match.Show(first), match.Show(again))
}

// alien names a documented member whose texts, truths and numbers are others than before, in
// whatever order they come, "" for none. Instants, what is volatile and what is not there in both
// may change from one look to the next.
func alien(env *suite.Env, before, after *client.Exchange) string {
	was, is := gjson.ParseBytes(env.Settled(before)), gjson.ParseBytes(env.Settled(after))
	if !was.IsObject() || !after.Success() {
		return ""
	}
	for name, member := range was.Map() {
		if now := is.Get(gjson.Escape(name)); now.Exists() && !slices.Equal(leaves(member), leaves(now)) {
			return name
		}
	}
	return ""
}

// leaves are the texts, truths and numbers in a value, sorted, without instants.
func leaves(value gjson.Result) (all []string) {
	if value.IsObject() || value.IsArray() {
		value.ForEach(func(_, inner gjson.Result) bool {
			all = append(all, leaves(inner)...)
			return true
		})
		slices.Sort(all)
		return all
	}
	if _, instant := format.Instant(value.String()); instant || value.Type == gjson.Null {
		return nil
	}
	return []string{value.String()}
}

// counted counts the lists of an answer, bare or in a wrapper, and what stands in them.
func counted(answer gjson.Result) (lists, items int) {
	if answer.IsArray() {
		return 1, len(answer.Array())
	}
	answer.ForEach(func(_, member gjson.Result) bool {
		if member.IsArray() {
			lists, items = lists+1, items+len(member.Array())
		}
		return true
	})
	return lists, items
}

// alikeApart asks for what is only like the values in the path by which the two requests
// differ: whatever comes, it is not the first record, nor the list that it has.
func alikeApart(
	ctx context.Context, env *suite.Env, op *contract.Operation, first *client.Exchange, one, other []client.Option,
) {
	if lists, items := counted(gjson.ParseBytes(env.Settled(first))); lists > 0 && items == 0 {
		return
	}
	values, others := client.NewRequest(nil, one...).PathValues, client.NewRequest(nil, other...).PathValues
	for _, parameter := range client.Placeholders(op.Path) {
		if values[parameter] == others[parameter] {
			continue
		}
		for _, like := range suite.Alikes(values[parameter]) {
			answer := env.Call(ctx, op.ID, with(one, client.Path(parameter, like), client.Invalid())...)
			if answer.Success() && sameTold(env, first, answer) && (tells(first, values[parameter]) ||
				isPattern(like) && isPatternElsewhere(ctx, env, op, parameter, values[parameter], like, one)) {
				env.Fail("what %s of %s has is answered to %s as well\n%s", parameter, values[parameter], like,
					match.Show(answer))
			}
		}
	}
}

// tells says whether an answer shows the name that its record was asked for by. Where it does not, what has another name may
// be another record with the same to show, such as another case of one manager.
func tells(answer *client.Exchange, name string) bool {
	shown, _ := json.Marshal(name) // a text always encodes
	return bytes.Contains(answer.Known(), shown[1:len(shown)-1])
}

// isPatternElsewhere says whether what stands for other signs does so in another place as well: one name with such a sign may
// be another record's that looks the same.
func isPatternElsewhere(ctx context.Context, env *suite.Env, op *contract.Operation, parameter, name, like string,
	one []client.Option) bool {
	signs, pattern := []rune(name), []rune(like)
	sign := string(pattern[len(pattern)-1])
	for _, other := range []string{sign + string(signs[1:]), string(signs[:max(0, len(signs)-2)]) + sign + sign} {
		if env.Call(ctx, op.ID, with(one, client.Path(parameter, other), client.Invalid())...).Success() {
			return true
		}
	}
	return false
}

// isPattern says whether a name has signs that stand for others: nobody's name is expected to have them.
func isPattern(name string) bool { return strings.ContainsAny(name, "*%_?") }
