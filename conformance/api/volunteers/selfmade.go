package volunteers

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
	"github.com/tidwall/sjson"

	"rollcall/conformance/client"
	"rollcall/conformance/suite"
)

// What a target makes for a new user by itself, such as a first note of the day they joined, no sentence forbids. It stands by:
// where the contract can take it back, that is done, and lists are looked at without it. A run asks once whether there is any.

// selfMadeKinds are the kinds of records of which a target may make one for a new user who was sent without. Roles are not among
// them: what a user is, they are sent as.
func selfMadeKinds() []sub {
	return []sub{emailSub(), addressSub(), contactSub(), phoneSub(), supervisorSub(), noteSub(), touchpointSub()}
}

// tidied notes what the target made by itself for a new user of that body, and takes it back as far as that can be done.
func tidied(ctx context.Context, env *suite.Env, user *client.Exchange, body map[string]any) {
	makes := selfMade(ctx, env)
	for _, kind := range selfMadeKinds() {
		if !makes.Get(kind.Lists).Exists() {
			continue
		}
		for _, one := range unasked(ctx, env, kind, user, body) {
			if !kind.stands(ctx, env) {
				kind.of(user).Remove(ctx, env, one.id)
			}
			env.Note(standsBy(kind.Lists, user.Text("id")), one.id)
		}
	}
}

func standsBy(list, user string) string { return list + " of " + user }

// stands says whether a new user has a record of the kind in any case, which cannot be taken back.
func (s sub) stands(ctx context.Context, env *suite.Env) bool {
	return selfMade(ctx, env).Get(s.Lists + ".stays").Bool()
}

// selfMade tells, by the operations that list them, of the kinds of which the target makes a record for a new user, and whether
// that stays. What two users have alike is nothing of their own: a list that shows what is others' is none that the target fills.
func selfMade(ctx context.Context, env *suite.Env) gjson.Result {
	seen := env.Beside(ctx, "what a new user has", func(ctx context.Context, env *suite.Env) *client.Exchange {
		made, found := newcomer(ctx, env, selfMadeKinds())
		var kinds []sub
		for _, kind := range selfMadeKinds() {
			if len(found[kind.Lists]) > 0 {
				kinds = append(kinds, kind)
			}
		}
		makes := map[string]any{}
		if len(kinds) > 0 {
			another, theirs := newcomer(ctx, env, kinds)
			for _, kind := range kinds {
				ids, alike := theirs[kind.Lists], func(one bystander) bool { return slices.Contains(found[kind.Lists], one) }
				if len(ids) > 0 && !slices.ContainsFunc(ids, alike) {
					makes[kind.Lists] = map[string]any{"stays": kind.Removes == "" || !kind.removable(ctx, env, another, ids)}
				}
			}
		}
		told := *made
		told.Body, _ = json.Marshal(makes) // texts and booleans always marshal
		return &told
	})
	if seen == nil {
		return gjson.Result{}
	}
	return gjson.ParseBytes(seen.Body)
}

// someHaveNone ends a case about users without an email address where the target gives each one.
func someHaveNone(ctx context.Context, env *suite.Env) {
	if emailSub().stands(ctx, env) {
		env.NotApplicable("a new user of the target has an email address in any case")
	}
}

// removable says whether records of a user can all be removed.
func (s sub) removable(ctx context.Context, env *suite.Env, user *client.Exchange, records []bystander) bool {
	for _, one := range records {
		s.of(user).Remove(ctx, env, one.id)
	}
	left := data.IDs(s.of(user).Listed(ctx, env))
	return !slices.ContainsFunc(records, func(one bystander) bool { return slices.Contains(left, one.id) })
}

// dismissed removes what the target made by itself for a user, where it kept that as the last of its kind.
func (s sub) dismissed(ctx context.Context, env *suite.Env, user *client.Exchange) {
	for _, id := range env.Noted(standsBy(s.Lists, user.Text("id"))) {
		if s.of(user).Get(ctx, env, id).Success() && !s.of(user).Remove(ctx, env, id).Success() {
			env.NotApplicable("the target keeps a %s that it made by itself", s.Name)
		}
	}
}

// bystander is a record that the target made by itself, with the user whom it names. Ids may be counted for each user anew.
type bystander struct{ id, user string }

// newcomer makes a user and returns what there is of each kind that was not sent along, where there is any.
func newcomer(
	ctx context.Context, env *suite.Env, kinds []sub,
) (made *client.Exchange, found map[string][]bystander) {
	body := userBody(env)
	delete(body, "emailAddresses")
	if made = env.Call(ctx, "createUser", client.JSON(body)); !made.Success() { // which may have to have one
		body = userBody(env)
		made = env.Must(ctx, "createUser", client.JSON(body))
	}
	found = map[string][]bystander{}
	for _, kind := range kinds {
		if ones := unasked(ctx, env, kind, made, body); len(ones) > 0 {
			found[kind.Lists] = ones
		}
	}
	return made, found
}

// unasked lists a kind of records of a new user, without those that were sent with the user.
func unasked(
	ctx context.Context, env *suite.Env, kind sub, user *client.Exchange, body map[string]any,
) (found []bystander) {
	list := listAll(ctx, env, kind.Lists, of(user))
	for _, item := range list.Get("data").Array() {
		if !sentAlong(body, item) {
			found = append(found, bystander{item.Get("id").String(), item.Get("user_id").String() + item.Get("user.id").String()})
		}
	}
	return found
}

// sentAlong says whether a body names the email address or the phone number, however they are spelt.
func sentAlong(body map[string]any, item gjson.Result) bool {
	return slices.ContainsFunc(partsOf(body, "emailAddresses", "email"), func(sent string) bool {
		return strings.EqualFold(sent, item.Get("email").Str)
	}) || slices.ContainsFunc(partsOf(body, "phoneNumbers", "phone_number"), func(sent string) bool {
		return localNumber(sent) == localNumber(item.Get("phone_number").Str)
	})
}

// partsOf are the texts of a member of what a body brings along.
func partsOf(body map[string]any, parts, member string) (texts []string) {
	sent, _ := json.Marshal(body[parts]) // what is sent always marshals
	for _, text := range gjson.GetBytes(sent, "#."+member).Array() {
		texts = append(texts, text.String())
	}
	return texts
}

// localNumber is the end of a telephone number, of which prefixes may be written in several ways.
func localNumber(number string) string {
	const local = 6
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	return digits[max(0, len(digits)-local):]
}

// withoutBystanders takes out of a list what the target had made by itself for its user.
func withoutBystanders(env *suite.Env, list *client.Exchange, operation string, options []client.Option) {
	user := client.NewRequest(list.Operation, options...).PathValues["userId"]
	byItself := env.Noted(standsBy(operation, user))
	if len(byItself) == 0 || !list.Get("data").IsArray() {
		return
	}
	own := []string{}
	for _, item := range list.Get("data").Array() {
		if !slices.Contains(byItself, item.Get("id").String()) {
			own = append(own, item.Raw)
		}
	}
	if body, err := sjson.SetRawBytes(list.Body, "data", []byte("["+strings.Join(own, ",")+"]")); err == nil {
		list.Body = body
	}
}
