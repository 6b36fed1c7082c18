package volunteers

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"rollcall/mockserver/behavior"
	"rollcall/mockserver/rule"
	"rollcall/mockserver/store"
)

// The ways to reach a user: email addresses, postal addresses, phone numbers,
// and whom to call in an emergency.

func emails() behavior.Resource {
	r := nested("email", "UserEmailAddress", "user_id")
	r.Nest.Lists = "VOL-EMAIL-24"
	r.Stamps = append(append(r.Stamps, behavior.Stamp{Field: "user_id", Make: ownerOf}), stamped("")...)
	r.Defaults = append(defaults("0", "VOL-EMAIL-05", "soft_bounces", "hard_bounces", "complaints"),
		defaults("false", "", "primary")...)
	r.Indexes = append(r.Indexes, store.Index{Name: "address", Key: func(r *store.Record) string {
		return store.Key(strings.ToLower(r.String("email")))
	}})
	return r
}

func phones() behavior.Resource {
	r := nested("phone", "UserPhoneNumber", "user_id")
	r.Nest.Lists = "VOL-PHONE-20"
	r.Nest.Feeds = false
	r.Stamps = append(append(r.Stamps, behavior.Stamp{Field: "user_id", Make: ownerOf}), stamped("")...)
	r.Defaults = append(defaults("false", "", "primary", "default_sms"), behavior.Default{Field: "type", Value: `"Mobile"`})
	return r
}

func contacts() behavior.Resource {
	r := nested("contact", "UserEmergencyContact", "user_id")
	r.Nest.Lists = "VOL-EMRG-19"
	r.Nest.Feeds = false
	r.Stamps = append(r.Stamps, behavior.Stamp{Field: "user_id", Make: ownerOf})
	return r
}

func addresses() behavior.Resource {
	r := nested("address", "UserAddress", "user_id")
	r.Nest.Lists = "VOL-ADDR-30"
	r.Stamps = append(append(r.Stamps, behavior.Stamp{Field: "user_id", Make: ownerText}), stamped("")...)
	r.Defaults = nulls("from_date", "company_name", "street_second", "street_third", "county", "lat", "long")
	r.Trash = behavior.Trash{Field: "deleted_at", Items: "VOL-ADDR-26", Twice: "VOL-ADDR-28",
		Param: "trashed", Hidden: "VOL-ADDR-22"}
	r.Prepare, r.Enforces = address, []behavior.By{"VOL-ADDR-17"}
	return r
}

// address makes the text of a postal address of its parts, unless one was sent.
func address(c *behavior.Call, before *store.Record, sent map[string]string) map[string]string {
	if gjson.Parse(sent["address"]).String() != "" {
		return nil
	}
	var parts []string
	for _, name := range []string{"street", "street_second", "street_third", "city", "county", "postcode", "country"} {
		v := gjson.Parse(sent[name])
		if _, ok := sent[name]; !ok && before != nil {
			v = before.Get(name)
		}
		if s := v.String(); s != "" {
			parts = append(parts, s)
		}
	}
	if !c.Holds("VOL-ADDR-17") {
		parts = []string{"see the parts"}
	}
	return map[string]string{"address": rule.Text(strings.Join(parts, ", "))}
}

// primary keeps the records whose flag is as asked.
func primary(by behavior.By) behavior.Filter {
	return behavior.Filter{Param: "primary", By: by, Enforces: []behavior.By{"VOL-ADDR-29"},
		Keep: func(c *behavior.Call, value string) func(*store.Record) bool {
			return func(r *store.Record) bool {
				return strconv.FormatBool(r.Get("primary").Bool()) == value || value == "false" && !c.Holds("VOL-ADDR-29")
			}
		}}
}
