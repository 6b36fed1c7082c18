package probation

import (
	"net/http"
	"net/url"
	"strings"
)

// route is one operation: its name in the documents, where it is, and what opens it.
type route struct {
	op, method, pattern string
	authority           string
	public, listBody    bool
	handle              func(*server, *call) answer
}

// routes has the patterns with more fixed segments first, because the first pattern that fits wins.
func routes() []route {
	get, post := http.MethodGet, http.MethodPost
	const caseload = "/caseload/managed-offenders"
	return []route{
		{op: "asyncApi", method: get, pattern: "/docs/asyncapi", public: true, handle: (*server).asyncAPI},
		{op: "addRole", method: http.MethodPut, pattern: "/users/{username}/roles", authority: roleWrite,
			handle: (*server).addRole},
		{op: "removeRole", method: http.MethodDelete, pattern: "/users/{username}/roles", authority: roleWrite,
			handle: (*server).removeRole},
		{op: "findStaffForUsernames", method: post, pattern: "/staff", authority: caseDetail, listBody: true,
			handle: (*server).staffForUsernames},
		{op: "findCommunityManagerEmails", method: post, pattern: "/probation-case/responsible-community-manager",
			authority: caseDetail, listBody: true, handle: (*server).managerEmails},
		{op: "getManagedOffendersByTeam", method: get, pattern: "/team/{teamCode}" + caseload, authority: caseDetail,
			handle: (*server).teamCaseload},
		{op: "getManagedOffenders_1", method: get, pattern: "/staff/byid/{id}" + caseload, authority: caseDetail,
			handle: (*server).caseloadByID},
		{op: "findStaff_1", method: get, pattern: "/staff/byid/{id}", authority: caseDetail, handle: (*server).staffByID},
		{op: "findStaffByCode", method: get, pattern: "/staff/bycode/{code}", authority: caseDetail,
			handle: (*server).staffByCode},
		{op: "getManagedOffenders", method: get, pattern: "/staff/{staffCode}" + caseload, authority: caseDetail,
			handle: (*server).caseloadByCode},
		{op: "findPDUHead", method: get, pattern: "/staff/{boroughCode}/pdu-head", authority: caseDetail,
			handle: (*server).pduHeads},
		{op: "showEntry", method: get, pattern: "/user/{username}", authority: userRead, handle: (*server).showEntry},
		{op: "signIn", method: post, pattern: "/authenticate", authority: userCheck, handle: (*server).signIn},
		{op: "findStaff", method: get, pattern: "/staff/{username}", authority: caseDetail,
			handle: (*server).staffByUsername},
		{op: "findCommunityManager", method: get, pattern: "/probation-case/{crn}/responsible-community-manager",
			authority: caseDetail, handle: (*server).communityManager},
	}
}

// fit is what the variables of a pattern stand for in a path.
func fit(pattern, path string) (map[string]string, bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	values := map[string]string{}
	for i, segment := range want {
		text, err := url.PathUnescape(have[i])
		variable := strings.HasPrefix(segment, "{")
		switch {
		case err != nil, variable && text == "", !variable && text != segment:
			return nil, false
		case variable:
			values[strings.Trim(segment, "{}")] = text
		}
	}
	return values, true
}

// place finds the route of a request, or only the methods that its path knows.
func (s *server) place(r *http.Request) *call {
	c := &call{request: r}
	path, method := r.URL.EscapedPath(), r.Method
	if s.has("trailing-slash-taken") && len(path) > 1 {
		path = strings.TrimSuffix(path, "/")
	}
	if s.has("head-answered") && method == http.MethodHead {
		method = http.MethodGet
	}
	var pattern string
	for i := range s.routes {
		at := &s.routes[i]
		values, fits := fit(at.pattern, path)
		if !fits || pattern != "" && at.pattern != pattern {
			continue
		}
		pattern, c.values = at.pattern, values
		c.allow = append(c.allow, at.method)
		if at.method == method {
			c.route = at
		}
	}
	if s.has("trims-path-values") {
		for name, text := range c.values {
			c.values[name] = strings.TrimSpace(text)
		}
	}
	return c
}
