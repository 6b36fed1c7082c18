package probation

import (
	"net/http"
	"slices"
	"strings"
)

// spreading is a fault of the switch: what it does besides giving or taking the role. An
// operation of "" is both.
type spreading struct {
	name, operation, says, breaks string
	do                            func(s *server, a *account)
}

const (
	givingTouches = "PRO-DOC-addRole-untouched_neighbours"
	takingTouches = "PRO-DOC-removeRole-untouched_neighbours"
)

func spreadings() []spreading {
	const give, take = "addRole", "removeRole"
	return []spreading{
		{"giving-a-role-renames-a-neighbour", give, "Giving a role changes the surname of another member of staff.",
			givingTouches, func(s *server, _ *account) { s.data.person(staffGiven).surname = "Castell" }},
		{"giving-a-role-moves-the-person", give, "Giving a role takes the person out of all teams.", givingTouches,
			func(s *server, a *account) { s.ofPerson(a, func(p *person) { p.teams = "" }) }},
		{"taking-a-role-deletes-the-user", take, "Taking a role deletes its user, who is then not found as staff.", "",
			func(s *server, a *account) {
				s.data.accounts = slices.DeleteFunc(s.data.accounts, func(b *account) bool { return b == a })
			}},
		{"role-switch-changes-mail", "", "Giving and taking the role change the mail of the user.", "PRO-ROLE-16",
			func(_ *server, a *account) { a.mail = "post@example.org" }},
		{"role-switch-changes-username", "", "Giving and taking the role change the username's letter case.", "PRO-ROLE-16",
			func(s *server, a *account) {
				s.ofPerson(a, func(p *person) {
					p.username = strings.ToUpper(p.username)
					a.username = p.username
				})
			}},
		{"giving-to-the-one-before", give, "The role is given to the user as well to whom it was given before.", "PRO-ROLE-16",
			func(s *server, a *account) {
				if s.previous != nil {
					s.previous.roles[licenceRole] = true
				}
				s.previous = a
			}},
		{"taking-from-the-one-before", take, "The role is taken from the user as well to whom it was given last.", takingTouches,
			func(s *server, a *account) {
				for _, b := range s.data.accounts {
					if b.roles[licenceRole] && b != a {
						delete(b.roles, licenceRole)
						return
					}
				}
			}},
		{"taking-from-the-next", take, "The role is taken from the next user, too.", takingTouches,
			func(s *server, a *account) { delete(s.after(a).roles, licenceRole) }},
		{"giving-to-the-next", give, "The role is given to the next user, too.", givingTouches,
			func(s *server, a *account) { s.after(a).roles[licenceRole] = true }},
		{"taking-the-last-of-another", take, "With the role another user's only role goes.", takingTouches,
			func(s *server, _ *account) { clear(s.account("helpdesk.one").roles) }},
		{"giving-loses-a-telephone", give, "Giving the role loses the user's telephone number.", "PRO-ROLE-16",
			func(_ *server, a *account) { a.phone = "" }},
		{"giving-to-an-acquaintance", give, "Giving the role gives it to another user as well, once and for all.", givingTouches,
			func(s *server, _ *account) { s.account("d.okafor").roles[licenceRole] = true }},
		{"giving-disables-another", give, "Giving the role disables another user.", givingTouches,
			func(s *server, _ *account) { s.account("d.okafor").disabled = true }},
		{"giving-disables", give, "Who is given the role is disabled.", "PRO-ROLE-16",
			func(_ *server, a *account) { a.disabled = true }},
		{"giving-resets-the-password", give, "Giving the role resets the user's password.", "PRO-ROLE-16", resetPassword},
		{"giving-enables", give, "Giving the role to a user whose end date is past takes the end date away.", "PRO-ROLE-16",
			func(_ *server, a *account) { a.disabled = false }},
		{"taking-enables", take, "Taking the role of a user whose end date is past takes the end date away.", "PRO-ROLE-16",
			func(_ *server, a *account) { a.disabled = false }},
		{"giving-reopens-teams", give, "Giving the role takes the end dates of teams away.", givingTouches,
			func(s *server, _ *account) {
				for i := range s.data.teams {
					s.data.teams[i].end = ""
				}
			}},
		{"taking-ends-another-twice", take, "The second taking, of a role that is not there, takes another one.", "PRO-ROLE-14",
			func(s *server, a *account) {
				if s.previous == a {
					clear(a.roles)
				}
				s.previous = a
			}},
	}
}

func switchFaults() []fault {
	const source = "/users/{username}/roles put, delete: username path string true; of that user's roles, nothing else"
	var out []fault
	for _, one := range spreadings() {
		out = append(out, fault{Fault: broken(one.name, one.says, source, one.breaks)})
	}
	return append(out,
		fault{Fault: broken("entry-stale", "The roles of a user are shown as they were first shown.",
			"Sheet 6.3: the role given here shows there", "PRO-ROLE-11")},
		fault{Fault: broken("role-of-the-query-given", "A role that the query names is given.",
			"/users/{username}/roles put: username path string true, and no other parameter", "PRO-ROLE-16")},
		fault{Fault: broken("forbidden-and-given", "Who may not give the role is answered 403, and it is given.",
			"Sheet 1.1: one authority per operation", "PRO-ROLE-19")},
		fault{Fault: broken("post-gives", "POST on the path of the switch is answered 405, and gives the role.",
			"/users/{username}/roles put, delete: no post", "PRO-GEN-24")},
		fault{Fault: broken("patch-takes", "PATCH on the path of the switch is answered 405, and takes the role.",
			"/users/{username}/roles put, delete: no patch", "PRO-GEN-24")},
	)
}

// spread does what the faults that are on do besides.
func (s *server) spread(operation string, a *account) {
	for _, one := range spreadings() {
		if s.has(one.name) && (one.operation == "" || one.operation == operation) {
			one.do(s, a)
		}
	}
}

func resetPassword(_ *server, a *account) { a.password = "reset" }

func (s *server) ofPerson(a *account, do func(*person)) {
	if p := s.personByUsername(a.username); p != nil {
		do(p)
	}
}

// after is the user behind another one in the table.
func (s *server) after(a *account) *account {
	return s.data.accounts[(slices.Index(s.data.accounts, a)+1)%len(s.data.accounts)]
}

// actsAllTheSame is the fault of a call that is refused and does its work.
func (s *server) actsAllTheSame(c *call) {
	a := s.entry(c.values["username"])
	switch method := c.request.Method; {
	case a == nil:
	case c.route != nil && c.route.op == "addRole" && s.has("forbidden-and-given"),
		method == http.MethodPost && s.has("post-gives"):
		a.roles[licenceRole] = true
	case method == http.MethodPatch && s.has("patch-takes"):
		delete(a.roles, licenceRole)
	}
}
