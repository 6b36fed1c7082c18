package suite

import (
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"rollcall/conformance/access"
	"rollcall/conformance/client"
	"rollcall/specs/contract"
	"rollcall/specs/secret"
	"rollcall/specs/target"
)

// What of a target or a run makes every request impossible is its author's mistake, and
// is told before the first one.

// URLProblem says what is wrong with the URL of a target, in words that say what to do;
// "" when nothing is. It never shows what may be a secret in it.
func URLProblem(text string) string {
	u, problem := readURL(text)
	switch {
	case problem != "":
		return problem
	case u.User != nil:
		return "has a user or password before the host: send it as a header of a persona, such as Authorization: Basic …"
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(text, "#"):
		return "has a query or a fragment, and every path is put behind it: leave it out; a key is a header of a persona"
	}
	return placeProblem(u)
}

// readURL parses a URL. One with a character that nobody sees would be sent as it is.
func readURL(text string) (u *url.URL, problem string) {
	if strings.ContainsFunc(text, func(r rune) bool { return r == ' ' || !unicode.IsPrint(r) }) {
		return nil, "has a blank, a line end or a character that can't be seen: cut it off, or write it as %XX if it is meant"
	}
	u, err := url.Parse(text)
	if err != nil {
		return nil, "can't be read as a URL: write it as http://host:port/base"
	}
	return u, ""
}

// placeProblem says why nothing can be sent to where a URL leads.
func placeProblem(u *url.URL) string {
	text := secret.Address(u.String())
	switch {
	case u.Scheme == "" || u.Host == "":
		return fmt.Sprintf("%q is not absolute: write it as http://host:port/base", text)
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("%q is neither http nor https", text)
	case u.Hostname() == "":
		return fmt.Sprintf("%q names no host: write it as http://host:port/base", text)
	case u.Port() != "":
		if n, err := strconv.Atoi(u.Port()); err != nil || n < 1 || n > math.MaxUint16 {
			return fmt.Sprintf("%q has a port that is not between 1 and %d", text, math.MaxUint16)
		}
	}
	return ""
}

var (
	token = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$") // RFC 9110, 5.6.2
	// framing are the headers that say how a message is sent: the client sets them.
	framing = regexp.MustCompile(`(?i)^(host|content-length|transfer-encoding|trailer|` +
		`connection|keep-alive|proxy-connection|te|upgrade|expect)$`)
)

// headerProblems lists the headers that can't be sent, by their place, never by value.
func headerProblems(t *Target) (found []string) {
	add := func(headers map[string]string, keys ...string) {
		at := func(name string) string {
			place := t.At(append(keys[:len(keys):len(keys)], name)...)
			return strings.TrimSuffix(place, name) + sayable(name)
		}
		seen := map[string]bool{}
		for _, name := range slices.Sorted(maps.Keys(headers)) {
			if problem := headerProblem(name, headers[name]); problem != "" {
				found = append(found, fmt.Sprintf("%s: the header %q %s", at(name), sayable(name), problem))
			}
			if canonical := http.CanonicalHeaderKey(name); seen[canonical] {
				found = append(found, fmt.Sprintf("%s: the header %q is there twice, in another spelling: leave one out",
					at(name), sayable(name)))
			} else {
				seen[canonical] = true
			}
		}
	}
	add(t.Headers, "headers")
	for _, name := range slices.Sorted(maps.Keys(t.Personas)) {
		add(t.Personas[name].Headers, "personas", name, "headers")
	}
	add(t.WorldHeaders, "worldHeaders")
	return found
}

// sayable is a header's name up to what can't be a part of one: whoever wrote a whole line there
// has put the credential into it.
func sayable(name string) string {
	end := strings.IndexFunc(name, func(r rune) bool { return !token.MatchString(string(r)) })
	if end < 0 {
		return name
	}
	return name[:end] + "…"
}

// headerProblem is RFC 9110, 5.1 and 5.5.
func headerProblem(name, value string) string {
	switch {
	case !token.MatchString(name):
		return "has a name that can't be sent: use letters, digits and hyphens"
	case framing.MatchString(name):
		return "says how a message is sent: the suite's client sets it by itself; leave it out"
	case strings.ContainsAny(value, "\r\n"):
		return "has a line end in its value, which can't be sent: a secret that is read from a file often ends in one; cut it off"
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return "has a control character in its value, which can't be sent"
	case strings.TrimSpace(value) == "":
		return "is empty: give it a value, or leave it out"
	}
	return ""
}

// knownMethods are those that a service may have an operation under.
func knownMethods() []string {
	return []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions, http.MethodTrace, "QUERY"}
}

// pathProblem says what is wrong with an operation's own line at a target.
func pathProblem(op *contract.Operation, line string) string {
	method, path, ok := strings.Cut(line, " ")
	if !ok || !token.MatchString(method) || !strings.HasPrefix(path, "/") || strings.ContainsAny(path, " ?#") {
		return "write it as METHOD /path"
	}
	if known := knownMethods(); !slices.Contains(known, method) {
		return fmt.Sprintf("%q is no method%s", method, near(method, known))
	}
	if _, err := url.ParseRequestURI(path); err != nil {
		return "the path is none: write it as METHOD /path, what is special in it as %XX"
	}
	known := client.Placeholders(op.Path)
	for _, name := range client.Placeholders(path) {
		if !slices.Contains(known, name) {
			return fmt.Sprintf("nothing fills {%s} in: the operation's own path is %s", name, op.Path)
		}
		path = strings.Replace(path, "{"+name+"}", "", 1)
	}
	if strings.ContainsAny(path, "{}") {
		return "a brace stands alone in it: write what is to be filled in as {name}"
	}
	if about := lastPlaceholder(op.Path); strings.HasSuffix(op.Path, "}") && !strings.Contains(line, "{"+about+"}") {
		return fmt.Sprintf("nothing in it says which record is meant: it lacks {%s}, as in the operation's own path, %s",
			about, op.Path)
	}
	return ""
}

// MostProcs is how many processes a run may have, and mostRate how many requests a
// second: beyond it there is no pause between two that a clock could measure. The rate
// has a least, too, at which a run takes weeks.
const (
	MostProcs = 64
	mostRate  = 1e6
	leastRate = 0.001
)

// RateProblem says what is wrong with a rate of requests a second, "" when nothing is.
func RateProblem(rate float64) string {
	if rate == 0 || rate >= leastRate && rate <= mostRate { // neither holds of NaN
		return ""
	}
	return fmt.Sprintf("give 0 for no limit, or from %v to %.0f requests a second", leastRate, mostRate)
}

// The longest spans of a target's file: beyond them a run would stand still for something that
// nobody waits for.
const (
	mostSettle  = 10 * time.Minute
	mostAnswer  = time.Hour
	mostRunning = 30 * 24 * time.Hour
)

func spanProblems(t *Target) (found []string) {
	within := func(span target.Duration, most time.Duration, keys ...string) {
		if time.Duration(span) > most {
			found = append(found, fmt.Sprintf("%s is %s: give %s at most", t.At(keys...), span, target.Duration(most)))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(t.Settle)) {
		within(t.Settle[id], mostSettle, "settle", id)
	}
	within(t.Timeouts.Connect, mostAnswer, "timeouts", "connect")
	within(t.Timeouts.Answer, mostAnswer, "timeouts", "answer")
	within(t.Timeouts.Run, mostRunning, "timeouts", "run")
	for _, name := range slices.Sorted(maps.Keys(t.Personas)) {
		if how := t.Personas[name].Token; how != nil {
			within(how.Early, mostRunning, "personas", name, "token", "early")
		}
	}
	return found
}

// CheckTarget returns a *ConfigError with what is wrong with a target alone, nil when nothing
// is. It is for before anything is done for a run, such as hooks; Run looks for itself.
func CheckTarget(t *Target, c *contract.Contract) error {
	found := targetProblems(t, c)
	if t.Transport == nil {
		if _, err := access.Transport(t); err != nil {
			found = append(found, err.Error())
		}
	}
	if len(found) == 0 {
		return nil
	}
	return &ConfigError{Problems: found}
}

// Validate returns the *ConfigError that Run would return before anything is sent, nil when
// there is none.
func Validate(config Config) error {
	_, _, err := newSession(config)
	return err
}
