package identity

import (
	"net/http"
	"slices"
	"strings"
)

// switchedRole is the one that the API with the same directory gives and takes.
const switchedRole = "LHDCBT002"

func giveRole(c *call) *answer {
	e := c.s.entryOf(c.vars["username"])
	if e == nil {
		return notFound("User", "username", c.vars["username"])
	}
	if !slices.Contains(e.roles, switchedRole) {
		e.roles = append(slices.Clone(e.roles), switchedRole)
	}
	c.s.spoiltBySwitch(e)
	return nothing(http.StatusOK)
}

func takeRole(c *call) *answer {
	if e := c.s.entryOf(c.vars["username"]); e != nil {
		e.roles = slices.DeleteFunc(slices.Clone(e.roles), func(role string) bool { return role == switchedRole })
		c.s.spoiltBySwitch(e)
	}
	return nothing(http.StatusOK)
}

// switchedRows are faults in what becomes of a user whose role is switched, and in what is
// shown of that.
func switchedRows() []faultRow {
	const works, shown = "4.1 and 6.5, only the new password works", "6.3 the role given there shows here"
	return []faultRow{
		{name: "switch-loses-password", says: "A switch of the role brings the password back that the user began with.",
			source: changed, breaks: "IDN-PWD-03", also: works},
		{name: "switch-mangles-password", says: "A switch of the role keeps the password in small letters.",
			source: changed, breaks: "IDN-PWD-03", also: works},
		{name: "switch-list-stale", says: "The list shows the roles that it showed first.", source: listed,
			breaks: "IDN-USER-40 IDN-USER-41", also: shown},
		{name: "switch-by-id-stale", says: "The lookup by id shows the roles that it showed first.", source: byID,
			breaks: "IDN-USER-40 IDN-USER-41", also: shown},
		{name: "switch-by-name-stale", says: "The lookup by name shows the roles that it showed first.", source: byName,
			breaks: "IDN-USER-40 IDN-USER-41", also: shown},
		{name: "password-takes-switched", says: "A change of the password takes the switched role.", source: oneUser,
			breaks: "IDN-PWD-30", also: "6.4 only the password is written"},
		{name: "list-first-twice", says: "The first user of a list comes twice.", source: listed, breaks: "IDN-USER-05"},
		{name: "ids-of-32-bits", says: "Of an id the last 32 bits count.", source: byID, breaks: "IDN-USER-25",
			also: "4 userId int64"},
	}
}

func (s *server) spoiltBySwitch(e *entry) {
	switch s.first("switch-loses-password", "switch-mangles-password") {
	case "switch-loses-password":
		e.password = original(e.username)
	case "switch-mangles-password":
		e.password = strings.ToLower(e.password)
	}
}

// stale are the roles of a user as that lookup showed them first, where a fault says so.
func (s *server) stale(lookup string, user object) object {
	if !s.on("switch-" + lookup + "-stale") {
		return user
	}
	at := slices.IndexFunc(user, func(m member) bool { return m.name == "username" })
	key := user[at].value.(string)
	for _, m := range user {
		if m.name == "roles" && s.shown[key] == nil {
			s.shown[key] = m.value
		}
	}
	return append(without(user, "roles"), member{"roles", s.shown[key]})
}
