package kit

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/onsi/gomega/types"
	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

// AnyOrder is a read whose arrays are in an order of the kit's.
func AnyOrder(read suite.Read) suite.Read {
	return func(ctx context.Context) []byte { return match.Unordered(read(ctx)) }
}

// SinceFirst is a read that is first what it was when a case of this run first asked under the name, and then what
// it is: what a write does once, and other cases have sent before, is the same before and after any one call.
func SinceFirst(env *suite.Env, name string, read suite.Read) suite.Read {
	looked := false
	return func(ctx context.Context) []byte {
		first := AtFirst(ctx, env, name, read)
		if looked || first == nil {
			return read(ctx)
		}
		looked = true
		return first
	}
}

// AtFirst is what a read gave when a case of this run first asked under the name, nil when that came to nothing.
func AtFirst(ctx context.Context, env *suite.Env, name string, read suite.Read) []byte {
	first := env.AtFirst("read "+name, func() *client.Exchange { return &client.Exchange{Body: read(ctx)} })
	if first == nil {
		return nil
	}
	return first.Body
}

// text is the JSON of a value of a body or an answer, which can always be encoded.
func text(value any) []byte {
	data, _ := json.Marshal(value)
	return data
}

// NoNull matches an answer in which nothing is null, at any depth. An answer that is no
// JSON has no null either.
func NoNull() types.GomegaMatcher {
	return match.That("no null in the answer", func(e *client.Exchange) string {
		found := ""
		Walk(e.Get("@this"), func(path, _ string, value gjson.Result) {
			if found == "" && value.Exists() && value.Type == gjson.Null {
				found = path + " is null"
			}
		})
		return found
	})
}

// Walk visits a value and all that is in it, with the gjson path of each and its name;
// an item has the name of its array.
func Walk(value gjson.Result, visit func(path, name string, value gjson.Result)) {
	walk("", "", value, visit)
}

func walk(path, name string, value gjson.Result, visit func(path, name string, value gjson.Result)) {
	visit(path, name, value)
	if !value.IsObject() && !value.IsArray() {
		return
	}
	index := 0
	value.ForEach(func(key, inner gjson.Result) bool {
		step, own := gjson.Escape(key.String()), key.String()
		if value.IsArray() {
			step, own = strconv.Itoa(index), name
			index++
		}
		walk(strings.TrimPrefix(path+"."+step, "."), own, inner, visit)
		return true
	})
}

// Named are the items of a list by their names. A document may print each as an object whose members it does not say: one that
// has the wanted name in any of them is that one, and else it is all that it says.
func Named(list gjson.Result, wanted string) []string {
	names := []string{}
	for _, item := range list.Array() {
		name := item.String()
		item.ForEach(func(_, member gjson.Result) bool {
			if item.IsObject() && member.String() == wanted {
				name = wanted
			}
			return true
		})
		names = append(names, name)
	}
	return names
}
