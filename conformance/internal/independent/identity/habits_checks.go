package identity

// messages are the rows that want an exact message in an error's member message.
const messages = "IDN-USER-13 IDN-USER-18 IDN-USER-20 IDN-USER-27"

// noErrors is why errors can look as they like.
const noErrors = "The seed has no schema for an error."

const shapeRows = "1.3 and 4.2, the shapes of error bodies"

// errorHabits are about the look of errors.
func errorHabits() []habitRow {
	return []habitRow{
		{name: "error-text", says: "Errors are plain text.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-html", says: "Errors are a web page.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-problem", says: "Errors are application/problem+json.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-nested", says: "Errors are nested in a member error.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-list", says: "Errors are a list.", groups: "shape", open: noErrors, misses: messages, against: shapeRows},
		{name: "error-description", says: "Errors have error and error_description.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-empty", says: "Errors have no body.", groups: "shape", open: noErrors,
			misses: messages, against: shapeRows},
		{name: "error-uniform", says: "Every error has status and message.", groups: "shape", open: noErrors,
			against: "1.3 B, the framework's error body"},
		{name: "error-vendor", says: "Errors are application/vnd.error+json.", groups: "shape",
			open: noErrors, against: shapeRows},
		{name: "error-no-fields", says: "Errors without fields have an empty list of them.", groups: "shape", open: noErrors,
			against: "1.3 A no fields in a 404; 4.2 the 401 body is exact"},
		{name: "other-words", says: "Errors are worded otherwise.", open: "The seed gives no error message.",
			misses: "IDN-USER-13 IDN-USER-18 IDN-USER-20", against: "1.3 and 4.2, the exact messages"},
		{name: "error-status-exponent", says: "The status in an error body is spelt 404e0.", groups: "error-status",
			open: "The same number in JSON."},
		{name: "error-status-text", says: "The status in an error body is a string.", groups: "error-status",
			open: noErrors, against: "1.3 status (integer)"},
		{name: "timestamp-seconds", says: "The time in an error body has whole seconds and a Z.", groups: "time",
			open: "The sheet says a date-time with an offset, and no precision."},
		{name: "timestamp-micros", says: "The time in an error body has microseconds.", groups: "time",
			open: "The sheet says a date-time with an offset, and no precision."},
		{name: "timestamp-epoch", says: "The time in an error body is a count of milliseconds.", groups: "time",
			open: noErrors, against: "1.3 B timestamp (ISO date-time)"},
		{name: "refusal-envelope", says: "A 401 or 403 to a token has a body.", groups: "refusal", misses: "IDN-GEN-08",
			open: noErrors, against: "1.3 C the 401 without a token is empty"},
		{name: "seed-words-403", says: "The 403 of the password check says the seed's words in plain text.", groups: "refusal",
			misses: "IDN-GEN-08", open: "The seed gives that 403 the text Client role required: DELIUS_USER_AUTH."},
		{name: "no-challenge", says: "Refusals have no WWW-Authenticate.", misses: "IDN-GEN-09", groups: "challenge",
			open: "The seed names no header.", against: "1.3 C, the header of the 401"},
		{name: "challenge-realm", says: "The challenge names a realm.", groups: "challenge",
			open: "No document forbids a realm."},
	}
}

// checkHabits are about what is refused, with which status, and what is looked at first.
func checkHabits() []habitRow {
	return []habitRow{
		{name: "authority-before-body", says: "The authority is looked at before the body: 403 before 400.", groups: "early late",
			misses: "IDN-GEN-22", open: "The seed gives no order of checks."},
		{name: "path-before-token", says: "An unknown path or verb is told to anybody.", groups: "early",
			open: "The seed gives no order of checks.", against: "1.2, no token is 401 for unknown paths too"},
		{name: "body-before-token", says: "A bad body is told to anybody: 400 before 401.", groups: "early late exists",
			open: "The seed gives no order of checks.", against: "1.2, the token comes first"},
		{name: "unknown-before-body", says: "An unknown user is 404 before the body is read.", groups: "exists",
			open: "The seed gives no order of checks.", against: "4.1 body errors win over unknown user; 1.2 403 before 404"},
		{name: "no-token-403", says: "No token, or none that is valid, is answered 403.", misses: "IDN-GEN-06",
			open: "The seed doesn't give the status.", against: "1.3 C 401 without a token"},
		{name: "forbidden-401", says: "A lack of authority is 401, but for the password check.", groups: "forbidden",
			misses: "IDN-GEN-07 IDN-GEN-08 IDN-GEN-09", open: "The seed gives 403 to the password check only."},
		{name: "forbidden-404", says: "A lack of authority hides the operation: 404, but for the password check.",
			groups: "forbidden", misses: "IDN-GEN-07 IDN-GEN-08 IDN-GEN-09",
			open: "The seed gives 403 to the password check only."},
		{name: "method-404", says: "A wrong verb is answered 404.", open: "The seed doesn't give the status.",
			against: "1.2 wrong method 405"},
		{name: "media-400", says: "A wrong Content-Type is answered 400.", open: "The seed doesn't give the status.",
			groups: "media", against: "1.2 wrong content type 415"},
		{name: "any-content-type", says: "The Content-Type of a body doesn't matter.", groups: "media",
			open: "The seed names no media type.", against: "1.2 wrong content type 415"},
		{name: "utf8-only", says: "A charset other than UTF-8 is refused.", groups: "media",
			open: "No document speaks of charsets; JSON is UTF-8."},
		{name: "invalid-422", says: "A blank member is answered 422.", open: "The seed doesn't give the status.",
			against: "1.3, 4.1 and 4.2, 400 for blank strings"},
		{name: "blank-is-wrong", groups: "absent", says: "A blank username or password doesn't authenticate: 401.",
			open: "The seed asks for strings, and a blank is one; 401 is Authentication failure.", against: "4.2 blank is 400"},
		{name: "absent-is-blank", says: "A missing member, or body, is told like a blank one.", groups: "absent",
			open: noErrors, against: "4.1 and 4.2, missing is shape B"},
		{name: "any-member-case", says: "The letter case of a body's member doesn't matter.",
			open: "No document says that it does."},
		{name: "unknown-members-refused", says: "A body with further members is answered 400.",
			open: "The seed lists the members.", against: "1.4 unknown request properties are ignored"},
		{name: "unknown-query-refused", says: "A query parameter that no document names is answered 400.",
			open: "The seed lists the parameters."},
		{name: "strings-only", says: "A number or boolean for a string is answered 400.", open: "The seed says string.",
			against: "1.4 scalars are coerced"},
		{name: "no-number-404", says: "An id that is no number is answered 404.", open: "The seed doesn't give the status.",
			against: "4.5 non-numeric 400"},
		{name: "plain-digits-only", says: "An id has no sign and no leading zero.",
			open: "The seed says integer, and no spelling."},
		{name: "ill-formed-email-400", says: "An address without an @ is answered 400.",
			open: "The seed says string.", against: "4.3 none is 200 [], whatever the address looks like"},
		{name: "long-usernames-400", says: "A lookup by a name beyond 255 characters is answered 400.",
			open: "No document gives a limit."},
		{name: "accept-heeded", says: "The list is 406 to a caller who accepts no JSON.", open: "No document speaks of Accept."},
	}
}
