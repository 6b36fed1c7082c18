package command

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"rollcall/mockserver/adminclient"
)

// showDiff prints a record a line: + that is only there, - that is only in the other one, and
// ~ for each member of one that has changed.
func showDiff(w io.Writer, got any) error {
	d := got.(adminclient.Diff)
	for _, contract := range slices.Sorted(maps.Keys(d)) {
		for _, table := range slices.Sorted(maps.Keys(d[contract])) {
			t := d[contract][table]
			if len(t.Added)+len(t.Changed)+len(t.Removed) == 0 {
				continue
			}
			fmt.Fprintf(w, "%s %s: %d added, %d changed, %d removed\n", contract, table, len(t.Added), len(t.Changed),
				len(t.Removed))
			for _, r := range t.Added {
				fmt.Fprintf(w, "  + %s\n", r)
			}
			for _, c := range t.Changed {
				showChanged(w, c.Before, c.After)
			}
			for _, r := range t.Removed {
				fmt.Fprintf(w, "  - %s\n", r)
			}
		}
	}
	return nil
}

func showChanged(w io.Writer, before, after json.RawMessage) {
	var was, is map[string]json.RawMessage
	if json.Unmarshal(before, &was) != nil || json.Unmarshal(after, &is) != nil {
		fmt.Fprintf(w, "  ~ %s\n  → %s\n", before, after)
		return
	}
	names := maps.Clone(was)
	maps.Copy(names, is)
	fmt.Fprintf(w, "  ~ %s\n", firstOf(was["_id"], was["id"], before))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if string(was[name]) != string(is[name]) {
			fmt.Fprintf(w, "      %s: %s → %s\n", name, firstOf(was[name], json.RawMessage("nothing")),
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
