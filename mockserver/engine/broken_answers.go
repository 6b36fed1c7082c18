package engine

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/defect"
)

// broken lets the active answer defects act on a finished answer.
func (r *run) broken(a behavior.Answer) behavior.Answer {
	for _, d := range r.defects(defect.Drop, defect.Null, defect.Retype, defect.Set, defect.Status, defect.Type,
		defect.Empty, defect.Reorder, defect.Shorten, defect.Repeat, defect.Header) {
		success := a.Status < http.StatusBadRequest
		if d.On == 0 && success || d.On == a.Status {
			a = damage(a, d)
		}
	}
	return a
}

func damage(a behavior.Answer, d defect.Defect) behavior.Answer {
	switch d.Op {
	case defect.Status:
		if n, err := strconv.Atoi(d.Value); err == nil {
			a.Status = n
		}
	case defect.Type:
		a.ContentType = d.Value
	case defect.Empty:
		a.Body = nil
	case defect.Header:
		a.Header = a.Header.Clone()
		if a.Header == nil {
			a.Header = http.Header{}
		}
		a.Header.Del(d.Path)
		if d.Value != "" {
			a.Header.Set(d.Path, d.Value)
		}
	default:
		a.Body = rewrite(a.Body, d)
	}
	return a
}

// rewrite changes the JSON body at the defect's path. An empty path is the
// whole body; "*" steps into every item.
func rewrite(body []byte, d defect.Defect) []byte {
	var doc any
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&doc); err != nil && len(body) > 0 {
		return body
	}
	var steps []string
	if d.Path != "" {
		steps = strings.Split(d.Path, ".")
	}
	out, err := json.Marshal(change(doc, steps, d))
	if err != nil {
		return body
	}
	return out
}

type gone struct{}

func change(v any, steps []string, d defect.Defect) any {
	if len(steps) == 0 {
		return replace(v, d)
	}
	switch v := v.(type) {
	case []any:
		for i := range v {
			if steps[0] == defect.All || steps[0] == strconv.Itoa(i) {
				v[i] = change(v[i], steps[1:], d)
			}
		}
	case map[string]any:
		old, there := v[steps[0]]
		if !there && (d.Op != defect.Set || len(steps) > 1) {
			return v
		}
		changed := change(old, steps[1:], d)
		if _, drop := changed.(gone); drop {
			delete(v, steps[0])
		} else {
			v[steps[0]] = changed
		}
	}
	return v
}

func replace(v any, d defect.Defect) any {
	switch d.Op {
	case defect.Drop:
		return gone{}
	case defect.Null:
		return nil
	case defect.Retype:
		return retype(v)
	case defect.Set:
		var to any
		dec := json.NewDecoder(strings.NewReader(d.Value))
		dec.UseNumber()
		if dec.Decode(&to) == nil {
			return to
		}
	case defect.Reorder:
		if items, ok := v.([]any); ok {
			slices.Reverse(items)
		}
	case defect.Shorten:
		if items, ok := v.([]any); ok && len(items) > 0 {
			return items[:len(items)-1]
		}
	case defect.Repeat:
		if items, ok := v.([]any); ok && len(items) > 0 {
			return append([]any{items[0]}, items...)
		}
	}
	return v
}

// retype gives a value that no schema of the old value's type takes.
func retype(v any) any {
	switch v.(type) {
	case string, nil:
		return map[string]any{"unexpected": true}
	case []any:
		return map[string]any{"unexpected": true}
	default:
		return []any{"unexpected"}
	}
}
