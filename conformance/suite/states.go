package suite

import (
	"context"
	"maps"
	"slices"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/reports"
)

// States are what pieces of the state were, and the reads that showed it.
type States struct {
	pieces [][]byte
	shown  []*client.Exchange // one for each read; nil when reads are not single calls
}

// States is ReadAll that remembers the answers, for Differs.
func (env *Env) States(ctx context.Context, reads []Read) States {
	from := len(env.run.exchanges)
	states := States{pieces: env.ReadAll(ctx, reads)}
	if shown := env.run.exchanges[from:]; len(shown) == len(reads) {
		states.shown = slices.Clone(shown)
	}
	return states
}

// Differs says of the first read that shows something else than before what it is, "" when none does; see match.Changes. What
// changed then stands in the evidence of the failure that the caller makes of it.
func (env *Env) Differs(before, after States) (changed string) {
	for i, state := range after.pieces {
		if changed = match.Changes(before.pieces[i], state); changed == "" {
			continue
		}
		if before.shown != nil && after.shown != nil && before.shown[i].Status == after.shown[i].Status {
			env.run.before, env.run.after = before.shown[i], after.shown[i]
			name := changedMember(before.shown[i].Body, after.shown[i].Body)
			env.run.sight = &reports.Sight{Part: string(match.BodyPart), Name: name}
		}
		return changed
	}
	return ""
}

// changedMember is the name of the first member of which the two have not the same values, in whatever places: items may have
// moved. It is "" where items came or went.
func changedMember(before, after []byte) string {
	was, is := valuesOf(before), valuesOf(after)
	for _, name := range slices.Sorted(maps.Keys(is)) {
		if !slices.Equal(was[name], is[name]) && name != "" && len(was[""]) == len(is[""]) {
			return name
		}
	}
	return ""
}

// valuesOf are the values of all members of a document, by their names, and all items, by "".
func valuesOf(document []byte) map[string][]string {
	values := map[string][]string{}
	var walk func(gjson.Result)
	walk = func(v gjson.Result) {
		if !v.IsObject() && !v.IsArray() {
			return
		}
		v.ForEach(func(key, value gjson.Result) bool {
			name := key.String()
			if v.IsArray() {
				name = ""
			}
			values[name] = append(values[name], value.Raw)
			walk(value)
			return true
		})
	}
	walk(gjson.ParseBytes(document))
	for _, all := range values {
		slices.Sort(all)
	}
	return values
}
