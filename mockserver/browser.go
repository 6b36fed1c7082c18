package mockserver

import (
	"net"
	"net/http"
	"net/netip"
	"slices"

	"github.com/rs/cors"

	"rollcall/mockserver/admin"
)

// crossOrigin is the CORS protocol of the Fetch standard: what a page of another origin may
// send, and read of what it gets.
type crossOrigin struct {
	contracts, control *cors.Cors
	known              func(origin string) bool // that it was named
}

// NoOrigins as Config.Origins shuts every page of another origin out.
const NoOrigins = "none"

// newCrossOrigin lets every page that a browser on this machine shows call the contracts, of whatever
// origin it is, and what stands outside of them only those that are named: the control API can do more than
// any caller, and the mock's own page shows the credentials of all. A page from
// elsewhere than this machine, which browsers ask about before it calls an address in here, has to be named
// for the contracts, too.
func newCrossOrigin(named []string) crossOrigin {
	known := func(origin string) bool { return slices.Contains(named, origin) }
	options := cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
			http.MethodPatch, http.MethodDelete},
		AllowedHeaders: []string{"*"}, ExposedHeaders: exposed(), AllowCredentials: true, MaxAge: 600,
	}
	control, contracts := options, options
	control.AllowPrivateNetwork = true
	control.AllowOriginVaryRequestFunc = func(_ *http.Request, origin string) (bool, []string) { return known(origin), nil }
	contracts.AllowOriginVaryRequestFunc = func(q *http.Request, origin string) (bool, []string) {
		return known(origin) || near(q) && !slices.Contains(named, NoOrigins), nil
	}
	return crossOrigin{cors.New(contracts), cors.New(control), known}
}

// exposed are the headers of answers that a page may read, beside those that it always may.
func exposed() []string {
	return []string{"Rollcall-Refusal", WorldHeader, "Location", "Retry-After", "Allow", "WWW-Authenticate",
		"Link", "Date", "X-Request-Id", "Preference-Applied", "ETag",
		"Idempotency-Replayed"}
}

// near says whether a request came over the loopback address, or over no network.
func near(q *http.Request) bool {
	at, ok := q.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return true
	}
	if at.Network() == "unix" {
		return true
	}
	local, err := netip.ParseAddrPort(at.String())
	return err == nil && local.Addr().Unmap().IsLoopback()
}

// serve answers a request that a browser sends for a page, and hands it on with the headers
// by which the page may read the answer: one from outside of the contracts, or of a contract.
func (c crossOrigin) serve(w http.ResponseWriter, q *http.Request, outside bool, next http.HandlerFunc) {
	if outside || c.known(q.Header.Get("Origin")) {
		c.control.ServeHTTP(w, q, next)
		return
	}
	c.contracts.ServeHTTP(w, q, next)
}

// outside tells whether a request is for what no contract has: the control API, a page of the mock, a path
// of nobody.
func (s *Server) outside(q *http.Request) bool {
	if isControl(q) || isPage(q) {
		return true
	}
	if named, ok := worldOfPath(q); ok {
		q = strip(q, admin.WorldPrefix+named)
	}
	_, _, served := s.mountNow(q)
	return !served
}

// alone keeps an answer of the mock itself from pages of others: none may show it in a frame, or load it as an
// image or a script. The scripts of origins that are named read it by CORS, which this leaves as it is.
func alone(h http.Header) {
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("X-Content-Type-Options", "nosniff")
}

func isControl(q *http.Request) bool {
	return q.URL.Path == admin.Prefix || len(q.URL.Path) > len(admin.Prefix) && q.URL.Path[:len(admin.Prefix)+1] == admin.Prefix+
		"/"
}
