package judge

import (
	"fmt"
	"mime"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// lookAtContentType compares Content-Type with the documented media types.
// Neither an answer without content, documented or not, nor a missing body is
// its business.
func lookAtContentType(response *openapi3.Response, a Answer) []Finding {
	if len(response.Content) == 0 || len(a.Body) == 0 {
		return nil
	}
	want := mediaTypes(response)
	sent := a.Header.Values("Content-Type")
	switch len(sent) {
	case 0:
		return contentFinding("expected Content-Type %s, got none", want)
	case 1:
	default:
		return contentFinding("expected one Content-Type, %s, got %d: %s", want, len(sent), strings.Join(sent, " and "))
	}
	got, parameters, err := mime.ParseMediaType(sent[0])
	if err != nil {
		return contentFinding("expected Content-Type %s, got %q, which is not a media type", want, sent[0])
	}
	if !slices.ContainsFunc(documentedTypes(response), func(d string) bool { return covers(d, got) }) {
		return contentFinding("expected Content-Type %s, got %s", want, sent[0])
	}
	if charset := parameters["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") && isJSON(got) {
		return contentFinding("expected JSON in UTF-8, got charset %s", charset)
	}
	return nil
}

func contentFinding(format string, args ...any) []Finding {
	return []Finding{{Check: ContentType, Message: fmt.Sprintf(format, args...)}}
}

// covers tells whether the documented type, or range such as text/*, takes got.
func covers(documented, got string) bool {
	base, _, err := mime.ParseMediaType(documented)
	if err != nil {
		return false
	}
	if prefix, isRange := strings.CutSuffix(base, "*"); isRange {
		return base == "*/*" || strings.HasPrefix(got, prefix)
	}
	return base == got || isJSON(base) && isJSON(got) // a vendor may name its own JSON
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || mediaType == "text/json" || strings.HasSuffix(mediaType, "+json")
}

// documentedTypes lists the media types of a response, in order.
func documentedTypes(response *openapi3.Response) []string {
	var types []string
	for t := range response.Content {
		types = append(types, t)
	}
	slices.Sort(types)
	return types
}

func mediaTypes(response *openapi3.Response) string {
	return strings.Join(documentedTypes(response), " or ")
}
