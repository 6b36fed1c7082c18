// Package trouble puts errors of Go's libraries into words that need no knowledge of Go: what a
// reader of a verdict is told when an answer did not come, or can't be read.
//
// It is no API: it serves the packages beside it, and may change with any version.
package trouble

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// said is an error in plain words, with its cause.
type said struct {
	words string
	cause error
}

func (s *said) Error() string { return s.words }
func (s *said) Unwrap() error { return s.cause }

// Plain is the same error in plain words; what was put into them stays as it is.
func Plain(err error) error {
	if err == nil || errors.As(err, new(*said)) {
		return err
	}
	return &said{Words(err), err}
}

// Said is an error that was put into plain words before, with what it is to be taken for; nil is nothing known.
func Said(words string, cause error) error { return &said{words, cause} }

// Words says of an error of a library what went wrong. A library's words for it are often all that tells one error
// from another, and all that is left of one in a file: it is they that are looked at.
func Words(err error) string {
	if plain := (*said)(nil); errors.As(err, &plain) {
		return err.Error()
	}
	if syntax := (*jsontext.SyntacticError)(nil); errors.As(err, &syntax) {
		return strict(syntax)
	}
	text := err.Error()
	if one, found := kindOf(text); found != nil {
		return one.says(found[1:])
	}
	return foreign.ReplaceAllString(text, "")
}

// kindOf is the first row that fits, and what it found.
func kindOf(text string) (row, []string) {
	for _, one := range rows() {
		if found := regexp.MustCompile(one.like).FindStringSubmatch(text); found != nil {
			return one, found
		}
	}
	return row{}, nil
}

// foreign is what libraries put before their words.
var foreign = regexp.MustCompile(`\b(?:net/http|http2?|jsontext|json|strconv|x509|tls|url|net/url|proxyconnect|exec|flate|gzip|` +
	`context|time|regexp|io|bufio|rate|oauth2|syscall|dial|read|write|lookup)(?: (?:tcp|udp)\d?)?: `)

// Came says whether an error is one of an answer that was there, and can't be read.
func Came(err error) bool {
	one, _ := kindOf(err.Error())
	return one.came
}

// strict says what is wrong with what is no JSON in the strict sense.
func strict(err *jsontext.SyntacticError) string {
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return "the member is there twice"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return notWhole
	case strings.Contains(err.Error(), "UTF-8"):
		return fmt.Sprintf("from byte %d on it is no text in UTF-8", err.ByteOffset)
	case strings.Contains(err.Error(), "surrogate"), strings.Contains(err.Error(), "escape sequence"):
		return fmt.Sprintf("at byte %d is an escape that stands for no character", err.ByteOffset)
	case strings.Contains(err.Error(), "depth"):
		return "it nests too deep"
	}
	return fmt.Sprintf("from byte %d on it is no JSON", err.ByteOffset)
}

const (
	notWhole  = "it ends before it is whole"
	mostShown = 80 // characters of what came
)

// row is one kind of error: how libraries say it, and what it says.
type row struct {
	like string // a regular expression
	say  string // $1 and so on are what it found
	came bool   // an answer was there
}

func (r row) says(found []string) string {
	text := r.say
	for i, one := range found {
		if cut := []rune(one); len(cut) > mostShown {
			one = string(cut[:mostShown]) + "…"
		}
		text = strings.ReplaceAll(text, "$"+strconv.Itoa(i+1), one)
	}
	return text
}
