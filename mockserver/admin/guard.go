package admin

import (
	"context"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/julienschmidt/httprouter"
)

// Realm is the protection space that a 401 of the control API names, by which a
// client knows that it speaks to a mock.
const Realm = "rollcall-control"

// guard lets in who has the token. Where there is none, everybody on this machine
// is let in, but not the pages that a browser on it shows.
func (a api) guard(h httprouter.Handle) httprouter.Handle {
	return func(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
		if a.token == "" {
			if why := a.strange(q); why != "" {
				fail(w, http.StatusForbidden, why)
				return
			}
			h(w, q, ps)
			return
		}
		sent, ok := bearer(q)
		if subtle.ConstantTimeCompare([]byte(sent), []byte(a.token)) == 1 {
			h(w, q, ps)
			return
		}
		challenge, message := `Bearer realm="`+Realm+
			`"`, "the control API needs the token printed at start, as Authorization: Bearer"
		if ok {
			challenge += `, error="invalid_token"`
			message = "this is not the token of the control API; the ready lines of the mock print it"
		}
		w.Header().Set("WWW-Authenticate", challenge)
		fail(w, http.StatusUnauthorized, message)
	}
}

// bearer reads a token as RFC 6750, 2.1 has it: a scheme, in any letter case
// (RFC 9110, 11.1), one or more blanks, the token.
func bearer(q *http.Request) (token string, ok bool) {
	scheme, token, ok := strings.Cut(strings.TrimSpace(q.Header.Get("Authorization")), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	return strings.TrimLeft(token, " "), true
}

// strange says why a call that came over the loopback address is not let in, ""
// for one that is. A name that stands for this machine is in no one else's hands:
// with another Host the browser shows a page whose owner has bent the name here. An
// Origin that is not the mock's own is a page from elsewhere.
func (a api) strange(q *http.Request) string {
	if !Loopback(q) {
		return ""
	}
	switch site := q.Header.Get("Sec-Fetch-Site"); {
	case OwnHost(q) && slices.Contains(a.origins, q.Header.Get("Origin")) && len(q.Header["Origin"]) == 1:
		return ""
	case !OwnHost(q):
		return "the Host of this call is a name that others can give this machine; call the control API as localhost, 127.0.0.1" +
			" or [::1], or start the mock with --admin-token"
	case site != "" && site != "same-origin" && site != "none", foreign(q):
		return "the control API is not for pages of another origin; name the page's with --cors, or start the mock with" +
			" --admin-token and call it from elsewhere than a page"
	}
	return ""
}

// cameAs is the key of the Host that a request came with, where a proxy says another one.
type cameAs struct{}

// Forwarded gives a request by the host that its sender knows, as a proxy has told it. Anybody
// can tell that: who is let in is decided by what came, too.
func Forwarded(q *http.Request, host string) *http.Request {
	known := q.WithContext(context.WithValue(q.Context(), cameAs{}, q.Host))
	known.Host = host
	return known
}

// Loopback tells whether a request came over the loopback address, as that of a page may: not
// one that came over no network, or by a socket's file.
func Loopback(q *http.Request) bool {
	at, ok := q.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	local, err := netip.ParseAddrPort(at.String())
	return err == nil && local.Addr().Unmap().IsLoopback()
}

// OwnHost tells whether a request names this machine, so that no page can have bent the name
// here: by the Host that it came with, and by what a proxy says it was.
func OwnHost(q *http.Request) bool { return names(q, q.Host) && CameHere(q) }

// CameHere is OwnHost by what came alone, whatever a proxy is called by others.
func CameHere(q *http.Request) bool {
	host, ok := q.Context().Value(cameAs{}).(string)
	if !ok {
		host = q.Host
	}
	return names(q, host)
}

// names tells whether the host of a request names this machine. A name without a dot stands in no
// public directory: it is that of a container or of a hosts file, and lets programs in. Whoever
// answers for names in this network may give it to a page, however, so that no browser is.
func names(q *http.Request, host string) bool {
	return own(host) || !shown(q) && single.MatchString(host)
}

// single is one name, with or without a port.
var single = regexp.MustCompile(`^[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*\.?(:[0-9]+)?$`)

// shown tells whether a browser sent a request, as far as it says: for the page that it shows.
func shown(q *http.Request) bool {
	for name := range q.Header {
		if name == "Origin" || name == "Referer" || strings.HasPrefix(name, "Sec-") { // no page can set or drop these
			return true
		}
	}
	return strings.HasPrefix(q.UserAgent(), "Mozilla/")
}

// OwnOrigin tells whether an Origin header is that of a page of this machine.
func OwnOrigin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && own(u.Host)
}

// own tells whether a Host names this machine, whatever the port: by an address or a
// name of the loopback, by the name that it has itself, or not at all, which no browser does.
// Any other name may be given to it by whoever answers for names.
func own(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if ip := net.ParseIP(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")); ip != nil {
		return ip.IsLoopback()
	}
	name, _ := os.Hostname()
	return host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") ||
		name != "" && host == strings.ToLower(name)
}

// foreign tells whether a call comes from a page that the mock did not serve.
func foreign(q *http.Request) bool {
	origins := q.Header.Values("Origin")
	if len(origins) == 0 {
		return false
	}
	u, err := url.Parse(origins[0])
	scheme := "http"
	if q.TLS != nil {
		scheme = "https"
	}
	if before := q.Header.Get("X-Forwarded-Proto"); before != "" {
		scheme = before // no page can send this of itself
	}
	return err != nil || len(origins) > 1 || !strings.EqualFold(u.Host, q.Host) || !strings.EqualFold(u.Scheme, scheme)
}
