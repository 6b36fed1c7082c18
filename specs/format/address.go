package format

import "strings"

// Limits of RFC 5321, section 4.5.3.1, and of a label of RFC 1035, in bytes.
const (
	mostLocal   = 64
	mostAddress = 254 // a path is 256, its angle brackets included
	mostLabel   = 63
)

// Email reports whether s is a Mailbox of RFC 5321, section 4.1.2: a local part
// of dotted atoms or in quotes, and a domain or an address in brackets, without a
// display name or comments. Letters beyond ASCII are those of another format,
// idn-email.
func Email(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > mostLocal || len(s) > mostAddress {
		return false
	}
	return isLocal(s[:at]) && isDomain(s[at+1:])
}

func isLocal(s string) bool {
	if s[0] == '"' {
		return isQuoted(s)
	}
	for atom := range strings.SplitSeq(s, ".") {
		if !isMade(atom, isAtomByte) {
			return false
		}
	}
	return true
}

// isQuoted reads a Quoted-string: anything printable, quotes and backslashes
// after a backslash.
func isQuoted(s string) bool {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return i == len(s)-1
		case s[i] == '\\':
			i++
		}
		if i == len(s) || s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return false
}

func isDomain(s string) bool {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		six, tagged := strings.CutPrefix(inner, "IPv6:")
		return ok && (tagged && isIPv6(six) || isIPv4(inner))
	}
	for label := range strings.SplitSeq(s, ".") {
		if len(label) > mostLabel || !isMade(label, isHostByte) || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return true
}

func isAtomByte(b byte) bool {
	return isHostByte(b) || strings.IndexByte("!#$%&'*+/=?^_`{|}~", b) >= 0
}

func isHostByte(b byte) bool { return b == '-' || isDigit(b) || isLetter(b) }

// URI reports whether s is a URI of RFC 3986, section 3: absolute, with a scheme,
// every part made of the characters that it may have.
func URI(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || !isLetter(scheme[0]) || !isMade(scheme, isSchemeByte) {
		return false
	}
	rest, fragment, _ := strings.Cut(rest, "#")
	rest, query, _ := strings.Cut(rest, "?")
	if !isEscaped(query, ":@/?") || !isEscaped(fragment, ":@/?") {
		return false
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		end := len(after)
		if slash := strings.IndexByte(after, '/'); slash >= 0 {
			end = slash
		}
		return isAuthority(after[:end]) && isEscaped(after[end:], ":@/")
	}
	return isEscaped(rest, ":@/")
}

func isAuthority(s string) bool {
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		if !isEscaped(s[:at], ":") {
			return false
		}
		s = s[at+1:]
	}
	host, port := s, ""
	if colon := strings.LastIndexByte(s, ':'); colon > strings.LastIndexByte(s, ']') {
		host, port = s[:colon], s[colon+1:]
	}
	if port != "" && !isMade(port, isDigit) {
		return false
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && (isIPv6(inner) || isFuture(inner))
	}
	return isEscaped(host, "")
}

// isFuture reads an address of a version to come: v, hexadecimal digits, a point,
// and more.
func isFuture(s string) bool {
	version, rest, _ := strings.Cut(s, ".")
	return len(version) > 1 && version[0]|0x20 == 'v' && isMade(version[1:], isHex) &&
		rest != "" && !strings.Contains(rest, "%") && isEscaped(rest, ":")
}

// isEscaped reports whether s is made of unreserved characters, sub-delims, those
// of more, and bytes written as % and two hexadecimal digits; it may be empty.
func isEscaped(s, more string) bool {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case isDigit(b), isLetter(b), strings.IndexByte("-._~!$&'()*+,;=", b) >= 0, strings.IndexByte(more, b) >= 0:
		case b == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

func isSchemeByte(b byte) bool {
	return isLetter(b) || isDigit(b) || b == '+' || b == '-' || b == '.'
}
