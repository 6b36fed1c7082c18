package journal

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"rollcall/mockserver/engine"
)

// Request is what is told of a request: by what name, from whom, what was sent and what
// came of it. Secrets are not in it.
type Request struct {
	ID        int64               `json:"id"`
	At        time.Time           `json:"at"` // by the world's clock
	World     string              `json:"world"`
	Contract  string              `json:"contract"`
	Operation string              `json:"operation,omitempty"`
	Persona   string              `json:"persona,omitempty"`
	Method    string              `json:"method"`
	Path      string              `json:"path"` // without the prefixes of world and contract
	URL       string              `json:"url,omitempty"`
	Query     map[string][]string `json:"query,omitempty"`
	Headers   map[string][]string `json:"headers,omitempty"`
	Body      string              `json:"body,omitempty"`
	BodySize  int                 `json:"body_size"` // in bytes, of which the first are told
	Status    int                 `json:"status"`
	Micros    int64               `json:"micros"`
	Plan      int                 `json:"plan,omitempty"`   // that answered, where contracts are read anew
	Forced    string              `json:"forced,omitempty"` // the fault or preference that made the answer
	Answer    Answer              `json:"answer"`
	Curl      string              `json:"curl,omitempty"`
	Trace     engine.Trace        `json:"trace"`
	Forgotten bool                `json:"forgotten,omitempty"` // headers and bodies have made room for newer ones
	Nearest   *Nearest            `json:"nearest,omitempty"`
}

// Answer is what a request was answered with.
type Answer struct {
	Status   int                 `json:"status"`
	Headers  map[string][]string `json:"headers,omitempty"`
	Body     string              `json:"body,omitempty"`
	BodySize int                 `json:"body_size"`
}

// Teller knows what a journal is told with.
type Teller struct {
	World   string
	Secrets Secrets
	Persona func(contract string, sent http.Header) string // who sends these headers; "" for nobody that is known
}

// Requests tells of the kept requests that a filter takes, the oldest first.
func (j *Journal) Requests(t Teller, f Filter) []Request {
	told := []Request{}
	for _, k := range j.entries() {
		if q := t.tell(&k); f.Takes(&q) {
			told = append(told, q)
		}
	}
	return told
}

func (t Teller) tell(k *kept) Request {
	q := Request{ID: k.ID, At: k.at, World: t.World, Contract: k.Contract, Operation: k.Operation,
		Method: t.Secrets.text(k.method),
		Path:   t.Secrets.text(k.path), Status: k.status, Micros: k.micros, Plan: k.Plan, Forced: k.Forced, Trace: k.Trace,
		Answer: Answer{Status: k.status}, Forgotten: k.bytes == nil}
	for i, s := range q.Trace.Steps {
		q.Trace.Steps[i].Verdict = t.Secrets.text(s.Verdict)
	}
	if k.bytes == nil {
		return q
	}
	r := unpacker{k.bytes}
	uri, host, scheme := r.next(), r.next(), [...]string{"http", "https"}[r.text(1)[0]]
	sent := r.headers()
	body, size := r.body()
	q.Persona = t.Persona(k.Contract, sent)
	q.URL = t.Secrets.query(uri)
	if strings.HasPrefix(uri, "/") { // a caller may as well send the whole address
		q.URL = scheme + "://" + host + q.URL
	}
	if _, raw, ok := strings.Cut(t.Secrets.query(uri), "?"); ok {
		q.Query, _ = url.ParseQuery(raw) // what can't be read is in the url as it came
	}
	q.Headers, q.Body, q.BodySize = t.Secrets.headers(sent), t.Secrets.body(sent.Get("Content-Type"), body), size
	answered := r.headers()
	q.Answer.Headers = t.Secrets.headers(answered)
	body, q.Answer.BodySize = r.body()
	q.Answer.Body = t.Secrets.body(answered.Get("Content-Type"), body)
	if size <= mostBody {
		q.Curl = curl(&q)
	}
	return q
}
