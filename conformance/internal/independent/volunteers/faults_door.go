package volunteers

import (
	"strconv"
	"strings"

	"rollcall/conformance/internal/independent"
)

// doorFaults read a token or an id by half, and do what they refuse.
func doorFaults() []independent.Fault {
	const token, one = "L4: limited by your permissions; 401 of each operation", "L174: detailed information for a specific user"
	return []independent.Fault{
		{Name: "tokens-by-beginning", Says: "The first half of a token opens what the token does.", Source: token,
			Breaks: []string{"VOL-DOC-listUsers-ignored_auth"}},
		{Name: "tokens-with-any-end", Says: "Only the first half of a token counts.", Source: token,
			Breaks: []string{"VOL-DOC-listUsers-ignored_auth"}},
		{Name: "basic-for-anybody", Says: "The scheme Basic is let in, whoever it names.", Source: token,
			Breaks: []string{"VOL-DOC-listUsers-ignored_auth"}},
		{Name: "ids-of-32-bits", Says: "Of an id the last 32 bits count.", Source: one,
			Breaks: []string{"VOL-DOC-getUser-distinct_records"}},
		{Name: "ids-without-sign", Says: "A negative id is that without the sign.", Source: one,
			Breaks: []string{"VOL-DOC-getUser-distinct_records"}},
		{Name: "user-delete-acts", Says: "DELETE of a user is answered 405, and deletes.",
			Source: "L174, L250: a user has get and put", Breaks: []string{"VOL-DOC-getUser-unsupported_method"}},
		{Name: "patch-acts", Says: "PATCH is answered 405, and updates.", Source: "L250, L891: put, not patch",
			Breaks: []string{"VOL-DOC-updateUser-unsupported_method", "VOL-DOC-updateUserAddress-unsupported_method"}},
	}
}

// known is who has the token; a fault takes less than a token for one.
func (c *call) known(header string) (caller, bool) {
	given := strings.TrimPrefix(header, "Bearer ")
	for whole, who := range c.tokens {
		half := whole[:len(whole)/2+2]
		_, itself := c.tokens[given]
		switch {
		case itself || who.rights != "all":
		case c.has("tokens-by-beginning") && given != "" && strings.HasPrefix(whole, given),
			c.has("tokens-with-any-end") && len(given) > len(half) && strings.HasPrefix(given, whole[:len(whole)/2]),
			c.has("tokens-with-more") && strings.HasPrefix(given, whole),
			c.has("basic-for-anybody") && strings.HasPrefix(header, "Basic "):
			return who, true
		}
	}
	who, known := c.tokens[given]
	return who, known
}

// idOf reads an id of the path; a fault reads less than is there.
func (c *call) idOf(text string) (int, error) {
	if c.has("ids-with-more") {
		text = text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	}
	id, err := strconv.Atoi(text)
	if c.has("ids-of-32-bits") && id > 0 {
		id &= 1<<32 - 1
	}
	if c.has("ids-without-sign") {
		id = max(id, -id)
	}
	return id, err
}

// actsAllTheSame does, with a fault, what is refused as a method.
func (c *call) actsAllTheSame(ops map[string]op) {
	switch {
	case c.has("patch-acts") && c.r.Method == "PATCH":
		c.op = ops["PUT"]
	case c.has("user-delete-acts") && c.r.Method == "DELETE" && len(c.segs) == 2:
		c.op = op{run: func(c *call) answer { c.u.id = -c.u.id; return answer{} }, write: true}
	}
	if c.op.run == nil {
		return
	}
	for _, step := range c.steps() {
		if step(c) != nil {
			return
		}
	}
	c.op.run(c)
}
