package fault

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// How a slow body comes where nothing else is said.
const (
	usualChunks  = 10
	usualChunkMS = 100
)

// Pieces tells in how many pieces a slow body comes, and the pause before each.
func (f *Fault) Pieces() (chunks int, pause time.Duration) {
	return cmp.Or(f.Chunks, usualChunks), time.Duration(cmp.Or(f.ChunkMS, usualChunkMS)) * time.Millisecond
}

func (f *Fault) checkPieces() error {
	most := int(mostDelay / time.Millisecond)
	switch { // each by itself before they are multiplied: a product that overflows looks small
	case f.Chunks < 0 || f.Chunks > mostChunks:
		return fmt.Errorf("chunks is %d; give a whole number from 0 to %d", f.Chunks, mostChunks)
	case f.ChunkMS < 0 || f.ChunkMS > most:
		return fmt.Errorf("chunk_ms is %d; give milliseconds from 0 to %d", f.ChunkMS, most)
	}
	if chunks, pause := f.Pieces(); time.Duration(chunks)*pause > mostDelay {
		return fmt.Errorf("%d chunks with %v before each take longer than %v; give less of either", chunks, pause, mostDelay)
	}
	return nil
}

// ofTransport are the headers that say how a message is carried: another value of one is no
// answer that is wrong, but none at all.
func ofTransport() []string {
	return []string{"Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding",
		"Upgrade"}
}

func checkMethod(method string) error {
	switch capitals := strings.ToUpper(method); {
	case method == "":
		return nil
	case !httpguts.ValidHeaderFieldName(method): // both are tokens (RFC 9110, 9.1)
		return fmt.Errorf("method is %.80q, which no call has; give one, as GET", method)
	case method != capitals:
		return fmt.Errorf("method is %.80q, and letter case counts in it; give %.80s", method, capitals)
	}
	return nil
}

func checkPath(path string) error {
	switch {
	case path == "":
		return nil
	case path[0] != '/' && path[0] != '*':
		return fmt.Errorf("path is %.80q, and those of calls begin with /; give one as /records/{id}", path)
	case strings.ContainsAny(path, "?#"):
		return fmt.Errorf("path is %.80q; give it without a query: a fault is for all of them", path)
	}
	return nil
}

func checkHeaders(headers map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		switch {
		case !httpguts.ValidHeaderFieldName(name):
			return fmt.Errorf("headers: %.80q is no name of a header; write it with letters, digits and -, as X-Request-Id", name)
		case slices.Contains(ofTransport(), http.CanonicalHeaderKey(name)):
			return fmt.Errorf("headers: %s is set by the server itself; leave it out, and see break for what can go wrong on the"+
				" way", name)
		case !httpguts.ValidHeaderFieldValue(headers[name]):
			return fmt.Errorf("headers/%s is %.80q; write it without control characters", name, headers[name])
		}
	}
	return nil
}
