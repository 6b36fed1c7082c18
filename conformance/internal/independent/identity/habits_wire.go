package identity

const noHeaders = "No document speaks of headers in answers."

const noSpelling = "The same JSON in another spelling."

const noMedia = "The seed names no media type of an answer."

const noMore = "No document forbids another operation."

// wireHabits are about bytes, headers, and what is offered beside the documents.
func wireHabits() []habitRow {
	return []habitRow{
		{name: "json-indented", says: "JSON is indented.", open: noSpelling},
		{name: "json-newline", says: "JSON ends in a new line.", open: noSpelling},
		{name: "json-ascii", says: "Letters beyond ASCII are escaped.", open: noSpelling},
		{name: "json-slashes-escaped", says: "Slashes are escaped.", open: noSpelling},
		{name: "json-html-escaped", says: "The signs <, > and & are escaped.", open: noSpelling},
		{name: "type-charset", says: "JSON is application/json;charset=UTF-8.", groups: "media-type", open: noMedia},
		{name: "type-spaced", says: "JSON is application/json; charset=utf-8.", groups: "media-type", open: noMedia},
		{name: "type-capitals", says: "JSON is Application/JSON.", groups: "media-type",
			open: "Letter case doesn't count in a type."},
		{name: "type-hal", says: "JSON is application/hal+json.", groups: "media-type", open: noMedia,
			against: "3, 200 bodies are application/json (said of the sibling)"},
		{name: "type-vendor", says: "JSON has a type of its own.", groups: "media-type", open: noMedia,
			against: "3, 200 bodies are application/json (said of the sibling)"},
		{name: "type-vendor-params", says: "JSON has a type of its own with parameters.", groups: "media-type", open: noMedia,
			against: "3, 200 bodies are application/json (said of the sibling)"},
		{name: "no-store", says: "Answers may not be kept.", groups: "cache", open: noHeaders},
		{name: "short-cache", says: "Answers may be kept for 5 seconds.", groups: "cache vary", open: noHeaders},
		{name: "security-headers", says: "Answers have a browser's safety headers.", open: noHeaders},
		{name: "connection-close", says: "The connection ends with each answer.", open: noHeaders},
		{name: "link-header", says: "Answers link to a description.", open: noHeaders},
		{name: "cross-origin", says: "Answers may be read from any origin.", groups: "vary", open: noHeaders},
		{name: "rate-headers", says: "Answers tell a generous limit.", open: noHeaders},
		{name: "request-id", says: "Answers have a request id in a header.", open: noHeaders},
		{name: "etag", says: "A read has an ETag, and 304 for who asks.", open: noHeaders, against: "1.4 no ETags anywhere"},
		{name: "lower-header-names", says: "Header names are in small letters.", open: "Letter case doesn't count in names."},
		{name: "gzip", says: "Answers are packed for who accepts it.", open: noHeaders},
		{name: "chunked", says: "Answers come in pieces.", open: "The transfer is the protocol's affair."},
		{name: "slow", says: "Each answer takes 5 ms.", open: "No document gives a time."},
		{name: "head", says: "HEAD is answered like GET.", open: noMore},
		{name: "options", says: "OPTIONS tells the verbs of a path to anybody.", open: noMore,
			against: "1.1 everything else needs a valid token"},
		{name: "put-password", says: "PUT changes a password too.", open: noMore, against: "1.2 wrong method 405",
			paths: map[string]string{"changePassword": "PUT /user/{username}/password"}},
		{name: "patch-password", says: "PATCH changes a password too.", open: noMore, against: "1.2 wrong method 405",
			paths: map[string]string{"changePassword": "PATCH /user/{username}/password"}},
		{name: "users-path", says: "The list by e-mail is at /users too.", open: noMore,
			paths: map[string]string{"getUsersByEmail": "GET /users"}},
		{name: "by-id-path", says: "The lookup by id is at /users/{userId} too.", open: noMore,
			paths: map[string]string{"getUserDetailsById": "GET /users/{userId}"}},
		{name: "roles-path", says: "A user's roles have a path of their own.", open: noMore},
		{name: "sign-out", says: "DELETE /authenticate is answered 204 and does nothing.", open: noMore,
			against: "1.2 wrong method 405"},
		{name: "health", says: "GET /health is answered without a token.", open: noMore},
		{name: "trailing-slash", says: "A slash at a path's end doesn't matter.", open: "The seed says nothing on slashes.",
			against: "1.4 a trailing slash is an unknown path"},
	}
}
