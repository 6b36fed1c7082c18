package tenants

import (
	"context"
	"net/http"
	"strings"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// fictional lists how telephone numbers begin that are kept for stories, town by town, so that a
// message to one of them reaches nobody. Three digits follow.
func fictional() []string {
	return []string{
		"01134960", "01144960", "01154960", "01164960", "01174960", "01184960", "01214960", "01314960", "01414960",
		"01514960", "01614960", "01914980", "02079460", "02896496", "02920180", "01632960",
	}
}

// telephone is a number that reaches nobody; where the target gives one, a number that ends
// otherwise.
func telephone(env *suite.Env) string {
	if env.Has("given:phone") {
		return like(env, env.Given("phone"), 3)
	}
	return like(env, fictional()[drawn(env).IntN(len(fictional()))]+"000", 3)
}

// redialled makes a user, and where that is refused by a target that lets no two users have one
// number, again with another: there are not enough fictional ones for each user to have its own.
func redialled(ctx context.Context, env *suite.Env, body map[string]any, make func() *client.Exchange) *client.Exchange {
	user := make()
	const tries = 4
	for range tries {
		if number, _ := body["phone"].(string); number == "" || !refusesValue(user) || !ownTelephones(ctx, env) {
			break
		}
		body["phone"] = telephone(env)
		user = make()
	}
	return user
}

func refusesValue(answer *client.Exchange) bool {
	return kit.Invalid(answer) || answer.Status == http.StatusConflict
}

// ownTelephones says whether the target refuses a new user the number of another, tried once in
// a run.
func ownTelephones(ctx context.Context, env *suite.Env) bool {
	answer := env.Beside(ctx, "createUser with a telephone number that is taken",
		func(ctx context.Context, env *suite.Env) *client.Exchange {
			first := person(env)
			body := func(of map[string]any) client.Option { return whole(ctx, env, "createUser", of) }
			for range 3 {
				if createRaw(ctx, env, body(first)).Success() {
					break
				}
				first = person(env)
			}
			return createRaw(ctx, env, body(kit.With(person(env), kit.Body{"phone": first["phone"]})))
		})
	return answer != nil && refusesValue(answer)
}

// fromAbroad is a number as it is called from another country.
func fromAbroad(number string) string {
	if national, ok := strings.CutPrefix(number, "0"); ok {
		return "+44" + national
	}
	return number
}
