package council

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// parse reads the body into an object and brings its values into the forms of the product.
func (c *call) parse() *reply {
	raw := c.raw
	if len(bytes.TrimSpace(raw)) == 0 && c.s.on("no-body-is-empty") {
		raw = []byte("{}")
	}
	if c.s.on("bodies-16k") && len(raw) > 16<<10 {
		return fail(413, "TOO_LARGE", "A body has at most 16 KiB")
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	var body map[string]any
	if err := decoder.Decode(&body); err != nil || body == nil || decoder.Decode(new(any)) != io.EOF {
		return fail(c.s.pick(400, 422, "malformed-422"), "MALFORMED", "The body is not a JSON object")
	}
	c.body = body
	for _, f := range c.k.fields {
		c.tidy(f)
	}
	return nil
}

// pick is the first status, or the second with the habit.
func (s *server) pick(plain, other int, habit string) int {
	if s.on(habit) {
		return other
	}
	return plain
}

// tidy brings one sent value into the form that the product keeps.
func (c *call) tidy(f field) {
	value, sent := c.body[f.name]
	if !sent {
		return
	}
	unread := value == nil && f.secret && c.s.on("password-null") || f.later && c.op == "update" && c.s.on("places-fixed")
	if unread || c.op == "create" && f.later && !c.s.on("members-strict") || value == nil && c.s.on("null-absent") {
		delete(c.body, f.name)
		return
	}
	value = c.s.coerced(f, value)
	if words, isText := value.(string); isText {
		value = c.s.spelled(f, words)
	}
	if number, isNumber := value.(float64); isNumber {
		value = c.s.measured(f, number)
	}
	c.body[f.name] = value
	if status, _ := c.s.judge(f, value); status != 0 && f.nullable && c.s.on("drops-bad-values") {
		delete(c.body, f.name)
	}
}

// coerced takes a value of a near type for one of the right type.
func (s *server) coerced(f field, value any) any {
	words, isText := value.(string)
	number, isNumber := value.(float64)
	switch {
	case !s.on("coerces"):
	case f.sort == "text" && isNumber:
		return strconv.FormatFloat(number, 'f', -1, 64)
	case isText && f.sort == "flag" && (words == "true" || words == "false"):
		return words == "true"
	case isText && (f.sort == "number" || f.sort == "whole"):
		if read, err := strconv.ParseFloat(words, 64); err == nil {
			return read
		}
	}
	return value
}

func (s *server) spelled(f field, words string) string {
	if s.on("trims") && !f.secret {
		words = strings.TrimSpace(words)
	}
	if f.name == "email" && s.on("emails-lowered") {
		words = strings.ToLower(words)
	}
	if f.name == "keywords" && s.on("keywords-tidied") {
		parts := strings.Split(words, ",")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		words = strings.Join(parts, ",")
	}
	if parts := strings.Split(words, ","); f.name == "keywords" && s.any("keywords-spaced", "keywords-sorted") {
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		if s.on("keywords-sorted") {
			slices.Sort(parts)
		}
		words = strings.Join(parts, ", ")
	}
	if f.name == "keywords" && s.on("keywords-upper") {
		words = strings.ToUpper(words)
	}
	if s.on("quotes-straight") && !f.secret {
		words = strings.NewReplacer("\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`).Replace(words)
	}
	if s.on("texts-decomposed") && !f.secret {
		words = norm.NFD.String(words)
	}
	return words
}

func (s *server) measured(f field, number float64) any {
	if f.sort == "whole" && number == math.Trunc(number) && math.Abs(number) < 1<<31 {
		return int(number)
	}
	if s.on("places-rounded") {
		return math.Round(number*1e6) / 1e6
	}
	if s.on("places-thousandths") {
		return math.Round(number*1e3) / 1e3
	}
	if s.on("places-float4") {
		return float64(float32(number))
	}
	return number
}

// validate holds every member against its field.
func (c *call) validate() *reply {
	for _, f := range c.k.fields {
		value, sent := c.body[f.name]
		status, text := 0, ""
		switch {
		case sent:
			status, text = c.s.judge(f, value)
		case c.op == "create":
			status, text = c.s.missing(f)
		}
		if status != 0 {
			return c.keptAllTheSame("invalid-kept", c.spoiltRefusal(c.s.invalid(status, f.name, text)))
		}
	}
	if _, sent := c.body["sortOrder"]; sent && c.op == "update" && c.s.on("places-refused") {
		return c.s.invalid(400, "sortOrder", "is set by the server")
	}
	if c.op == "update" && len(c.body) == 0 && c.s.on("empty-refused") {
		return fail(400, "INVALID", "There is nothing to change")
	}
	return c.extras()
}

func (s *server) missing(f field) (int, string) {
	optional := f.name == "role" && s.on("role-defaults")
	wanted := f.name == "keywords" && s.on("keywords-required") || f.place && s.on("wards-need-all")
	if f.needed && !optional || wanted || f.name == "password" && s.on("password-required") {
		return 400, "is required"
	}
	return 0, ""
}

// judge says what is wrong with a value: 400 for its type, 422 for its meaning.
func (s *server) judge(f field, value any) (int, string) {
	if value == nil {
		if f.nullable && !s.on("null-refused") {
			return 0, ""
		}
		return 400, "cannot be null"
	}
	if !f.fits(value) {
		return 400, "has the wrong type"
	}
	if words, isText := value.(string); isText && f.needed && strings.TrimSpace(words) == "" {
		return 400, "cannot be empty"
	}
	if f.limit != nil {
		if text := f.limit(s, value); text != "" {
			return 422, text
		}
	}
	return 0, ""
}

func (f field) fits(value any) bool {
	switch value.(type) {
	case string:
		return f.sort == "text"
	case bool:
		return f.sort == "flag"
	case float64:
		return f.sort == "number"
	case int:
		return f.sort == "whole"
	}
	return false
}

func (s *server) invalid(status int, name, text string) *reply {
	status = s.pick(s.pick(status, 422, "invalid-422"), 400, "invalid-400")
	return fail(status, "INVALID", name+" "+text, member{name, text})
}

// extras refuses members that the product does not take, where it is strict.
func (c *call) extras() *reply {
	if !c.s.on("members-strict") {
		return nil
	}
	for name := range c.body {
		at := slices.IndexFunc(c.k.fields, func(f field) bool { return f.name == name })
		if at < 0 || c.op == "create" && c.k.fields[at].later {
			return c.s.invalid(400, name, "is not taken here")
		}
	}
	return nil
}

// plan holds the rule of the caseworker seats.
func (c *call) plan() *reply {
	free := c.k.name != users().name || c.body["role"] != "caseworker" || c.s.on("user-seats-for-all") ||
		c.spareSeat() || c.op == "update" && (c.s.on("promotion-free") || c.rec.text("role") == "caseworker")
	if c.body["enabled"] == false && c.s.on("user-seats-out-of-use") {
		return nil
	}
	least := c.s.pick(planRank()["pro"], planRank()["council"]+1, "user-seats-for-none")
	if free || planRank()[tenants()[c.who.tenant].plan] >= least {
		return nil
	}
	if c.s.on("user-seats-unexplained") {
		return fail(403, "DENIED", "Forbidden")
	}
	const text = "Caseworker seats require the Pro plan or higher"
	if c.s.on("plan-in-text") {
		return fail(403, "PRO_PLAN_REQUIRED", text)
	}
	return fail(403, "PRO_PLAN_REQUIRED", text, member{"requiredPlan", "pro"},
		member{"currentPlan", tenants()[c.who.tenant].plan})
}

// grant keeps a caller from giving away a role above his own.
func (c *call) grant() *reply {
	if c.k.name != users().name {
		return nil
	}
	role, _ := c.body["role"].(string)
	if c.op == "update" && role != "" && role != c.rec.text("role") && c.s.on("role-fixed") {
		return fail(403, "FORBIDDEN", "A role is fixed when the user is created")
	}
	email, _ := c.body["email"].(string)
	if c.op == "update" && email != "" && email != c.rec.text("email") && c.s.on("email-fixed") {
		return c.s.invalid(422, "email", "is fixed when the user is created")
	}
	free := c.s.on("grants-any-role") || c.s.fault(c.k, c.op+"-by-anyone") || c.unasked()
	if roleRank()[role] > roleRank()[c.who.role] && !free {
		return fail(403, "FORBIDDEN", "This role is above your own")
	}
	return nil
}

// conflict looks for another record with the same name or e-mail.
func (c *call) conflict() *reply {
	wanted, _ := c.body[c.k.unique].(string)
	if wanted == "" && !c.s.on("keywords-of-one") || c.s.fault(c.k, c.op+"-twice") {
		return nil
	}
	for _, other := range c.s.stores[c.k.name] {
		mine := other.tenant == c.who.tenant || c.k.name == users().name && c.s.on("emails-global")
		if words := c.sharedKeyword(other); mine && other != c.rec && words {
			return fail(409, "CONFLICT", "Another category has this keyword", member{"keywords", "is taken"})
		}
		own := other == c.rec && !c.s.fault(c.k, "conflicts-with-itself") &&
			(wanted == other.text(c.k.unique) || !c.s.fault(c.k, "conflicts-recased"))
		if own || !mine || !c.takenBy(other, wanted) {
			continue
		}
		c.spoilRefused(other)
		status := 409
		if c.k.name == users().name && c.op == "update" {
			status = c.s.pick(409, 422, "email-taken-422")
		}
		return fail(status, "CONFLICT", "Another "+c.k.name+" has this "+c.k.unique, member{c.k.unique, "is taken"})
	}
	return nil
}

// sharedKeyword tells, for the product that keeps a keyword for one category, whether the other one has one that is sent.
func (c *call) sharedKeyword(other *record) bool {
	sent, _ := c.body["keywords"].(string)
	for word := range strings.SplitSeq(sent, ",") {
		if c.s.on("keywords-of-one") && word != "" && slices.Contains(strings.Split(other.text("keywords"), ","), word) {
			return true
		}
	}
	return false
}

// same compares names as they are and e-mails without regard to case.
func (s *server) same(k *kind, a, b string) bool {
	fold := k.name == users().name && !s.on("email-case-matters") || k.name != users().name && s.on("names-folded")
	composed := s.on("names-composed") && norm.NFC.String(a) == norm.NFC.String(b)
	return a == b || composed || fold && strings.EqualFold(a, b)
}
