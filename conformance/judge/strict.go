package judge

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"

	"github.com/go-json-experiment/json/jsontext"

	"rollcall/specs/format"
	"rollcall/specs/trouble"
)

// decode reads body as JSON in the strict sense of RFC 8259: one value and
// nothing after it, no member name twice, valid UTF-8. encoding/json, on which
// kin-openapi stands, lets all three pass. Numbers come back as json.Number, or
// as the float64 of outOfInt64.
func decode(body []byte) (any, *Finding) {
	dec := jsontext.NewDecoder(bytes.NewReader(body))
	_, err := dec.ReadValue()
	if err == nil {
		if _, err = dec.ReadToken(); errors.Is(err, io.EOF) {
			return loose(body)
		}
		err = fmt.Errorf("after byte %d something follows the value", dec.InputOffset())
	}
	var syntax *jsontext.SyntacticError
	pointer := ""
	if errors.As(err, &syntax) {
		pointer = string(syntax.JSONPointer)
	}
	reason := trouble.Words(err)
	return nil, &Finding{Check: ResponseSchema, Pointer: pointer,
		Message: fmt.Sprintf("expected one well-formed JSON value, got %s: %s", sample(body), reason)}
}

// loose decodes a body that is known to be well-formed.
func loose(body []byte) (any, *Finding) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var value any
	if err := dec.Decode(&value); err != nil {
		return nil, &Finding{Check: ResponseSchema,
			Message: fmt.Sprintf("expected readable JSON, got %s: %s", sample(body), trouble.Words(err))}
	}
	return widen(value), nil
}

// widen replaces, in place, numbers that lie outside int64 by so little that a
// float64 cannot show it.
func widen(value any) any {
	switch v := value.(type) {
	case json.Number:
		return outOfInt64(v)
	case []any:
		for i := range v {
			v[i] = widen(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = widen(v[k])
		}
	}
	return value
}

// outOfInt64 keeps the verdict on format int64 exact. kin-openapi compares
// float64s, where 2^63 is the same number as the largest int64 and so accepted;
// such a number becomes the next float64 outside the range.
func outOfInt64(n json.Number) any {
	f, err := n.Float64()
	if err != nil || math.Abs(f) != -math.MinInt64 || format.IsOversized(n.String()) {
		return n
	}
	exact, ok := new(big.Float).SetPrec(128).SetString(n.String())
	if !ok || !exact.IsInt() {
		return n
	}
	if i, _ := exact.Int(nil); i.IsInt64() {
		return n
	}
	return math.Nextafter(f, math.Copysign(math.Inf(1), f))
}

// sample quotes the beginning of a body that is not JSON.
func sample(body []byte) string {
	const most = 60
	if len(body) > most {
		return fmt.Sprintf("%q…", body[:most])
	}
	return fmt.Sprintf("%q", body)
}
