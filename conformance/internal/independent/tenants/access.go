package tenants

import "strings"

// authenticate looks for a token that is known and not spent.
func (s *server) authenticate(c *call) *answer {
	given := s.credential(c)
	t, found := s.known(given)
	switch {
	case given == "" && (s.open(c.op) || s.asks(c, "open-search-by-email", "email") ||
		s.asks(c, "two-need-no-token", "refNum", "email")):
		t = token{tenant: c.name, rights: true}
	case given == "":
		return s.refuse(401, "A token is needed.")
	case !found:
		return s.refuse(pick(s, 401, map[string]int{"unknown-token-forbidden": 403}), "The token is not known.")
	case t.spent:
		return s.refuse(pick(s, 401, map[string]int{"spent-token-forbidden": 403}), "The token is no longer valid.")
	}
	c.token = t
	return nil
}

// asks says whether a search gives these criteria and no other, and the fault is there.
func (s *server) asks(c *call, fault string, criteria ...string) bool {
	query := c.r.URL.Query()
	asked := s.has(fault) && c.op == "searchUser" && len(query) == len(criteria)
	for _, criterion := range criteria {
		asked = asked && query.Has(criterion)
	}
	return asked
}

// open says whether a fault lets callers in without a token.
func (s *server) open(op string) bool {
	return s.has("no-tokens") || s.has("open-"+op)
}

func (s *server) credential(c *call) string {
	given := c.r.Header.Get(tokenHeader)
	if bearer, ok := strings.CutPrefix(c.r.Header.Get("Authorization"), "Bearer "); ok && given == "" && s.has("bearer-too") {
		return bearer
	}
	return given
}

// refuse adds the challenge that HTTP asks of a 401.
func (s *server) refuse(status int, says string) *answer {
	a := s.fail(status, says)
	if status == 401 && !s.has("bare-401") {
		a.header = map[string]string{"WWW-Authenticate": `ApiToken realm="users"`}
	}
	return a
}

// findTenant refuses every tenant but the token's own, be it another's or unknown.
func (s *server) findTenant(c *call) *answer {
	name := c.name
	if s.has("tenant-any-case") {
		name = lower(name)
	}
	if s.has("tenant-ignored") {
		name = homeTenant
	}
	c.tenant = s.tenants[name]
	if s.tenants[name] == nil && s.has("tenant-by-beginning") && strings.HasPrefix(name, c.token.tenant[:6]) {
		name = c.token.tenant
		c.tenant = s.tenants[name]
	}
	if c.tenant != nil && (name == c.token.tenant || s.has("tenant-ignored") || s.has("tenant-borders-open")) {
		return nil
	}
	s.doneAbroad(c)
	status := pick(s, 403, map[string]int{"tenant-hidden": 404, "tenant-unauthorised": 401, "tenant-invalid": 400})
	return s.refuse(status, "The token is not for this tenant.")
}

// checkRights refuses a token without rights to the users.
func (s *server) checkRights(c *call) *answer {
	lax := s.has("rights-ignored") || s.has("update-needs-no-rights") && c.op == "updateUser" ||
		s.asks(c, "refnum-needs-no-rights", "refNum") || s.asks(c, "two-need-no-rights", "refNum", "email")
	if c.token.rights || lax {
		return nil
	}
	if s.has("forbidden-and-created") && c.op == "createUser" && s.readBody(c) == nil {
		s.create(c)
	}
	says := "The token may not use the users."
	if s.has("refusal-tells-token") {
		says = "The token " + s.credential(c) + " may not use the users."
	}
	return s.refuse(pick(s, 403, map[string]int{"rights-401": 401}), says)
}
