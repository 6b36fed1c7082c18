package kit

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// Challenge returns of the headers WWW-Authenticate the challenge of a scheme, and all of them where there is none. One header
// may have several challenges (RFC 9110, section 11.6.1).
func Challenge(header http.Header, scheme string) string {
	whole := strings.Join(header.Values("WWW-Authenticate"), ", ")
	all := challenges(whole)
	at := slices.IndexFunc(all, func(challenge string) bool {
		name, _, _ := strings.Cut(challenge, " ")
		return strings.EqualFold(name, scheme)
	})
	if at < 0 {
		return whole
	}
	return all[at]
}

// challenges takes the challenges of a header apart. Commas stand between them as well as between the parameters of one;
// a challenge begins with a word that is no parameter.
func challenges(header string) (all []string) {
	begins := regexp.MustCompile(`^[^\s=,"]+(\s+[^\s=,]|\s*$)`)
	for _, part := range regexp.MustCompile(`(?:"(?:[^"\\]|\\.)*"|[^,"])+`).FindAllString(header, -1) {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case len(all) == 0 || begins.MatchString(part):
			all = append(all, part)
		default:
			all[len(all)-1] += ", " + part
		}
	}
	return all
}
