package check

import (
	"bytes"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// strictJSON is why JSON that only lenient readers take is refused: no document says so, but that a body is JSON.
const strictJSON contract.Authority = "inferred: JSON is what RFC 8259 says it is"

// almostJSON are bodies that some readers take for JSON and none need: a careful one does not guess. What stands behind a
// value that is whole many a reader leaves unread, which guesses nothing.
func almostJSON(body []byte, media string) (found []deviation) {
	body = bytes.TrimSpace(body)
	if len(body) < 2 || body[0] != '{' && body[0] != '[' {
		return nil
	}
	last := len(body) - 1
	add := func(place string, text ...[]byte) {
		found = append(found, deviation{place, "json", strictJSON, client.Raw(bytes.Join(text, nil), media)})
	}
	if len(bytes.TrimSpace(body[1:last])) > 0 {
		add("the body with a comma behind its last part", body[:last], []byte(","), body[last:])
	}
	if body[0] == '{' && last > 1 {
		add("the body with a NaN in it", body[:last], []byte(`,"rollcall":NaN`), body[last:])
	}
	if bytes.ContainsRune(body, '"') && !bytes.ContainsAny(body, `'\`) {
		add("the body with single quotes", bytes.ReplaceAll(body, []byte(`"`), []byte("'")))
	}
	return found
}
