package probation

import (
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
)

// absent asks that members without a value are left out.
const absent behavior.By = "PRO-GEN-31"

// viewAsks lists what the views ask Holds about; they are behind most reads.
func viewAsks() []behavior.By {
	return []behavior.By{
		absent, "PRO-STAFF-19", "PRO-STAFF-20",
		"PRO-TEAM-03", "PRO-TEAM-04", "PRO-TEAM-05", "PRO-TEAM-06", "PRO-TEAM-07", "PRO-TEAM-08", "PRO-TEAM-09", "PRO-TEAM-10",
		"PRO-TEAM-12",
	}
}

// person writes a Staff. What the directory knows of it is only asked for where
// contact is wanted.
func person(c *behavior.Call, r *store.Record, contact bool) []byte {
	var teams [][]byte
	r.Get("teams").ForEach(func(_, code gjson.Result) bool {
		if t, ok := c.Reader().Get("team", code.String()); ok && (t.String("endDate") == "" || c.Holds("PRO-TEAM-12")) {
			teams = append(teams, team(c, t, shown))
		}
		return true
	})
	members := []string{"teams", string(behavior.Array(teams)), "provider", r.Get("provider").Raw,
		"unallocated", unallocated(c, r)}
	if contact {
		e := entryOf(c, r)
		members = append(members, "email", e.Get("email").Raw, "telephoneNumber", e.Get("telephoneNumber").Raw)
	}
	return c.Extend(r.Document(), absent, members...)
}

// unallocated is true of the staff who stand for nobody: their codes end in U.
func unallocated(c *behavior.Call, r *store.Record) string {
	is := strings.HasSuffix(r.String("code"), "U")
	if is && c.Holds("PRO-STAFF-19") || !is && !c.Holds("PRO-STAFF-20") {
		return "true"
	}
	return "false"
}

// entryOf gives the directory's entry of a member of staff, an empty record when
// there is none.
func entryOf(c *behavior.Call, r *store.Record) *store.Record {
	if name := r.String("username"); name != "" {
		if e, ok := c.Reader().Get("entry", strings.ToLower(name)); ok {
			return e
		}
	}
	return &store.Record{}
}

// team writes a Team with those of its offices that are to be shown.
func team(c *behavior.Call, t *store.Record, show func(*behavior.Call, *store.Record) bool) []byte {
	var offices [][]byte
	t.Get("offices").ForEach(func(_, code gjson.Result) bool {
		if o, ok := c.Reader().Get("office", code.String()); ok && show(c, o) {
			offices = append(offices, address(c, o))
		}
		return true
	})
	return c.Extend(t.Document(), "", "addresses", string(behavior.Array(offices)))
}

// address writes an office. The end of one that ends on the day on which the world
// began is not in its document.
func address(c *behavior.Call, office *store.Record) []byte {
	ends := office.String("ends")
	if day := c.Day(ends); day != ends {
		return c.Extend(office.Document(), "", "to", behavior.Text(day))
	}
	return office.Document()
}

// shown tells whether an office is an address of its team: it has one line of an
// address at least, and is open beyond today. When it opens does not matter.
func shown(c *behavior.Call, office *store.Record) bool {
	lines, ends := lines(office), office.String("ends")
	switch {
	case lines == 0 && office.String("telephoneNumber") != "":
		return !c.Holds("PRO-TEAM-08")
	case lines == 0:
		return !c.Holds("PRO-TEAM-07")
	case lines == 1 && !c.Holds("PRO-TEAM-09"), office.String("from") > c.Today() && !c.Holds("PRO-TEAM-10"):
		return false
	case ends == "":
		return c.Holds("PRO-TEAM-03")
	case c.Day(ends) == c.Today():
		return !c.Holds("PRO-TEAM-05")
	case c.Day(ends) > c.Today():
		return c.Holds("PRO-TEAM-06")
	}
	return !c.Holds("PRO-TEAM-04")
}

// lines counts the lines of an office's address.
func lines(office *store.Record) (n int) {
	for _, line := range []string{"buildingName", "buildingNumber", "streetName", "district", "town", "county", "postcode"} {
		if strings.TrimSpace(office.String(line)) != "" {
			n++
		}
	}
	return n
}

// list answers an array. Nothing to show is an empty one.
func list(c *behavior.Call, items [][]byte, empty behavior.By) (behavior.Answer, *behavior.Refusal) {
	if len(items) == 0 && (!c.Holds("PRO-GEN-32") || !c.Holds(empty)) {
		return behavior.Answer{}, behavior.NotFound("", "Nothing", "the value", c.Request.URL.Path)
	}
	if len(items) > 1 && len(c.Query()) > 0 && !c.Holds("PRO-GEN-34") {
		items = items[:1]
	}
	return c.OK(behavior.Array(items)), nil
}

func listAsks() []behavior.By { return []behavior.By{"PRO-GEN-32", "PRO-GEN-34"} }

// first gives some record of a table, for a defect that does not notice that
// there is none.
func first(c *behavior.Call, table, index string) *store.Record {
	all := c.Reader().Scan(table, index, "")
	if all.Len() == 0 {
		return store.NewRecord("", []byte("{}"), nil)
	}
	return all.At(0)
}

// one gives the first record of an index with the value, nil when there is none.
func one(c *behavior.Call, table, index, value string) *store.Record {
	found := c.Reader().Scan(table, index, store.Key(value))
	if value == "" || found.Len() == 0 {
		return nil
	}
	return found.At(0)
}

// folded is one in which letter case makes no difference, for a defect.
func folded(c *behavior.Call, table, index, member, value string) (found *store.Record) {
	c.Reader().Each(table, index, "", func(r *store.Record) bool {
		if strings.EqualFold(r.String(member), value) {
			found = r
		}
		return found == nil
	})
	return found
}

// exactly finds a record by a value in which letter case matters.
func exactly(c *behavior.Call, table, index, value string, exact behavior.By) *store.Record {
	if !c.Holds(exact) {
		return folded(c, table, index, index, value)
	}
	return one(c, table, index, value)
}
