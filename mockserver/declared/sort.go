package declared

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/query"
	"rollcall/mockserver/store"
	"rollcall/specs/contract"
)

// sorts gives the order of a list that its index does not have: one that the call asks for, or
// one of the resource that goes down in some member. Nil where there is none.
func (t *table) sorts(
	r *contract.Resource,
	a *contract.Act,
	op *contract.Operation,
) func(*behavior.Call) func(x, y *store.Record) int {
	row, param, turn := behavior.By(t.row(op.ID, contract.RowSorted)), "", ""
	if a.List != nil {
		param = a.List.Sort.Param
	}
	for _, p := range op.Parameters {
		if p.In == "query" && slices.Contains([]string{"order", "direction", "dir", "sortorder", "sortdir"}, plain(p.Name)) &&
			p.Name != param {
			turn = p.Name
		}
	}
	var own func(x, y *store.Record) int
	if slices.ContainsFunc(r.Order, func(m string) bool { return strings.HasPrefix(m, "-") }) {
		own = byMembers(r.Order)
	}
	if param == "" && own == nil {
		return nil
	}
	return func(c *behavior.Call) func(x, y *store.Record) int {
		asked := members(r, c.Query().Get(param), strings.EqualFold(c.Query().Get(turn), "desc"))
		if param == "" || len(asked) == 0 || !c.Holds(row) {
			return own
		}
		return byMembers(asked)
	}
}

// plain is a name without what only spells it.
func plain(name string) string {
	return strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
}

// members reads name, -name, +name, name:desc and name desc, each of several with commas; what is
// no member of the resource is left out.
func members(r *contract.Resource, value string, down bool) (all []string) {
	for _, one := range query.Cut(value) {
		less := down
		name := strings.TrimSpace(one)
		if rest, ok := strings.CutPrefix(name, "-"); ok {
			name, less = rest, !down
		}
		name = strings.TrimPrefix(name, "+")
		if at := strings.LastIndexAny(name, ": ."); at > 0 {
			switch strings.ToLower(name[at+1:]) {
			case "desc":
				name, less = strings.TrimSpace(name[:at]), true
			case "asc":
				name, less = strings.TrimSpace(name[:at]), false
			}
		}
		if _, ok := r.Schema.Property(name); !ok {
			continue
		}
		if less {
			name = "-" + name
		}
		all = append(all, name)
	}
	return all
}

// byMembers compares by members, one after the other; -member goes down.
func byMembers(order []string) func(x, y *store.Record) int {
	return func(x, y *store.Record) int {
		for _, name := range order {
			member, down := strings.CutPrefix(name, "-")
			n := cmp.Compare(sortable(x.Get(member)), sortable(y.Get(member)))
			if down {
				n = -n
			}
			if n != 0 {
				return n
			}
		}
		return 0
	}
}

// asked are the requirements that the functions of a list ask about.
func (t *table) asked(a *contract.Act) (all []behavior.By) {
	return by(t.row(a.Operation, contract.RowSorted))
}

// included adds the records to a document that the call wants to come along.
func (t *table) included(c *behavior.Call, doc []byte, rec *store.Record) []byte {
	if c.Operation == nil || c.Operation.Method != http.MethodGet {
		return doc
	}
	a, ok := t.of.Act(c.Operation.ID)
	if !ok {
		return doc
	}
	for _, one := range a.Includes {
		if !slices.Contains(query.Cut(c.Query().Get(one.Param)), one.Name) ||
			!c.Holds(behavior.By(t.row(a.Operation, contract.RowInclude+one.Name))) {
			continue
		}
		doc = set(doc, one.Name, t.comes(c, one, rec.Get(one.By)))
	}
	return doc
}

// comes gives the record that a value names, as JSON.
func (t *table) comes(c *behavior.Call, one contract.Include, id gjson.Result) string {
	to, ok := t.of.Resource(one.Of)
	if !ok || id.Type == gjson.Null {
		return "null"
	}
	if found, ok := c.Reader().Get(to.Name, id.String()); ok {
		return string(c.Show(nil, to.Name, found))
	}
	named := ""
	if !madeByServer(to) && to.Parent == nil {
		c.Reader().Each(to.Name, byKey, store.Key("", id.String()), func(found *store.Record) bool {
			named = string(c.Show(nil, to.Name, found))
			return false
		})
	}
	return cmp.Or(named, "null")
}
