package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"rollcall/mockserver/route"
)

// Pattern says which requests are looked for, in the words of WireMock and of the filters.
type Pattern struct {
	Method          string             `json:"method,omitzero"`
	URL             string             `json:"url,omitzero"`             // path and query, as sent
	URLPath         string             `json:"urlPath,omitzero"`         // as sent
	URLPattern      string             `json:"urlPattern,omitzero"`      // a regular expression
	URLPathPattern  string             `json:"urlPathPattern,omitzero"`  // a regular expression
	URLPathTemplate string             `json:"urlPathTemplate,omitzero"` // with {name} for a segment
	Headers         map[string]Matcher `json:"headers,omitzero"`
	QueryParameters map[string]Matcher `json:"queryParameters,omitzero"`
	BodyPatterns    []Matcher          `json:"bodyPatterns,omitzero"`

	Contract  string `json:"contract,omitzero"`
	Operation string `json:"operation,omitzero"`
	Persona   string `json:"persona,omitzero"`
	Status    string `json:"status,omitzero"`
	Path      string `json:"path,omitzero"`
	Body      string `json:"body,omitzero"`
	Since     string `json:"since,omitzero"`
	Until     string `json:"until,omitzero"`
	After     string `json:"after,omitzero"`
}

// Matcher says what a text must be like; everything that is set must hold.
type Matcher struct {
	EqualTo         *string   `json:"equalTo,omitzero"`
	Contains        *string   `json:"contains,omitzero"`
	DoesNotContain  *string   `json:"doesNotContain,omitzero"`
	Matches         *string   `json:"matches,omitzero"`
	DoesNotMatch    *string   `json:"doesNotMatch,omitzero"`
	EqualToJSON     any       `json:"equalToJson,omitzero"`     // JSON, or a text that is JSON
	MatchesJSONPath *JSONPath `json:"matchesJsonPath,omitzero"` // of bodies alone
	Absent          bool      `json:"absent,omitzero"`
	CaseInsensitive bool      `json:"caseInsensitive,omitzero"`
}

// JSONPath is a path as a text, or an object of a path and what is there.
type JSONPath struct {
	Expression string `json:"expression"`
	Matcher
}

// UnmarshalJSONFrom reads either form.
func (p *JSONPath) UnmarshalJSONFrom(from *jsontext.Decoder) error {
	if from.PeekKind() == jsontext.KindString {
		return jsonv2.UnmarshalDecode(from, &p.Expression)
	}
	type object JSONPath
	return jsonv2.UnmarshalDecode(from, (*object)(p))
}

// Filter makes the conditions of a pattern. The error says which member can't be read.
func (p Pattern) Filter() (Filter, error) {
	query := url.Values{}
	for name, value := range map[string]string{"method": p.Method, "contract": p.Contract, "operation": p.Operation,
		"persona": p.Persona, "status": p.Status, "path": p.Path, "body": p.Body, "since": p.Since, "until": p.Until,
		"after": p.After} {
		if value != "" && !(name == "method" && value == "ANY") {
			query.Set(name, value)
		}
	}
	f, err := ParseFilter(query)
	if err != nil {
		return nil, err
	}
	for _, row := range []struct {
		name, value string
		of          func(*Request) string
		make        func(string) (func(string) bool, error)
	}{
		{"url", p.URL, wholeURL, equal}, {"urlPath", p.URLPath, pathOfURL, equal},
		{"urlPattern", p.URLPattern, wholeURL, expression}, {"urlPathPattern", p.URLPathPattern, pathOfURL, expression},
		{"urlPathTemplate", p.URLPathTemplate, pathOfURL, route.Glob},
	} {
		if row.value == "" {
			continue
		}
		holds, err := row.make(row.value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", row.name, err)
		}
		f = append(f, func(q *Request) bool { return holds(row.of(q)) })
	}
	return p.texts(f)
}

func equal(value string) (func(string) bool, error) {
	return func(text string) bool { return text == value }, nil
}

func expression(value string) (func(string) bool, error) {
	if len(value) > mostExpression {
		return nil, fmt.Errorf("the regular expression has over %d bytes; make it shorter", mostExpression)
	}
	e, err := regexp.Compile("^(?:" + value + ")$")
	if err != nil {
		return nil, err
	}
	return e.MatchString, nil
}

// wholeURL is path and query, as sent.
func wholeURL(q *Request) string {
	_, rest, _ := strings.Cut(q.URL, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return rest[i:]
	}
	return rest
}

func pathOfURL(q *Request) string {
	path, _, _ := strings.Cut(wholeURL(q), "?")
	return path
}

// Bounds of a pattern: each of its matchers goes through every request that is kept.
const (
	mostMatchers   = 16
	mostExpression = 1000 // bytes of a regular expression
)

// texts adds the conditions on headers, parameters and bodies.
func (p Pattern) texts(f Filter) (Filter, error) {
	for name, n := range map[string]int{"headers": len(p.Headers), "queryParameters": len(p.QueryParameters),
		"bodyPatterns": len(p.BodyPatterns)} {
		if n > mostMatchers {
			return nil, fmt.Errorf("%s has %d matchers; give up to %d", name, n, mostMatchers)
		}
	}
	for name, m := range p.Headers {
		holds, err := m.any(func(q *Request) []string { return q.Headers[http.CanonicalHeaderKey(name)] })
		if err != nil {
			return nil, fmt.Errorf("headers/%s: %w", name, err)
		}
		f = append(f, holds)
	}
	for name, m := range p.QueryParameters {
		holds, err := m.any(func(q *Request) []string { return q.Query[name] })
		if err != nil {
			return nil, fmt.Errorf("queryParameters/%s: %w", name, err)
		}
		f = append(f, holds)
	}
	for i, m := range p.BodyPatterns {
		holds, err := m.any(func(q *Request) []string {
			if q.BodySize == 0 {
				return nil
			}
			return []string{q.Body}
		})
		if err != nil {
			return nil, fmt.Errorf("bodyPatterns/%d: %w", i, err)
		}
		f = append(f, holds)
	}
	return f, nil
}

// any takes the requests of which one of the texts is as the matcher says.
func (m Matcher) any(of func(*Request) []string) (func(*Request) bool, error) {
	all, err := m.conditions()
	if err != nil {
		return nil, err
	}
	return func(q *Request) bool {
		texts := of(q)
		if m.Absent {
			return len(texts) == 0
		}
		return slices.ContainsFunc(texts, func(text string) bool {
			return !slices.ContainsFunc(all, func(holds func(string) bool) bool { return !holds(text) })
		})
	}, nil
}

func (m Matcher) conditions() (all []func(string) bool, err error) {
	fold := func(s string) string { return s }
	if m.CaseInsensitive {
		fold = strings.ToLower
	}
	add := func(value *string, holds func(text, value string) bool) {
		if value != nil {
			all = append(all, func(text string) bool { return holds(fold(text), fold(*value)) })
		}
	}
	add(m.EqualTo, func(text, value string) bool { return text == value })
	add(m.Contains, strings.Contains)
	add(m.DoesNotContain, func(text, value string) bool { return !strings.Contains(text, value) })
	for value, want := range map[*string]bool{m.Matches: true, m.DoesNotMatch: false} {
		if value == nil {
			continue
		}
		holds, err := expression(*value)
		if err != nil {
			return nil, err
		}
		all = append(all, func(text string) bool { return holds(text) == want })
	}
	if m.EqualToJSON != nil {
		holds, err := sameJSON(m.EqualToJSON)
		if err != nil {
			return nil, err
		}
		all = append(all, holds)
	}
	if p := m.MatchesJSONPath; p != nil {
		holds, err := p.condition()
		if err != nil {
			return nil, err
		}
		all = append(all, holds)
	}
	return all, nil
}

func sameJSON(wanted any) (func(string) bool, error) {
	if text, ok := wanted.(string); ok {
		if err := json.Unmarshal([]byte(text), &wanted); err != nil {
			return nil, errors.New("equalToJson is a text that is no JSON; write it as a value, or as a text that is one")
		}
	}
	return func(text string) bool {
		var got any
		return json.Unmarshal([]byte(text), &got) == nil && reflect.DeepEqual(got, wanted)
	}, nil
}

func (p *JSONPath) condition() (func(string) bool, error) {
	if p.MatchesJSONPath != nil { // of each value found, again and again
		return nil, errors.New("matchesJsonPath holds another one; write it as one path")
	}
	inner, err := p.Matcher.conditions()
	if err != nil {
		return nil, err
	}
	holds, err := atPath(p.Expression, func(found string) bool {
		return !slices.ContainsFunc(inner, func(is func(string) bool) bool { return !is(found) })
	})
	if err != nil {
		return nil, err
	}
	return func(text string) bool { return holds(&Request{Body: text}) }, nil
}
