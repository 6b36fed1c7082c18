package declared

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// text is a value as a path or a query has it.
func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	data, _ := json.Marshal(value) // of decoded JSON always encodes
	return string(data)
}

// alike says whether an answer's value is the one sent: of an object each member that was
// sent, and null may be left out.
func alike(found gjson.Result, sent any, strict bool) bool {
	data, _ := json.Marshal(sent)
	return alikeDecoded(found, decoded(data), strict)
}

func alikeDecoded(found gjson.Result, sent any, strict bool) bool {
	switch v := sent.(type) {
	case map[string]any:
		for name, member := range v {
			if !alikeDecoded(found.Get(gjson.Escape(name)), member, strict) {
				return false
			}
		}
		return found.IsObject()
	case []any:
		items := found.Array()
		if !found.IsArray() || len(items) != len(v) {
			return false
		}
		for i := range v {
			if !alikeDecoded(items[i], v[i], strict) {
				return false
			}
		}
		return true
	case string:
		if sent, ok := format.Instant(v); ok {
			if at, ok := kit.Instant(found, strict); ok {
				return at.Equal(sent) || at.Unix() == sent.Unix()
			}
		}
	}
	return kit.Alike(found, sent, strict)
}

// expectHas fails the case unless the record has what was sent, as far as the resource shows it.
func (res *resource) expectHas(env *suite.Env, found gjson.Result, sent kit.Body, answer *client.Exchange, where string) {
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if !res.shows(name) || sent[name] == kit.Omit {
			continue
		}
		if !alike(found.Get(gjson.Escape(name)), sent[name], env.Strict()) {
			env.Expect(answer).To(match.That(fmt.Sprintf("%s of the %s as sent, %s, %s", name, res.Name, text(sent[name]), where),
				func(*client.Exchange) string { return "it is " + shown(found.Get(gjson.Escape(name))) }))
		}
	}
}

func shown(value gjson.Result) string {
	if !value.Exists() {
		return "not there"
	}
	return value.Raw
}

// shows says whether an answer is to have the member: it is documented, and not hidden.
func (res *resource) shows(member string) bool {
	if slices.Contains(res.Hidden, member) || res.looks() && !res.gets.tells {
		return false
	}
	if res.Schema == nil {
		return true
	}
	s, ok := res.Schema.Property(member)
	return ok && !s.WriteOnly
}

// expectStays fails the case unless all members but the excepted are what they were.
func (res *resource) expectStays(env *suite.Env, before, after gjson.Result, answer *client.Exchange, except ...string) {
	except = append(except, res.moving()...)
	was, is := []byte(res.known(before)), []byte(res.known(after))
	changed := slices.DeleteFunc(match.Differences(was, is), func(pointer string) bool {
		top, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
		return slices.Contains(except, top)
	})
	if len(changed) > 0 {
		env.Expect(answer).To(match.That("nothing else of the "+res.Name+" to change", func(*client.Exchange) string {
			return fmt.Sprintf("%s changed\nbefore: %s\nafter:  %s", strings.Join(changed, ", "), before.Raw, after.Raw)
		}))
	}
}

// known are the documented members of a record that are not null, but for the excepted.
func (res *resource) known(record gjson.Result, except ...string) string {
	kept := map[string]any{}
	record.ForEach(func(name, value gjson.Result) bool {
		if value.Type != gjson.Null && res.shows(name.String()) && !slices.Contains(except, name.String()) {
			kept[name.String()] = value.Value()
		}
		return true
	})
	data, _ := json.Marshal(kept) // decoded JSON always encodes
	return string(data)
}

// moving are the members that change by themselves.
func (res *resource) moving() (names []string) {
	for _, s := range res.Stamps {
		if s.Changed {
			names = append(names, s.Member)
		}
	}
	for _, d := range res.Computed {
		names = append(names, d.Member)
	}
	return names
}
