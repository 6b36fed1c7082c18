package identity

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
	"rollcall/specs/format"
)

// expectFramework expects the framework's default error: timestamp, status, error
// and path, and no message.
func expectFramework(env *suite.Env, exchange *client.Exchange, status int) {
	env.Expect(exchange).To(match.Status(status))
	env.Expect(exchange).To(match.Member("timestamp", match.Such("to be a date-time", instant)), "timestamp is a date-time")
	env.Expect(exchange).To(match.Member("status", status))
	env.Expect(exchange).To(match.Member("error", http.StatusText(status)), "error is the reason phrase of the status")
	env.Expect(exchange).To(match.Member("path", match.Such("to be the path of the request",
		func(path any) bool { return samePath(exchange.URL, path) })),
		"path is the path of the request")
	env.Expect(exchange).To(match.Absent("message"), "the framework's error has no message")
}

func instant(value any) bool {
	text, _ := value.(string)
	_, ok := format.Instant(text)
	return ok
}

// samePath says whether the path is the one of the address, a prefix that one of
// the two has more (where the API is mounted) aside.
func samePath(address string, path any) bool {
	text, ok := path.(string)
	asked, err := url.Parse(address)
	return ok && err == nil && strings.HasPrefix(text, "/") &&
		slices.ContainsFunc([]string{asked.EscapedPath(), asked.Path}, func(path string) bool {
			return strings.HasSuffix(path, text) || strings.HasSuffix(text, path)
		})
}

// expectMessage expects the service's own 404 with this message.
func expectMessage(env *suite.Env, exchange *client.Exchange, message string) {
	env.Expect(exchange).To(match.Status(http.StatusNotFound))
	env.Expect(exchange).To(match.Member("message", message))
}

func noUser(username string) string { return "User with username of " + username + " not found" }

func noRow(username string) string { return "User entity with username of " + username + " not found" }

func noID(id string) string { return "User with userId of " + id + " not found" }

// expectBlank expects the service's own 400 to blank members.
func expectBlank(env *suite.Env, exchange *client.Exchange) {
	env.Expect(exchange).To(match.Status(http.StatusBadRequest))
	env.Expect(exchange).To(match.Member("status", http.StatusBadRequest))
	env.Expect(exchange).To(match.Member("message", "Validation failure"))
}

// expectBlankFields expects one item in fields for each of the members, in any
// order, and no other.
func expectBlankFields(env *suite.Env, exchange *client.Exchange, names ...string) {
	env.Expect(exchange).To(match.Status(http.StatusBadRequest))
	items := make([]any, len(names))
	for i, name := range names {
		items[i] = gomega.And(
			gomega.HaveKeyWithValue("type", "NotBlank"),
			gomega.HaveKeyWithValue("message", "must not be blank"),
			gomega.HaveKeyWithValue("field", name),
		)
	}
	env.Expect(exchange).To(match.Member("fields", gomega.ConsistOf(items...)), "fields has one item for each of %v", names)
}

// expectFailedCheck expects the whole answer to a check that failed.
func expectFailedCheck(env *suite.Env, exchange *client.Exchange) {
	env.Expect(exchange).To(match.Status(http.StatusUnauthorized))
	env.Expect(exchange).To(match.JSONBody(map[string]any{"status": 401, "message": "Authentication failure"}))
}

// challenge matches an answer whose WWW-Authenticate is of the scheme Bearer, with
// that error; "" stands for no error at all.
func challenge(code string) types.GomegaMatcher {
	text := match.Form("to be of the scheme Bearer", `(?i)^bearer(\s|$)`)
	if code == "" {
		return bearer(gomega.And(text, gomega.Not(match.Form("to have an error in it", `(?i)\berror\b`))))
	}
	return bearer(gomega.And(text, match.Form(`to have error="`+code+`" in it`, `(?i)[\s,]error\s*=\s*"?`+code+`\b`)))
}

// bearer hands the matcher the challenge of the scheme Bearer, the whole header
// where there is none.
func bearer(matcher types.GomegaMatcher) types.GomegaMatcher {
	return gomega.WithTransform(func(exchange *client.Exchange) string {
		return kit.Challenge(exchange.Header, "Bearer")
	}, matcher)
}
