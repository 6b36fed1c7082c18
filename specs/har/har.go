// Package har has the types of an HTTP Archive 1.2, which browsers and other tools open:
// exchanges of a client with a server as JSON.
//
// It is no API: it serves the packages of this module, and may change with any version.
package har

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"rollcall/specs/visible"
)

// Unknown is a size that is not known.
const Unknown = -1

// Exchange is what an entry is made from. Bodies may be cut; sizes are of the whole.
type Exchange struct {
	Started           time.Time
	Took              time.Duration
	Method, URL       string
	Status            int // 0 when no answer came
	Request, Answer   http.Header
	Sent, Came        string // the bodies
	SentSize, GotSize int    // of the bodies in bytes, or Unknown
	Comment           string
}

// Pair is a name with a value, of a header or a query.
type Pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type archive struct {
	Log log `json:"log"`
}

type log struct {
	Version string  `json:"version"`
	Creator creator `json:"creator"`
	Entries []entry `json:"entries"`
	Comment string  `json:"comment,omitempty"`
}

type creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type entry struct {
	Started  time.Time          `json:"startedDateTime"`
	Time     float64            `json:"time"` // milliseconds
	Request  request            `json:"request"`
	Response response           `json:"response"`
	Cache    struct{}           `json:"cache"`
	Timings  map[string]float64 `json:"timings"`
	Comment  string             `json:"comment,omitempty"`
}

type request struct {
	Method      string   `json:"method"`
	URL         string   `json:"url"`
	HTTPVersion string   `json:"httpVersion"`
	Cookies     []Pair   `json:"cookies"`
	Headers     []Pair   `json:"headers"`
	QueryString []Pair   `json:"queryString"`
	PostData    *content `json:"postData,omitempty"`
	HeadersSize int      `json:"headersSize"`
	BodySize    int      `json:"bodySize"`
}

type response struct {
	Status      int     `json:"status"`
	StatusText  string  `json:"statusText"`
	HTTPVersion string  `json:"httpVersion"`
	Cookies     []Pair  `json:"cookies"`
	Headers     []Pair  `json:"headers"`
	Content     content `json:"content"`
	RedirectURL string  `json:"redirectURL"`
	HeadersSize int     `json:"headersSize"`
	BodySize    int     `json:"bodySize"`
}

type content struct {
	Size     int    `json:"size,omitempty"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text"`
}

// Encode gives an archive of the exchanges as JSON that may be printed. The version is that of the program.
func Encode(version, comment string, exchanges []Exchange) ([]byte, error) {
	entries := make([]entry, len(exchanges))
	for i, e := range exchanges {
		entries[i] = entryOf(e)
	}
	text, err := json.MarshalIndent(archive{log{"1.2", creator{"rollcall", version}, entries, comment}}, "", "  ")
	return []byte(visible.JSON(string(text))), err
}

func entryOf(e Exchange) entry {
	const protocol = "HTTP/1.1"
	took := float64(e.Took.Microseconds()) / 1000
	one := entry{
		Started: e.Started, Time: took, Comment: e.Comment,
		Request: request{Method: e.Method, URL: e.URL, HTTPVersion: protocol, Cookies: []Pair{}, Headers: pairs(e.Request),
			QueryString: query(e.URL), HeadersSize: Unknown, BodySize: e.SentSize},
		Response: response{Status: e.Status, StatusText: http.StatusText(e.Status), HTTPVersion: protocol, Cookies: []Pair{},
			Headers: pairs(e.Answer), RedirectURL: e.Answer.Get("Location"), HeadersSize: Unknown, BodySize: e.GotSize,
			Content: content{Size: max(e.GotSize, 0), MimeType: e.Answer.Get("Content-Type"), Text: e.Came}},
		Timings: map[string]float64{"send": 0, "wait": took, "receive": 0},
	}
	if e.Sent != "" {
		one.Request.PostData = &content{MimeType: e.Request.Get("Content-Type"), Text: e.Sent}
	}
	return one
}

func pairs(of map[string][]string) []Pair {
	all := []Pair{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		for _, value := range of[name] {
			all = append(all, Pair{name, value})
		}
	}
	return all
}

// query reads the pairs behind a URL's question mark; what can't be read is left out.
func query(address string) []Pair {
	_, raw, _ := strings.Cut(address, "?")
	values, _ := url.ParseQuery(raw)
	return pairs(values)
}
