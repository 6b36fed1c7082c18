package volunteers

import (
	"slices"
	"strconv"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// What users can do: skills, interests and languages, in one list. A record is
// the pair of a user and an ability; its document has the ability's id.

func skills() behavior.Resource {
	r := nested("skill", "UserSkill", "user_id")
	r.Nest.Lists = "VOL-SKILL-10"
	return r
}

// ownSkills gives the abilities of a user, by id.
func ownSkills(from store.Reader, user string) (all []*store.Record) {
	from.Each("skill", "user", store.Key(user), func(r *store.Record) bool { all = append(all, r); return true })
	slices.SortFunc(all, func(a, b *store.Record) int { return int(a.Get("id").Int() - b.Get("id").Int()) })
	return all
}

func replaceSkills() behavior.Func {
	return behavior.Func{Write: true, Run: setSkills,
		Enforces: []behavior.By{"VOL-SKILL-05", "VOL-SKILL-06", "VOL-SKILL-09", "VOL-SKILL-11", "VOL-SKILL-12"},
		Refuses:  []behavior.Denies{"VOL-SKILL-07"}}
}

// setSkills replaces the abilities of a user by those sent. A body without them
// changes nothing.
func setSkills(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	user, refusal := c.Find("user", "userId", "VOL-GEN-10")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	sent := c.Sent("skills")
	if sent.IsArray() {
		wanted, refusal := abilities(c, sent.Array())
		if refusal != nil {
			return behavior.Answer{}, refusal
		}
		if refusal := replace(c, user.ID, wanted); refusal != nil {
			return behavior.Answer{}, refusal
		}
	}
	return pageOfSkills(c, user.ID)
}

// abilities resolves the ids that were sent, each once.
func abilities(c *behavior.Call, sent []gjson.Result) (all []*store.Record, _ *behavior.Refusal) {
	known, once := map[string]bool{}, c.Holds("VOL-SKILL-09")
	for i, id := range sent {
		if once && known[id.Raw] {
			continue
		}
		known[id.Raw] = true
		a, ok := c.Reader().Get("ability", id.Raw)
		if !ok && id.Type == gjson.Number {
			ref := &behavior.Refusal{Requirement: "VOL-SKILL-07", Status: 422, In: "body", Pointer: "/skills/" + strconv.Itoa(i),
				Message: "there is no skill " + id.String(), Hint: "name skills, interests or languages that exist"}
			if c.Refuse(ref) {
				return nil, ref
			}
		}
		if !ok {
			a = store.NewRecord(strconv.Itoa(-1-i), []byte(`{"family":"skill","name":"unknown"}`), nil) // a defect let it pass
		}
		if a.String("family") == "skill" || c.Holds("VOL-SKILL-11") {
			all = append(all, a)
		}
	}
	return all, nil
}

// replace writes the pairs of a user anew.
func replace(c *behavior.Call, user string, wanted []*store.Record) *behavior.Refusal {
	if !c.Holds("VOL-SKILL-12") && len(wanted) > 0 && len(ownSkills(c.Reader(), user)) == len(wanted) {
		wanted = wanted[:len(wanted)-1]
	}
	if c.Holds("VOL-SKILL-05") && (len(wanted) > 0 || c.Holds("VOL-SKILL-06")) {
		for _, old := range ownSkills(c.Reader(), user) {
			if ref := c.Write("skill", old, nil); ref != nil {
				return ref
			}
		}
	}
	for i, a := range wanted {
		id := user + ":" + a.ID
		if !c.Holds("VOL-SKILL-09") {
			id += ":" + strconv.Itoa(i)
		}
		doc := []byte(`{"id":` + a.ID + `,"user_id":` + user + `,"name":` + rule.Text(a.String("name")) + `}`)
		old, _ := c.Reader().Get("skill", id)
		if ref := c.Write("skill", old, store.NewRecord(id, doc, nil)); ref != nil {
			return ref
		}
	}
	return nil
}

func listSkills(c *behavior.Call) (behavior.Answer, *behavior.Refusal) {
	user, refusal := c.Find("user", "userId", "VOL-GEN-10")
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	owner := user.ID
	if !c.Holds("VOL-SKILL-10") {
		return pageOf(c, everybodysSkills(c, owner))
	}
	if c.Variant("plain-skills") {
		return c.OK(append(joined(c, []byte(`{"data":[`), "skill", ownSkills(c.Reader(), owner)), "]}"...)), nil
	}
	return pageOfSkills(c, owner)
}

// everybodysSkills is what a defect shows that forgets whose skills are asked for.
func everybodysSkills(c *behavior.Call, but string) (all []*store.Record) {
	c.Reader().Each("skill", "user", "", func(r *store.Record) bool {
		if r.String("user_id") != but {
			all = append(all, r)
		}
		return len(all) < standardPage
	})
	return all
}

func pageOfSkills(c *behavior.Call, user string) (behavior.Answer, *behavior.Refusal) {
	return pageOf(c, ownSkills(c.Reader(), user))
}

func pageOf(c *behavior.Call, all []*store.Record) (behavior.Answer, *behavior.Refusal) {
	p := paging()
	page, refusal := c.Page(p)
	if refusal != nil {
		return behavior.Answer{}, refusal
	}
	page = c.Within(p, page, len(all))
	from := page.From(len(all))
	some := all[from:min(len(all), from+page.Size)]
	fill := func(b []byte) []byte { return joined(c, b, "skill", some) }
	return envelope(c, p, page, len(all), len(some), fill), nil
}

// joined appends records one after the other, with commas between.
func joined(c *behavior.Call, to []byte, resource string, all []*store.Record) []byte {
	for i, r := range all {
		if i > 0 {
			to = append(to, ',')
		}
		to = c.Show(to, resource, r)
	}
	return to
}
