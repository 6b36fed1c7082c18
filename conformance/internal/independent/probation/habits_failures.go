package probation

import (
	"fmt"
	"html"
	"net/http"
)

func failureHabits() []habit {
	shape := silent + "what a failure looks like; sheet 1.3 reads it from the code."
	return []habit{
		{name: "failures-as-problem", says: "Failures are application/problem+json.", open: shape, failure: asProblem},
		{name: "failures-as-plain-text", says: "Failures are a line of plain text.", open: shape, failure: asText},
		{name: "failures-as-html", says: "Failures are a small HTML page.", open: shape, failure: asHTML},
		{name: "failures-nested", says: "Failures are JSON with code and message inside of error.", open: shape,
			failure: asNested},
		{name: "failures-in-a-list", says: "Failures are a JSON array of messages.", open: shape, failure: asList},
		{name: "failures-empty", says: "Failures have no body.", open: shape,
			failure: func(*server, answer) (string, []byte) { return "", nil }},
		{name: "plain-wording", says: "A 404 says the same plain sentence whatever is missing.",
			open: silent + "messages; sheet 1.3 A has the pattern."},
		{name: "refusals-with-body", says: "401 and 403 carry a JSON failure too.",
			open: silent + "401 and 403.", misses: "PRO-GEN-08"},
		{name: "refusals-without-challenge", says: "401 and 403 come without WWW-Authenticate.",
			open: silent + "headers.", misses: "PRO-GEN-09"},
	}
}

func asProblem(s *server, a answer) (string, []byte) {
	return "application/problem+json", s.json(object{{"type", "about:blank"}, {"title", http.StatusText(a.status)},
		{"status", int64(a.status)}, {"detail", s.wording(a)}})
}

func asText(s *server, a answer) (string, []byte) {
	return "text/plain; charset=utf-8", []byte(s.wording(a) + "\n")
}

func asHTML(s *server, a answer) (string, []byte) {
	page := fmt.Sprintf("<!doctype html><title>%d</title><p>%s</p>\n", a.status, html.EscapeString(s.wording(a)))
	return "text/html;charset=UTF-8", []byte(page)
}

func asNested(s *server, a answer) (string, []byte) {
	return s.media(""), s.json(object{{"error", object{{"code", int64(a.status)}, {"message", s.wording(a)}}}})
}

func asList(s *server, a answer) (string, []byte) {
	return s.media(""), s.json(list{object{{"status", int64(a.status)}, {"message", s.wording(a)}}})
}

func checkHabits() []habit {
	return []habit{
		{name: "asks-no-token", says: "Every operation is open to everybody; tokens are not looked at.",
			open: "The seed's text has no word on security: no scheme, no 401, no 403. Only sheet 1.1 demands a token.",
			misses: "PRO-GEN-06 PRO-GEN-07 PRO-GEN-08 PRO-GEN-09 PRO-GEN-11 PRO-GEN-13 PRO-GEN-14 PRO-GEN-15 " +
				"PRO-GEN-16"},
		{name: "hidden-not-refused", says: "Without the authority an operation looks as if it were not there: 404.",
			open: silent + "the status of a missing authority.", misses: "PRO-GEN-07 PRO-GEN-08 PRO-GEN-09"},
		{name: "bad-token-403", says: "A token that is expired or wrongly signed is answered 403.",
			open: silent + "tokens.", misses: "PRO-GEN-06"},
		{name: "docs-ask-for-a-token", says: "/docs/asyncapi needs a valid token, of any authority.",
			open: "The seed does not say that it is public (sheet Q5)."},
		{name: "authority-before-input", says: "The authority is checked before the input.",
			open: silent + "the order of checks.", misses: "PRO-GEN-18", order: "token place authority input"},
		{name: "place-before-token", says: "Unknown paths are 404 and wrong methods 405 for callers without a token too.",
			open: silent + "the order of checks.", order: "place token input authority"},
		{name: "input-before-token", says: "Unreadable input is 400 for callers without a token too.",
			open: silent + "the order of checks.", order: "place input token authority"},
		{name: "absence-before-authority", says: "An unknown record is 404 even to a caller who lacks the authority.",
			open: silent + "the order of checks."},
		{name: "input-422", says: "What cannot be read is 422 instead of 400.", open: silent + "bad input.",
			misses: "PRO-GEN-18", statuses: map[int]int{http.StatusBadRequest: http.StatusUnprocessableEntity}},
		{name: "wrong-method-404", says: "A known path with another method is 404 instead of 405.",
			open:     silent + "other methods.",
			statuses: map[int]int{http.StatusMethodNotAllowed: http.StatusNotFound}},
		{name: "media-type-400", says: "A body of another media type is 400 instead of 415.",
			open:     silent + "other media types.",
			statuses: map[int]int{http.StatusUnsupportedMediaType: http.StatusBadRequest}},
	}
}

func inputHabits() []habit {
	body := "The seed shows no request body for the two lookups by POST, so its details are open."
	return []habit{
		{name: "content-type-ignored", says: "A JSON body is read whatever its Content-Type.", open: body},
		{name: "missing-body-as-empty-list", says: "A lookup without a body asks for nothing and is answered [].", open: body},
		{name: "only-texts-in-lists", says: "Numbers and null in a list are refused.", open: body},
		{name: "blank-items-refused", says: "A blank item in a list is refused.", open: body},
		{name: "trims-list-items", says: "Blanks around an item of a list do not count.", open: body},
		{name: "lists-up-to-500", says: "A list of more than 500 items is refused.", open: body},
		{name: "unknown-query-refused", says: "A query parameter is refused with 400, since no operation has one.",
			open: "The seed lists no query parameters and does not say what becomes of others.", misses: "PRO-GEN-34"},
		{name: "pages-when-asked", says: "page and size cut a list.",
			open:   "The seed does not say that other parameters are ignored; without them the answer is whole.",
			misses: "PRO-GEN-34"},
		{name: "unacceptable-406", says: "An Accept header without JSON is answered 406.", open: silent + "Accept."},
		{name: "trims-path-values", says: "Blanks around a value in the path do not count.",
			open: "The seed says string and no more."},
		{name: "id-not-a-number-404", says: "An id that is not a number is 404, as no such person.",
			open: silent + "an id that is no integer."},
		{name: "case-number-form-checked", says: "A case number of another form is 400.",
			open: "The seed says string and no more; sheet 3.12 has 404."},
		{name: "usernames-exact", says: "Letter case of usernames matters.",
			open: "The seed is silent on letter case (sheet Q1)."},
		{name: "codes-ignore-case", says: "Letter case of codes and case numbers does not matter.",
			open: "The seed is silent on letter case.", misses: "PRO-CASE-16"},
		{name: "trailing-slash-taken", says: "A slash at the end of a path does not count.",
			open: "The seed is silent on other spellings of a path."},
	}
}
