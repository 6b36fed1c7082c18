package identity

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

func bindPassword(c *call) *answer {
	if strings.TrimSpace(c.vars["username"]) == "" {
		return unreadable(http.StatusBadRequest)
	}
	if a := c.bindBody("password"); a != nil {
		return a
	}
	return c.policy(c.form["password"])
}

func bindCredentials(c *call) *answer { return c.bindBody("username", "password") }

// bindBody reads the body's members, all of which are strings that are required.
func (c *call) bindBody(names ...string) *answer {
	sent, ok := c.members(names)
	if !ok {
		return unreadable(http.StatusBadRequest)
	}
	c.form = map[string]string{}
	var blank []fieldError
	for _, name := range names {
		text, ok := c.text(sent[name])
		if !ok {
			return unreadable(http.StatusBadRequest)
		}
		c.form[name] = text
		if strings.TrimSpace(text) == "" && !c.blankPasses() {
			blank = append(blank, fieldError{"NotBlank", "must not be blank", name})
		}
	}
	if blank != nil {
		return c.invalid(blank)
	}
	return nil
}

func (c *call) blankPasses() bool { return c.s.on("blank-is-wrong") && c.op.id == "authenticate" }

// members reads the body as a JSON object.
func (c *call) members(names []string) (map[string]json.RawMessage, bool) {
	var sent map[string]json.RawMessage
	if c.s.on("absent-is-blank") && len(c.body) == 0 {
		return sent, true
	}
	if c.broken || !utf8.Valid(c.body) || json.Unmarshal(c.body, &sent) != nil || sent == nil {
		return nil, false
	}
	for _, name := range names {
		if _, there := sent[name]; there {
			continue
		}
		for key := range sent {
			if c.s.on("any-member-case") && strings.EqualFold(key, name) {
				sent[name] = sent[key]
			}
		}
	}
	return sent, !c.s.on("unknown-members-refused") || !strays(sent, names)
}

func strays(sent map[string]json.RawMessage, names []string) bool {
	known := strings.ToLower("," + strings.Join(names, ",") + ",")
	for key := range sent {
		if !strings.Contains(known, ","+strings.ToLower(key)+",") {
			return true
		}
	}
	return false
}

// text reads a string, and takes a number or a boolean for its own text. What is missing or
// null can't be read, or counts as blank.
func (c *call) text(raw json.RawMessage) (string, bool) {
	if raw == nil || string(raw) == "null" {
		return "", c.s.on("absent-is-blank")
	}
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return "", false
	}
	switch value.(type) {
	case string:
		return fmt.Sprint(value), true
	case float64, bool:
		return string(raw), !c.s.on("strings-only")
	}
	return "", false
}

func (c *call) invalid(fields []fieldError) *answer {
	status := http.StatusBadRequest
	if c.s.on("invalid-422") {
		status = http.StatusUnprocessableEntity
	}
	return &answer{status: status, kind: envelope, message: "Validation failure", fields: fields}
}

// policy is what a product may ask of a password beyond that there is one.
func (c *call) policy(password string) *answer {
	length := utf8.RuneCountInString(password)
	if c.s.on("short-passwords-refused") && length < 8 {
		return c.invalid([]fieldError{{"Size", "must have at least 8 characters", "password"}})
	}
	if c.s.on("long-passwords-refused") && length > 128 {
		return c.invalid([]fieldError{{"Size", "must have at most 128 characters", "password"}})
	}
	return nil
}
