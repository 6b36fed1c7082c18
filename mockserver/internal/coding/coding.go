// Package coding tells how the bytes of a request's body are written.
package coding

import (
	"fmt"
	"mime"
	"net/http"
	"strings"
)

// Unread says why a body is not read as what its bytes are: it is compressed, or in signs of another
// charset; "" for one that is. hint is what to send. A charset means nothing to JSON (RFC 8259, 11), so
// that one is only refused where it makes a difference.
func Unread(header http.Header, body []byte) (why, hint string) {
	if len(body) == 0 {
		return "", ""
	}
	for _, line := range header["Content-Encoding"] {
		for coding := range strings.SplitSeq(line, ",") {
			if coding = strings.TrimSpace(coding); coding != "" && !strings.EqualFold(coding, "identity") {
				return fmt.Sprintf("the body has the Content-Encoding %.40q, and compressed bodies are not read", coding),
					"send it as it is"
			}
		}
	}
	media := header.Get("Content-Type")
	if !strings.Contains(media, ";") {
		return "", ""
	}
	_, parameters, err := mime.ParseMediaType(media)
	charset := strings.ToLower(parameters["charset"])
	switch {
	case err != nil, charset == "", charset == "utf-8", charset == "utf8", charset == "us-ascii":
		return "", ""
	case !strings.HasPrefix(charset, "utf-") && !strings.HasPrefix(charset, "ucs") && ascii(body):
		return "", ""
	}
	return fmt.Sprintf("the body is in the charset %.40q, and read in UTF-8", charset), "write it in UTF-8"
}

func ascii(body []byte) bool {
	for _, b := range body {
		if b >= 0x80 {
			return false
		}
	}
	return true
}
