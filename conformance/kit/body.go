package kit

import "maps"

// Body is a request body by its members.
type Body = map[string]any

type omitted string

// Omit, as the value of a change, leaves the member out.
const Omit omitted = "left out"

// With returns a copy of a body after the changes, one after the other: each gives
// members their values. Omit leaves one out, and a func(any) any makes the value of the
// one that was there.
func With(body Body, changes ...Body) Body {
	changed := maps.Clone(body)
	for _, change := range changes {
		for name, value := range change {
			switch value := value.(type) {
			case omitted:
				delete(changed, name)
			case func(any) any:
				changed[name] = value(changed[name])
			default:
				changed[name] = value
			}
		}
	}
	return changed
}

// Fill returns a copy of a body with the members of the others that it lacks.
func Fill(body Body, others ...Body) Body {
	filled := Body{}
	for i := len(others) - 1; i >= 0; i-- {
		maps.Copy(filled, others[i])
	}
	maps.Copy(filled, body)
	return filled
}

// Without is the change that leaves these members out.
func Without(names ...string) Body {
	change := Body{}
	for _, name := range names {
		change[name] = Omit
	}
	return change
}
