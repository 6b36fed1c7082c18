package access

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strconv"

	"rollcall/specs/target"
)

// made is what a hook made, in the words of the target's file.
type made struct {
	Given    map[string]string         `json:"given"`
	Personas map[string]target.Persona `json:"personas"`
}

// Prepare runs the hooks of a target and adds what they made to it. The returned function
// takes it away again, last first; it is never nil, and is to be called also after an error.
func Prepare(ctx context.Context, t *target.Target) (remove func(ctx context.Context) error, err error) {
	var undo []func(ctx context.Context) error
	remove = func(ctx context.Context) (err error) {
		for i := len(undo) - 1; i >= 0; i-- {
			err = errors.Join(err, undo[i](ctx))
		}
		undo = nil
		return err
	}
	t.Given, t.Personas = maps.Clone(t.Given), maps.Clone(t.Personas)
	for i, hook := range t.Hooks {
		at := func(key string) string { return t.At("hooks", strconv.Itoa(i), key) }
		out, err := run(ctx, hook.Make, nil)
		if err != nil {
			return remove, fmt.Errorf("%s: %w", at("make"), err)
		}
		if len(hook.Remove) > 0 {
			undo = append(undo, func(ctx context.Context) error {
				if _, err := run(ctx, hook.Remove, out); err != nil {
					return fmt.Errorf("%s: what %s made may be left: %w", at("remove"), hook.Make[0], err)
				}
				return nil
			})
		}
		var got made
		decoder := json.NewDecoder(bytes.NewReader(out))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&got); err != nil {
			return remove, fmt.Errorf("%s: %s has to print JSON with the members given and personas, and no others%s",
				at("make"), hook.Make[0], whereWrong(err))
		}
		if t.Given == nil {
			t.Given = map[string]string{}
		}
		if t.Personas == nil {
			t.Personas = map[string]target.Persona{}
		}
		maps.Copy(t.Given, got.Given)
		maps.Copy(t.Personas, got.Personas)
	}
	return remove, nil
}

// whereWrong says where JSON goes wrong. The words of the reader hold what was printed, which may
// be a secret that nobody knows yet.
func whereWrong(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Sprintf("; byte %d is none of JSON", syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Sprintf("; there is another kind of value at byte %d", kind.Offset)
	}
	return ""
}
