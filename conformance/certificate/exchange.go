package certificate

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
	"unicode/utf8"

	"rollcall/conformance/client"
	"rollcall/specs/secret"
)

// Exchange is one request of the suite with its answer, whole, secrets cut out.
type Exchange struct {
	Requirement     string      `json:"requirement,omitempty"` // "" for what a run asks beside its cases
	Case            string      `json:"case"`                  // its title
	Number          int         `json:"number"`                // in the case, from 1
	At              time.Time   `json:"at"`                    // when the answer was there
	Method          string      `json:"method"`
	URL             string      `json:"url"`
	RequestHeaders  http.Header `json:"request_headers"`
	RequestBody     Body        `json:"request_body"`
	Status          int         `json:"status"` // 0 when no answer came
	ResponseHeaders http.Header `json:"response_headers"`
	ResponseBody    Body        `json:"response_body"`
	Failed          string      `json:"failed,omitempty"` // why no answer came
	Cause           string      `json:"cause,omitempty"`  // one of those below, where the suite tells them apart
}

// What kept an answer from coming, as far as the suite cares.
const (
	causeTimeout = "timeout"
	causeUnsent  = "unsent"
	causeUnread  = "unread" // it came, and can't be read
)

// Body is the body of a message. As JSON it is a text, and an object with the member base64
// where it is none.
type Body string

// MarshalJSON writes the body.
func (b Body) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(b)) {
		return json.Marshal(string(b))
	}
	return json.Marshal(map[string][]byte{"base64": []byte(b)})
}

// UnmarshalJSON reads it.
func (b *Body) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte("{")) {
		var bytes struct{ Base64 []byte }
		err := json.Unmarshal(data, &bytes)
		*b = Body(bytes.Base64)
		return err
	}
	return json.Unmarshal(data, (*string)(b))
}

// mostBody is more than the suite reads of an answer.
const mostBody = 64 << 20

// redact cuts the secrets out of the exchange: by the names under which they stand, and
// wherever one stands that the keeper knows.
func (e *Exchange) redact(keeper *secret.Keeper) {
	raw := client.Exchange{Method: e.Method, URL: e.URL, RequestHeader: e.RequestHeaders, RequestBody: []byte(e.RequestBody),
		Status: e.Status, Header: e.ResponseHeaders, Body: []byte(e.ResponseBody)}
	shown := raw.Shown(mostBody)
	e.URL, e.Failed = keeper.Cut(shown.URL), keeper.Cut(secret.Query(e.Failed, secret.Mark))
	e.RequestHeaders, e.ResponseHeaders = cutHeaders(shown.RequestHeaders, keeper), cutHeaders(shown.ResponseHeaders, keeper)
	e.RequestBody, e.ResponseBody = Body(keeper.Cut(shown.RequestBody)), Body(keeper.Cut(shown.ResponseBody))
}

func cutHeaders(header http.Header, keeper *secret.Keeper) http.Header {
	for _, values := range header {
		for i, value := range values {
			values[i] = keeper.Cut(value)
		}
	}
	return header
}

func encode(all []*Exchange) ([]byte, error) {
	var out bytes.Buffer
	packed := gzip.NewWriter(&out)
	lines := json.NewEncoder(packed)
	lines.SetEscapeHTML(false)
	for _, one := range all {
		if err := lines.Encode(one); err != nil {
			return nil, err
		}
	}
	err := packed.Close()
	return out.Bytes(), err
}

// What a bundle may unpack to: a small file may claim to hold anything. Nothing that a run records comes near.
const (
	mostUnpacked = 1 << 30
	mostLine     = 4 * mostBody
)

func decode(data []byte) ([]*Exchange, error) {
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var all []*Exchange
	lines := &lineReader{from: bufio.NewReader(packed), whole: mostUnpacked, each: mostLine}
	for {
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		one := &Exchange{}
		if err == nil {
			strict := json.NewDecoder(bytes.NewReader(line))
			strict.DisallowUnknownFields()
			err = strict.Decode(one)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", len(all)+1, err)
		}
		all = append(all, one)
	}
}

// lineReader reads lines, each and all of them up to a number of bytes, and looks at each byte once.
type lineReader struct {
	from        *bufio.Reader
	whole, each int // bytes that are left, and bytes of a line
	line        []byte
}

// next is a line with what ends it, until the next is read; io.EOF behind the last.
func (r *lineReader) next() ([]byte, error) {
	for r.line = r.line[:0]; ; {
		piece, err := r.from.ReadSlice('\n')
		switch r.line, r.whole = append(r.line, piece...), r.whole-len(piece); {
		case r.whole < 0:
			return nil, fmt.Errorf("more than the %d MiB that exchanges may unpack to", mostUnpacked>>20)
		case len(r.line) > r.each:
			return nil, fmt.Errorf("more than the %d MiB that an exchange may have", mostLine>>20)
		case errors.Is(err, io.EOF) && len(r.line) > 0, err == nil:
			return r.line, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
	}
}
