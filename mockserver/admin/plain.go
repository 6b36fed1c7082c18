package admin

import (
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// plainError says what is wrong with a body, and where, without a word of how it is read.
func plainError(err error) string {
	var about *json.SemanticError
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax):
		return at(syntax.JSONPointer, plainSyntax(syntax))
	case errors.As(err, &about):
		return at(about.JSONPointer, plainType(about))
	}
	return err.Error()
}

func at(pointer jsontext.Pointer, text string) string {
	if pointer == "" {
		return text
	}
	return fmt.Sprintf("%.200s: %s", string(pointer), text)
}

func plainSyntax(err *jsontext.SyntacticError) string {
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return "it is there twice"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends before it is whole"
	}
	return fmt.Sprintf("from byte %d on it is no JSON in UTF-8, or goes too deep", err.ByteOffset)
}

func plainType(err *json.SemanticError) string {
	wanted := wantedOf(err.GoType)
	switch {
	case errors.Is(err.Err, json.ErrUnknownName):
		return "there is no such member"
	case errors.Is(err.Err, errVanishes):
		return errVanishes.Error()
	case wanted == "":
		return "it is of another type"
	case err.JSONKind == jsontext.KindNumber && len(err.JSONValue) > 0: // a fraction, or one without bounds
		return fmt.Sprintf("it is %.40s, and has to be %s", err.JSONValue, wanted)
	}
	return fmt.Sprintf("it is %s, and has to be %s", foundOf(err.JSONKind), wanted)
}

// foundOf names what stands in a body.
func foundOf(kind jsontext.Kind) string {
	return map[jsontext.Kind]string{jsontext.KindNull: "null", jsontext.KindTrue: "true", jsontext.KindFalse: "false",
		jsontext.KindString: "a text", jsontext.KindNumber: "a number", jsontext.KindBeginObject: "an object",
		jsontext.KindBeginArray: "a list"}[kind]
}

// wantedOf names what should stand there, "" when it may be several things.
func wantedOf(t reflect.Type) string {
	if t == nil {
		return ""
	}
	switch t.Kind() {
	case reflect.Pointer:
		return wantedOf(t.Elem())
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return fmt.Sprintf("a whole number of %d bits", t.Bits())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return fmt.Sprintf("a whole number from 0 of %d bits", t.Bits())
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "an object"
	}
	return ""
}
