package tenants

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/match"
	"rollcall/conformance/suite"
)

func secretCases() []suite.Case {
	return kit.Each("TEN-GEN-16", "no answer tells a secret or where the code failed", operations(),
		func(ctx context.Context, env *suite.Env, o string) {
			answers := all(ctx, env, o)
			if env.Has("low-rights") {
				answers = append(answers, prepare(ctx, env, o).By(ctx, env.As("low-rights")))
			}
			user, set := makeRich(ctx, env)
			switch o {
			case "searchUser":
				for _, name := range searches() {
					answers = append(answers, search(ctx, env, by(criteriaOf(env, user, set), name)))
				}
			case "createUser":
				answers = append(answers, user)
			case "updateUser":
				answers = append(answers, update(ctx, env, idOf(env, user), kit.Fill(kit.With(set), sent(user)), client.Echo()))
			}
			tokens := tokensIn(answers)
			for _, answer := range answers {
				if leak := leaks(answer, tokens); leak != "" {
					env.Fail("%s: %s", leak, match.Show(answer))
				}
			}
		})
}

// tokensIn are what the callers of some answers were known by: nobody is to be told his own, and
// still less that of another.
func tokensIn(answers []*client.Exchange) (tokens []string) {
	const guessable = 8
	for _, answer := range answers {
		for name, values := range answer.RequestHeader {
			said := strings.ToLower(name)
			if said != "authorization" && !strings.Contains(said, "token") && !strings.Contains(said, "key") {
				continue
			}
			_, secret, found := strings.Cut(values[0], " ")
			if !found {
				secret = values[0]
			}
			if len(secret) >= guessable && !slices.Contains(tokens, secret) {
				tokens = append(tokens, secret)
			}
		}
	}
	return tokens
}

// leaks says what an answer should not have told, "" when there is nothing.
func leaks(answer *client.Exchange, tokens []string) string {
	for _, secret := range tokens {
		if strings.Contains(string(answer.Body), secret) {
			return "the answer holds a caller's token"
		}
		for told, values := range answer.Header {
			if strings.Contains(strings.Join(values, "\n"), secret) {
				return "the header " + told + " of the answer holds a caller's token"
			}
		}
	}
	if kit.StoredPassword(string(answer.Body)) || keptSecret().Match(answer.Body) {
		return "the answer holds what can only be a secret"
	}
	if names := secretNames(gjson.ParseBytes(answer.Body)); names != "" {
		return "the answer has a member " + names
	}
	if trace := trace().FindString(string(answer.Body)); trace != "" {
		return "the answer shows where the code failed: " + trace
	}
	return ""
}

// secretNames finds a member, at any depth, that has a secret by its name and a text for a
// value: mustChangePassword is no password, and null or a truth tells nothing.
func secretNames(value gjson.Result) (found string) {
	kit.Walk(value, func(_, name string, below gjson.Result) {
		plain := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
		if found == "" && slices.Contains(secrets(), plain) && below.Type == gjson.String &&
			strings.Trim(below.Str, "*•. ") != "" {
			found = name
		}
	})
	return found
}

// secrets lists the names that can only be those of secrets.
func secrets() []string {
	return []string{
		"password", "passwd", "pwd", "passwordhash", "hashedpassword", "secret", "clientsecret", "apitoken",
		"apikey", "accesstoken", "refreshtoken", "resettoken", "passwordresettoken", "resetpasswordtoken", "activationtoken",
		"invitationtoken", "logintoken", "sessiontoken", "authtoken", "token", "passwordsalt", "stacktrace",
		"secretanswer", "securityanswer", "connectionstring",
	}
}

// keptSecret matches what is a secret by its form, whatever it is called: how a server signs in to its database.
func keptSecret() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(server|data source|user id|uid)\s*=[^;"]*;([^"]*;)?\s*(password|pwd)\s*=\s*[^;*\s"]|` +
		`\b(postgres(ql)?|mysql|sqlserver|mongodb(\+srv)?|redis|amqps?)://[^:/@\s"]+:[^*@/\s"]+@`)
}

// trace matches a line of a stack trace as the usual runtimes print them.
func trace() *regexp.Regexp {
	return regexp.MustCompile(`\bat [\w<>$]+(\.[\w<>$]+)+\(|` +
		`\.(cs|java|go|py|js|rb|php):(line )?\d+|` +
		`goroutine \d+ \[|Traceback \(most recent|File ".*", line \d+`)
}
