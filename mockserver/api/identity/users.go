package identity

import (
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// absent asks that members without a value are left out.
const absent behavior.By = "IDN-GEN-35"

func detailsAsk() []behavior.By {
	return []behavior.By{absent, "IDN-USER-18", "IDN-USER-20", "IDN-USER-21", "IDN-USER-22", "IDN-USER-23",
		"IDN-USER-30", "IDN-USER-31", "IDN-USER-32", "IDN-USER-33", "IDN-USER-36", "IDN-USER-37", "IDN-USER-38"}
}

// entry finds a user of the directory, in which letter case makes no difference;
// nil when there is none.
func entry(c *behavior.Call, name string) *store.Record {
	e, ok := c.Reader().Get("entry", strings.ToLower(name))
	if !ok {
		return nil
	}
	return e
}

// accountOf finds a user's row in the database, nil when there is none.
func accountOf(c *behavior.Call, name string) *store.Record {
	found := c.Reader().Scan("account", "username", store.Key(strings.ToLower(name)))
	if name == "" || found.Len() == 0 {
		return nil
	}
	return found.At(0)
}

// details writes a UserDetails of a row and an entry.
func details(c *behavior.Call, account, e *store.Record) []byte {
	email := e.Get("email").Raw
	if email == "" && !c.Holds("IDN-USER-38") {
		email = `""`
	}
	roles := e.Get("roles").Raw
	if !c.Holds("IDN-USER-36") {
		roles = prefixed(e)
	}
	if roles == "[]" && !c.Holds("IDN-USER-37") {
		roles = ""
	}
	return c.Extend(account.Document(), absent, "username", e.Get("username").Raw, "firstName", e.Get("firstName").Raw,
		"surname", e.Get("surname").Raw,
		"email", email, "enabled", enabled(c, e), "roles", roles)
}

// prefixed gives the roles as a defect shows them.
func prefixed(e *store.Record) string {
	var items [][]byte
	for _, r := range e.Get("roles").Array() {
		items = append(items, []byte(rule.Text("ROLE_"+r.String())))
	}
	return string(behavior.Array(items))
}

// enabled is true of a user without an end date, or with one after today.
func enabled(c *behavior.Call, e *store.Record) string {
	ends, yes := c.Day(e.String("ends")), false
	switch {
	case ends == "":
		yes = c.Holds("IDN-USER-30")
	case ends == c.Today():
		yes = !c.Holds("IDN-USER-32")
	case ends > c.Today():
		yes = c.Holds("IDN-USER-33")
	default:
		yes = !c.Holds("IDN-USER-31")
	}
	if yes {
		return "true"
	}
	return "false"
}

// someone gives a user for a defect that does not notice that there is none.
func someone(c *behavior.Call) (account, e *store.Record) {
	c.Reader().Each("account", "username", "", func(a *store.Record) bool {
		account, e = a, entry(c, a.String("username"))
		return e == nil
	})
	if e == nil {
		return store.NewRecord("", []byte("{}"), nil), &store.Record{}
	}
	return account, e
}

// getUserDetails finds a user by name: both the entry and the row have to be
// there, and which one is missing is told.
func getUserDetails(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	asked := c.Path.Get("username")
	if asked == "details" && !c.Holds("IDN-USER-23") {
		return behavior.Answer{}, behavior.Unacceptable("the id is missing")
	}
	e, account := entry(c, asked), accountOf(c, asked)
	if e != nil && e.String("username") != asked && !c.Holds("IDN-USER-21") {
		e, account = nil, nil
	}
	if ref := missing(c, e, account, asked); ref != nil {
		if c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		account, e = someone(c)
	}
	doc := details(c, account, e)
	if !c.Holds("IDN-USER-22") {
		if out, err := sjson.SetBytes(doc, "username", asked); err == nil {
			doc = out
		}
	}
	return c.OK(doc), nil
}

// missing says which part of a user is not there.
func missing(c *behavior.Call, e, account *store.Record, asked string) *behavior.Refusal {
	switch {
	case e == nil && account == nil:
		return behavior.NotFound("IDN-USER-15", "User", "username", asked)
	case e == nil:
		thing := "User"
		if !c.Holds("IDN-USER-18") {
			thing = "User entity"
		}
		return behavior.NotFound("IDN-USER-17", thing, "username", asked)
	case account == nil:
		thing := "User entity"
		if !c.Holds("IDN-USER-20") {
			thing = "User"
		}
		return behavior.NotFound("IDN-USER-19", thing, "username", asked)
	}
	return nil
}

// getUserDetailsByID finds a user by the id of the row; row and entry missing
// are told alike.
func getUserDetailsByID(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	id := c.Path.Get("userId")
	why := behavior.Denies("IDN-USER-25")
	account, ok := c.Reader().Get("account", id)
	var e *store.Record
	if ok {
		e, why = entry(c, account.String("username")), "IDN-USER-27"
	}
	if e == nil {
		if ref := behavior.NotFound(why, "User", "userId", id); c.Refuse(ref) {
			return behavior.Answer{}, ref
		}
		account, e = someone(c)
	}
	return c.OK(details(c, account, e)), nil
}

func emailAsks() []behavior.By {
	return []behavior.By{"IDN-USER-04", "IDN-USER-05", "IDN-USER-06", "IDN-USER-07", "IDN-USER-08", "IDN-USER-09", "IDN-USER-34"}
}

// getUsersByEmail lists the users with an address, compared as a whole but for
// letter case. One without a row fails the whole call.
func getUsersByEmail(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	asked := c.Query().Get("email")
	if strings.ContainsAny(asked, `()\`) && !c.Holds("IDN-USER-09") {
		return behavior.Answer{}, behavior.Unacceptable("the address has odd characters")
	}
	var items [][]byte
	for _, e := range addressed(c, asked) {
		account := accountOf(c, e.String("username"))
		if account == nil {
			if !c.Query().Has("email") {
				continue
			}
			if ref := behavior.NotFound("IDN-USER-12", "User entity", "username", e.String("username")); c.Refuse(ref) {
				return behavior.Answer{}, ref
			}
			continue
		}
		items = append(items, details(c, account, e))
	}
	if len(items) == 0 && !c.Holds("IDN-USER-06") {
		return behavior.Answer{}, behavior.NotFound("", "User", "email", asked)
	}
	return c.OK(behavior.Array(items)), nil
}

// addressed finds the entries with an address. All of them, when a defect has
// forgotten which one is wanted.
func addressed(c *behavior.Call, asked string) (found []*store.Record) {
	prefix := store.Key(strings.ToLower(asked))
	wild := asked != "" && (!c.Holds("IDN-USER-07") || strings.Contains(asked, "*") && !c.Holds("IDN-USER-08"))
	if wild || !c.Query().Has("email") {
		prefix = ""
	}
	part := strings.ToLower(strings.Trim(asked, "*"))
	c.Reader().Each("entry", "mail", prefix, func(e *store.Record) bool {
		switch {
		case wild && (!strings.Contains(strings.ToLower(e.String("email")), part) || accountOf(c, e.String("username")) == nil),
			prefix != "" && e.String("email") != asked && !c.Holds("IDN-USER-04"),
			!c.Holds("IDN-USER-34") && over(c, e):
			return true
		}
		found = append(found, e)
		return c.Holds("IDN-USER-05")
	})
	return found
}

// over tells whether a user has ended.
func over(c *behavior.Call, e *store.Record) bool {
	ends := c.Day(e.String("ends"))
	return ends != "" && ends <= c.Today()
}

// text reads a member of the body as text, as the framework does.
func text(v gjson.Result) string {
	if v.Type == gjson.String {
		return v.Str
	}
	return v.Raw
}
