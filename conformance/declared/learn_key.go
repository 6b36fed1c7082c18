package declared

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/specs/contract"
	"rollcall/specs/format"
)

// mostTried is how many members are tried as what names a record.
const mostTried = 6

// gets looks by which member a record of the list is found, and what its answer wraps it in.
func (l *learner) gets(res *resource) {
	a, found := res.gets, l.first[res]
	if a == nil || a.op.Method != http.MethodGet || !found.Exists() {
		return
	}
	var above []string
	if res.above != nil {
		above = l.lines[res.above]
	}
	if len(res.ID.Composite) > 0 {
		if key := res.key(found, nil); len(key) > 0 && l.finds(res, append(slices.Clone(above), key...), found) {
			l.add(Confirmed, res.Name, "", "", "%s finds one by %s", a.Operation,
				strings.Join(append(slices.Clone(res.ID.Composite), res.ID.Member), ", "))
		}
		return
	}
	for i, member := range candidates(res, found, a) {
		if i == mostTried {
			break
		}
		line := append(slices.Clone(above), found.Get(gjsonName(member)).String())
		if !l.finds(res, line, found) {
			continue
		}
		if member == res.ID.Member {
			l.add(Confirmed, res.Name, "", "", "%s finds one by its %s", a.Operation, member)
			return
		}
		l.add(Corrected, res.Name, "resources",
			fmt.Sprintf("%s: {id: {member: %s, make: %s}}", res.Name, member, madeAs(found.Get(gjsonName(member)))),
			"%s finds one by its %s, not by its %s", a.Operation, member, placeName(res.ID.Member))
		return
	}
	l.add(Unknown, res.Name, "", "", "%s finds one of the list by none of its members", a.Operation)
}

// finds says whether an operation answers a line with the record that a list has, and looks what it is wrapped in.
func (l *learner) finds(res *resource, line []string, listed gjson.Result) bool {
	a := res.gets
	answer, _ := l.read(a.Operation, a.at(line))
	if answer == nil || !answer.Success() {
		return false
	}
	place, ok := wrapping(answer, strings.TrimSuffix(a.In, "[]"), listed)
	if !ok {
		return false
	}
	l.lines[res] = line
	if place == strings.TrimSuffix(a.In, "[]") {
		l.add(Confirmed, a.Operation, "", "", "the record is in %s", placeName(place))
	} else {
		l.add(Corrected, a.Operation, "operations", fmt.Sprintf("%s: {get: %s, in: %q}", a.Operation, res.Name, place),
			"the record is in %s, not in %s", placeName(place), placeName(a.In))
	}
	return true
}

// wrapping is where an answer has the record of a list: where it is expected, in the body itself, or in some member.
func wrapping(answer *client.Exchange, expected string, listed gjson.Result) (string, bool) {
	places := []string{expected, ""}
	answer.Get("@this").ForEach(func(name, inner gjson.Result) bool {
		if inner.IsObject() {
			places = append(places, name.String())
		}
		return true
	})
	for _, place := range places {
		if resembles(answer.Get(kit.Path(place)), listed) {
			return place, true
		}
	}
	return "", false
}

// resembles says whether a record has most of the plain members that a list tells of it.
func resembles(record, listed gjson.Result) bool {
	if !record.IsObject() {
		return false
	}
	same, all := 0, 0
	listed.ForEach(func(name, value gjson.Result) bool {
		if value.IsObject() || value.IsArray() || value.Type == gjson.Null {
			return true
		}
		all++
		if record.Get(gjsonName(name.String())).Raw == value.Raw {
			same++
		}
		return true
	})
	return same > 0 && 2*same > all
}

// candidates are the members that may name a record: the one that the behavior has, the one that is called as the
// parameter, and those whose names sound so.
func candidates(res *resource, found gjson.Result, a *act) (all []string) {
	add := func(name string) {
		const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
		if strings.Trim(name, plain) != "" {
			return // a target's word that is no word may be anything in a file
		}
		value := found.Get(gjsonName(name))
		fits := value.Type == gjson.String || value.Type == gjson.Number
		if fits && value.String() != "" && !strings.ContainsAny(value.String(), "/?# ") && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	add(res.ID.Member)
	if len(a.Params) > 0 {
		add(a.Params[len(a.Params)-1])
	}
	for _, ending := range []string{"id", "key", "number", "slug", "login", "name", "uuid", "code", "sid", "index"} {
		found.ForEach(func(name, _ gjson.Result) bool {
			if strings.HasSuffix(strings.ToLower(name.String()), ending) {
				add(name.String())
			}
			return true
		})
	}
	return all
}

// madeAs is how ids of the look of one are made, as a behavior has it.
func madeAs(id gjson.Result) string {
	switch {
	case id.Type == gjson.Number:
		return contract.MakeInteger
	case format.UUID(id.String()):
		return contract.MakeUUID
	}
	return contract.MakeGiven
}
