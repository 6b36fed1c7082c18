package command

import (
	"net"
	"strings"

	"rollcall/specs/secret"
)

// hostOf reads an address to listen on: a name or an address, without a port.
func hostOf(text string) (string, error) {
	host := text
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	if strings.ContainsAny(host, "/[]?#@ ") || strings.Contains(host, ":") && net.ParseIP(host) == nil {
		return "", exit(ExitUsage, "--host %q is neither a name nor an address; the port goes to --port", secret.Address(text))
	}
	return host, nil
}

// callable is the host to call where a server listens on host: an address that means
// all of them is none that a client can call.
func callable(host string) string {
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		return "127.0.0.1"
	}
	return host
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// checkToken refuses a token that no header can carry (RFC 6750, 2.1).
func checkToken(token string) error {
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return exit(ExitUsage, "--admin-token may have letters, digits and signs of ASCII, and no blanks or line breaks"+
			" (ROLLCALL_ADMIN_TOKEN sets it, too)")
	}
	return nil
}
