package tenants

import (
	"math"
	"strconv"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/format"
)

// criterion is one thing that the user searched for must have.
type criterion struct{ name, value string }

// names lists the criteria there are.
func names() []string { return []string{"userId", "refNum", "email"} }

// criteria reads those that the call gives. A userId that is no id can only come
// this far by a defect; it counts as not given, as a failed conversion would.
func criteria(c *behavior.Call) (all []criterion) {
	for _, name := range names() {
		if !c.Query().Has(name) {
			continue
		}
		one := criterion{name, c.Query().Get(name)}
		if !c.Holds("TEN-SRCH-14") {
			one.value = undecoded(c, name)
		}
		if name == "userId" {
			id, ok := whole(one.value)
			if !ok {
				continue
			}
			one.value = id
		}
		all = append(all, one)
	}
	return all
}

// whole writes a number of 32 bits without sign, point or exponent, as ids are.
func whole(text string) (string, bool) {
	n, ok := format.Decimal(text)
	if !ok || n != math.Trunc(n) || n < math.MinInt32 || n > math.MaxInt32 {
		return "", false
	}
	return strconv.FormatInt(int64(n), 10), true
}

// undecoded is the value as it stands in the URL.
func undecoded(c *behavior.Call, name string) string {
	for pair := range strings.SplitSeq(c.Request.URL.RawQuery, "&") {
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return value
		}
	}
	return ""
}

// unknown is a query parameter that the document does not have, "" without one.
func unknown(c *behavior.Call) string {
	for name := range c.Query() {
		known := false
		for _, n := range names() {
			known = known || n == name
		}
		if !known {
			return name
		}
	}
	return ""
}

// fits tells whether a user meets the criterion.
func (one criterion) fits(c *behavior.Call, user *store.Record) bool {
	switch one.name {
	case "userId":
		return user.ID == one.value
	case "refNum":
		return user.String("referenceNumber") == one.value
	}
	has, want := user.String("email"), one.value
	if c.Holds("TEN-SRCH-12") {
		has, want = strings.ToLower(has), strings.ToLower(want)
	}
	return has == want || !c.Holds("TEN-SRCH-13") && strings.HasPrefix(has, want)
}
