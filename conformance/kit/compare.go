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
