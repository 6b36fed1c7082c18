package trouble

import "slices"

// rows are all kinds, of which the first that fits counts.
func rows() []row { return slices.Concat(answers(), ways(), values()) }

// answers are the kinds of answers that can't be read.
func answers() []row {
	const chunks = "malformed chunked|chunk length|chunked (?:line|encoding)|chunked body|missing chunk|header line too long"
	return []row{
		{`malformed HTTP response (".*)`, "it is no answer of HTTP, but begins with $1", true},
		{`malformed HTTP status code (".*)`, "its first line has no status, but $1", true},
		{`malformed HTTP version (".*)`, "its first line has no version of HTTP, but $1", true},
		{chunks, "the chunks of its body are damaged (Transfer-Encoding: chunked)", true},
		{`malformed MIME header[^"]*(".*)`, "one of its headers is none: $1", true},
		{`malformed MIME header`, "one of its headers is none", true},
		{`response headers exceeded (\d+) bytes`, "its headers are longer than $1 bytes", true},
		{`header list (?:too large|larger)|message too large`, "its headers are too long", true},
		{`(?:bad|invalid empty) Content-Length (".*")`, "its Content-Length is no length, but $1", true},
		{`multiple Content-Length headers; got (.*)`, "it has several Content-Length: $1", true},
		{`more than declared Content-Length`, "its body is longer than its Content-Length", true},
		{`unsupported transfer encoding: (".*")`, "its Transfer-Encoding is none that is known, but $1", true},
		{`too many transfer encodings`, "it has more than one Transfer-Encoding", true},
		{`too many 1xx`, "too many answers of 1xx come before it", true},
		{`gzip: invalid|flate: corrupt`,
			"it says that it is compressed (Content-Encoding: gzip), and is not, or is damaged", true},
		{`bad trailer key|invalid Trailer|EOF reading trailer|suspiciously long trailer`,
			"what follows its body is damaged", true},
		{`malformed `, "it is no answer of HTTP", true},
	}
}

// ways are the kinds of what stands between the suite and a target.
func ways() []row {
	const none, closed = "nothing listens at $1 (the connection was refused)", "the connection was closed before an answer came"
	return []row{
		{`context canceled|request canceled|operation was canceled`, "it was broken off before its end", false},
		{`dial tcp\d? (\S+): (?:connect|connectex): .*refused`, none, false},
		{`refused`, "the connection was refused", false},
		{`lookup (\S+?)(?: on \S+)?: no such host`, "no host is called $1", false},
		{`lookup (\S+?)(?: on \S+)?: `, "where $1 is can't be looked up", false},
		{`(?:no route to host|network is unreachable|host is down)`, "there is no way to the host", false},
		{`TLS handshake timeout`, "the TLS handshake took too long", false},
		{`dial tcp\d? (\S+): i/o timeout`, "$1 took too long to take the connection", false},
		{`i/o timeout|Client\.Timeout|deadline exceeded|timeout awaiting|timed out`, "it took too long", false},
		{`connection reset|forcibly closed`, "the connection was reset before the answer was whole", false},
		{`broken pipe|connection was aborted`, "the connection was closed while the request was sent", false},
		{`server gave HTTP response to HTTPS client|first record does not look like a TLS handshake`,
			"no TLS is spoken there: is it http:// in place of https://?", false},
		{`certificate signed by unknown authority`,
			"the certificate is signed by nobody who is trusted here: tls.ca in the target's file names who is", false},
		{`certificate has expired or is not yet valid`, "the certificate has expired, or is not valid yet", false},
		{`certificate is (?:valid for|not valid for) (.*)`, "the certificate is of another host: it is for $1", false},
		{`cannot validate certificate for (\S+)`, "the certificate is of another host than $1", false},
		{`x509: `, "the certificate is not to be trusted", false},
		{`tls: (?:certificate required|bad certificate|unknown certificate)`,
			"a certificate of the caller is asked for: tls.certificate and tls.key in the target's file", false},
		{`tls: (?:no supported versions|protocol version|handshake failure|unsupported)`,
			"the two sides have no version or cipher of TLS in common", false},
		{`tls: `, "the TLS handshake failed", false},
		{`stream error|GOAWAY|http2: `, "the connection was given up by the other side (HTTP/2)", false},
		{`unexpected end of JSON input|unexpected EOF|io: read/write on closed pipe`, notWhole, false},
		{`(?:^|\W)EOF$|closed idle connection|closed network connection|transport connection broken`, closed, false},
		{`unsupported protocol scheme (".*")`, "$1 is neither http nor https", false},
	}
}

// values are the kinds of values that can't be read.
func values() []row {
	return []row{
		{`json: unknown field (".*")`, "it has the member $1, and there is no such member", false},
		{`json: cannot unmarshal (\w+) into Go struct field \w*?\.?([\w.]+) of type`, "$2 has another type: it is a $1", false},
		{`json: cannot unmarshal (\w+)`, "it is a $1 where another type belongs", false},
		{`invalid character|json: |jsontext: `, "it is no JSON", false},
		{`strconv\.\w+: parsing (".*"): value out of range`, "$1 is too large a number", false},
		{`strconv\.ParseBool: parsing (".*"): invalid syntax`, "$1 is neither true nor false", false},
		{`strconv\.\w+: parsing (".*"): invalid syntax`, "$1 is no number", false},
		{`invalid URL escape (".*")`, "$1 is no escape of a URL", false},
		{`parsing time (".*?") as`, "$1 is no time", false},
		{`time: (?:invalid duration|unknown unit|missing unit).* (".*")$`, "$1 is no duration", false},
		{`error parsing regexp: .*: (.*)$`, "$1 is no pattern", false},
		{`executable file not found`, "there is no such program", false},
	}
}
