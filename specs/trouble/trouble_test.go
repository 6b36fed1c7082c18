package trouble_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"rollcall/specs/trouble"
)

func strictly(text string) error {
	_, err := jsontext.NewDecoder(strings.NewReader(text)).ReadValue()
	return err
}

func loosely(text string, into any) error { return json.Unmarshal([]byte(text), into) }

// TestWords holds the words of errors that libraries give.
func TestWords(t *testing.T) {
	_, number := strconv.Atoi("x")
	_, large := strconv.ParseInt("99999999999999999999", 10, 64)
	_, moment := time.Parse(time.RFC3339, "noon")
	_, escape := url.PathUnescape("%zz")
	_, pattern := regexp.Compile(strings.Repeat("a(", 1))
	var typed struct{ Name string }
	for _, row := range []struct {
		err  error
		want string
	}{
		{strictly(`{"a":1`), "it ends before it is whole"},
		{strictly(`{"a":nulx}`), "from byte 8 on it is no JSON"},
		{strictly(`{"a":1,"a":2}`), "the member is there twice"},
		{strictly("\"\xff\""), "from byte 1 on it is no text in UTF-8"},
		{loosely(`{"a"`, &typed), "it ends before it is whole"},
		{loosely(`x`, &typed), "it is no JSON"},
		{loosely(`{"Name":1}`, &typed), "Name has another type: it is a number"},
		{loosely(`1`, &typed), "it is a number where another type belongs"},
		{number, `"x" is no number`},
		{large, `"99999999999999999999" is too large a number`},
		{moment, `"noon" is no time`},
		{escape, `"%zz" is no escape of a URL`},
		{pattern, "`a(` is no pattern"},
		{io.EOF, "the connection was closed before an answer came"},
		{errors.New("net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0-OpenSSH\""),
			`it is no answer of HTTP, but begins with "SSH-2.0-OpenSSH"`},
		{errors.New("malformed HTTP response \"" + strings.Repeat("x", 500) + "\""),
			`it is no answer of HTTP, but begins with "` + strings.Repeat("x", 79) + "…"},
		{errors.New("dial tcp: lookup nowhere.invalid on 127.0.0.53:53: no such host"), "no host is called nowhere.invalid"},
		{errors.New("net/http: some new words"), "some new words"},
	} {
		if got := trouble.Words(row.err); got != row.want {
			t.Errorf("%v is told as %q, want %q", row.err, got, row.want)
		}
		plain := trouble.Plain(row.err)
		if again := trouble.Plain(plain); again.Error() != row.want || !errors.Is(again, row.err) {
			t.Errorf("%v, twice: %v", row.err, again)
		}
	}
	if said := trouble.Plain(trouble.Said("the connection was refused by the guard", io.EOF)); !errors.Is(said, io.EOF) ||
		said.Error() != "the connection was refused by the guard" {
		t.Errorf("what was said already is told as %v", said)
	}
}
