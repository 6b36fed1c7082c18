package kit

import (
	"regexp"
	"slices"
	"strings"
)

// StoredPassword tells whether a text has in it what is kept in place of a password, by the marks that the usual ways
// of making it put at its beginning.
func StoredPassword(text string) bool {
	marked := func(mark string) bool { return strings.Contains(text, mark) }
	if !slices.ContainsFunc([]string{"$", "}", "scrypt:"}, marked) { // most texts, which are not worth an expression
		return false
	}
	return regexp.MustCompile(`(^|[^\w$])(\$(1|5|6|2[abxy]?|7|y|gy|sha1|md5|apr1|scrypt|argon2(i|d|id)|pbkdf2[a-z0-9-]*)\$|` +
		`pbkdf2_sha\d+\$|scrypt:\d|\{(SSHA|SHA|SMD5|CRYPT|PBKDF2)[0-9-]*\})[^\s"]{12,}`).MatchString(text)
}
