package command

import (
	"encoding/json"
	"maps"
	"slices"

	"rollcall/mockserver/adminclient"
)

// showDiff prints a record a line: + that is only there, - that is only in the other one, and
// ~ for each member of one that has changed.
func showDiff(out *lines, got any) {
	d := got.(adminclient.Diff)
	for _, contract := range slices.Sorted(maps.Keys(d)) {
		for _, table := range slices.Sorted(maps.Keys(d[contract])) {
			t := d[contract][table]
			if len(t.Added)+len(t.Changed)+len(t.Removed) == 0 {
				continue
			}
			out.add("%s %s: %d added, %d changed, %d removed", contract, table, len(t.Added), len(t.Changed),
				len(t.Removed))
			for _, r := range t.Added {
				out.add("  + %s", r)
			}
			for _, c := range t.Changed {
				showChanged(out, c.Before, c.After)
			}
			for _, r := range t.Removed {
				out.add("  - %s", r)
			}
		}
	}
}

func showChanged(out *lines, before, after json.RawMessage) {
	var was, is map[string]json.RawMessage
	if json.Unmarshal(before, &was) != nil || json.Unmarshal(after, &is) != nil {
		out.add("  ~ %s", before)
		out.add("  → %s", after)
		return
	}
	names := maps.Clone(was)
	maps.Copy(names, is)
	out.add("  ~ %s", firstOf(was["_id"], was["id"], before))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if string(was[name]) != string(is[name]) {
			out.add("      %s: %s → %s", name, firstOf(was[name], json.RawMessage("nothing")),
				firstOf(is[name], json.RawMessage("nothing")))
		}
	}
}

func firstOf(all ...json.RawMessage) json.RawMessage {
	for _, one := range all {
		if len(one) > 0 {
			return one
		}
	}
	return nil
}
