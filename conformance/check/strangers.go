package check

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// strangers are records that the run did not make, and that a write has to leave alone
// like any other: what the target's file gives, and what stands in the list of the sort
// that is written. They are somebody else's, who may change them at any moment. So only
// those are watched that two looks before the write show alike; and what changes across
// one write is a failure where nobody else can have done it or the change tells whose it
// is (see certain), else when a second write has strangers change as well.
type strangers struct {
	env   *suite.Env
	looks []look
	known map[string][]byte // what stood still, by name
	given map[string]bool   // names of those that the target's file gives
	since int               // requests of the case before the first look
}

// mostStrangers is how many records of a list are watched: the first ones, on as many
// pages as they take.
const mostStrangers = 100

// nothing is what ownTexts says of a record that is not there.
const nothing = "{}"

// look reads some records, by name: an operation, a blank, and the record's id last.
type look func(ctx context.Context) map[string][]byte

// watchStrangers looks for the first time at who must not notice a write of the operation.
func watchStrangers(ctx context.Context, env *suite.Env, op *contract.Operation) *strangers {
	s := &strangers{env: env, given: map[string]bool{}, since: env.Sent()}
	s.addGiven()
	s.addList(op, env, "")
	below, _ := strings.CutSuffix(op.Path, "/{"+lastParameter(op.Path)+"}")
	if apart := env.Apart(); apart != "" && len(client.Placeholders(below)) == 0 { // else a path of its own would name them
		s.addList(op, env.As(apart), "of "+apart+": ")
	}
	s.known = s.look(ctx)
	return s
}

// beforehand leaves out what the write is about. Where the set-up wrote by the same operation
// alone, as it does before it makes other kinds of records, what changed with it is told as with
// the write itself.
func (s *strangers) beforehand(ctx context.Context, op *contract.Operation, request []client.Option) (suspected string) {
	own := slices.Collect(maps.Values(client.NewRequest(nil, request...).PathValues))
	maps.DeleteFunc(s.known, func(name string, state []byte) bool {
		return string(state) == nothing || slices.Contains(own, name[strings.LastIndex(name, " ")+1:])
	})
	if s.env.WroteOnly(op.ID, s.since) {
		suspected = s.touched(ctx, nil)
	}
	return suspected
}

// settle looks for the second time, when all is made that the write needs, and leaves out what did
// not stand still.
func (s *strangers) settle(ctx context.Context) {
	if len(s.known) == 0 {
		return
	}
	now := s.look(ctx)
	maps.DeleteFunc(s.known, func(name string, state []byte) bool { return len(match.Differences(state, now[name])) > 0 })
}

func (s *strangers) look(ctx context.Context) map[string][]byte {
	all, pieces := map[string][]byte{}, make([]func(), len(s.looks))
	for i, look := range s.looks {
		pieces[i] = func() { maps.Copy(all, look(ctx)) }
	}
	s.env.Abreast(pieces...)
	return all
}

// addGiven adds each record that the contract can read by what the target's file gives
// under the names of its parameters: by its path, or by one parameter of its query.
func (s *strangers) addGiven() {
	for _, op := range s.env.Contract().Operations {
		path, last := map[string]string{}, lastParameter(op.Path)
		missing := slices.ContainsFunc(client.Placeholders(op.Path), func(name string) bool {
			value, ok := s.env.Standing(name)
			path[name] = value
			return !ok
		})
		switch {
		case op.Method != http.MethodGet || missing || !ofOne(op):
		case last != "":
			s.addRead(op.ID+" "+path[last], op.ID, pathValues(path))
		default:
			for _, p := range op.Parameters {
				value, ok := s.env.Standing(p.Name)
				if p.In == "query" && ok {
					s.addRead(op.ID+" "+p.Name+" "+value, op.ID, pathValues(path), client.Query(p.Name, value))
				}
			}
		}
	}
}

// ofOne says whether the answer of an operation is one record with an id, bare or in a wrapper.
func ofOne(op *contract.Operation) bool {
	answer := op.Success()
	if answer == nil || answer.Schema == nil {
		return false
	}
	members := answer.Schema.Flat()
	if len(members) == 1 {
		members = members[0].Schema.Flat()
	}
	return slices.ContainsFunc(members, func(m *contract.Property) bool {
		return m.Name == "id" || m.Name == lastParameter(op.Path)
	})
}

func (s *strangers) addRead(name, operation string, options ...client.Option) {
	s.given[name] = true
	read := s.env.StateOf(operation, options...)
	s.looks = append(s.looks, func(ctx context.Context) map[string][]byte {
		return map[string][]byte{name: ownTexts(read(ctx))}
	})
}

// addList adds what others have in the list of the operation's records as the caller sees it,
// where it stands below nothing that the case has made.
func (s *strangers) addList(op *contract.Operation, by *suite.Env, whose string) {
	collection, _ := strings.CutSuffix(op.Path, "/{"+lastParameter(op.Path)+"}")
	values := map[string]string{}
	for _, name := range client.Placeholders(collection) {
		value, ok := s.env.Standing(name)
		if !ok {
			return
		}
		values[name] = value
	}
	list := get(s.env.Contract(), collection)
	if list == nil {
		return
	}
	prefix := whose + list.ID + " "
	s.looks = append(s.looks, func(ctx context.Context) map[string][]byte {
		all := map[string][]byte{}
		for item := range itemsOf(ctx, by, list, values) {
			if len(all) == mostStrangers {
				break
			}
			if id := item.Get("id").String(); id != "" && s.env.Foreign([]byte(item.Raw)) {
				all[prefix+id] = ownTexts([]byte(item.Raw))
			}
		}
		var alone []func()
		for _, name := range slices.Sorted(maps.Keys(s.known)) { // a list in pages may have moved on
			id, listed := strings.CutPrefix(name, prefix)
			if read := readOf(by, collection, values, id); listed && all[name] == nil && read != nil {
				alone = append(alone, func() { all[name] = inCommon(s.known[name], ownTexts(read(ctx))) })
			}
		}
		by.Abreast(alone...)
		return all
	})
}

// touched looks once more, and says who has changed across the write: "" when nobody has.
// It fails the case where the write alone can have done it.
func (s *strangers) touched(ctx context.Context, written *client.Exchange) string {
	if len(s.known) == 0 {
		return ""
	}
	now := s.look(ctx)
	for _, name := range slices.Sorted(maps.Keys(s.known)) {
		before, after := s.known[name], now[name]
		changed := match.Differences(before, after)
		if len(changed) == 0 {
			continue
		}
		told := fmt.Sprintf("%s:\n%s", name, match.Changes(before, after))
		if s.certain(name, changed, after, written) {
			if written != nil {
				s.env.Expect(written).To(match.Success())
			}
			s.env.Fail("a record that the request does not name, and the run did not make, was touched: %s", told)
		}
		return told
	}
	return ""
}

// certain says whether a change across one write is its doing: nobody else writes in a
// world of the case's own; whoever gives a record in the target's file says that it stands
// while the run lasts; and nobody else happens to write, just then, what was sent.
func (s *strangers) certain(name string, changed []string, after []byte, written *client.Exchange) bool {
	return s.env.Has("worlds") || s.given[name] || written != nil && slices.ContainsFunc(changed, func(pointer string) bool {
		member := gjson.Escape(strings.TrimPrefix(pointer, "/"))
		sent, is := gjson.GetBytes(written.RequestBody, member), gjson.GetBytes(after, member)
		return sent.String() != "" && (sent.Type == gjson.String || sent.Type == gjson.Number) && sent.String() == is.String()
	})
}

// inCommon is the record as a list showed it, with what its own read says of the same
// members, for the two need not have the same; nothing when the read finds none of them.
func inCommon(listed, alone []byte) []byte {
	now, found := map[string]any{}, false
	gjson.ParseBytes(listed).ForEach(func(name, value gjson.Result) bool {
		now[name.String()] = value.Value()
		if own := gjson.GetBytes(alone, gjson.Escape(name.String())); own.Exists() {
			now[name.String()], found = own.Value(), true
		}
		return true
	})
	if !found {
		return []byte(nothing)
	}
	data, _ := json.Marshal(now) // decoded JSON always encodes
	return data
}
