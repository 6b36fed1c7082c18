package volunteers

import (
	"context"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// samples gives a valid request of every operation: each makes a user of its own
// with the record that the request is about.
func samples() map[string]suite.Sample {
	found := map[string]suite.Sample{}
	for _, r := range resources() {
		for _, operation := range r.Operations() {
			found[operation] = func(ctx context.Context, env *suite.Env) []client.Option {
				return r.standFor(ctx, env, operation).request(ctx, env, operation)
			}
		}
	}
	return found
}

// standFor makes what the operation needs, and needs no call of the operation itself: a
// create that is broken is to be met by the request, not before it. A note has a
// sub note, so that answers show all there is.
func (r resource) standFor(ctx context.Context, env *suite.Env, operation string) stand {
	switch {
	case operation == "createUser":
		return stand{resource: r}
	case operation == r.Creates && r.parent == nil:
		return stand{resource: r, user: makeUser(ctx, env).Text("id")}.enriched(ctx, env)
	}
	s := r.stand(ctx, env).enriched(ctx, env)
	if r.Name == "note" {
		subNotes().below(ctx, env, s)
	}
	return s
}

// notes are made without team and category: whether one is named by its id the page leaves
// open (VOL-NOTE-29, VOL-NOTE-30), so that a body with an id may be refused.
func notes() resource {
	return resource{
		sub: noteSub(),
		besides: func(env *suite.Env) kit.Body {
			return kit.Body{"body": "Called about the rota.\nWill call again.",
				"pinned":   false, // there may be one pinned note alone
				"reminder": kit.Body{"date": instant(env, 72)}}
		},
		shown: "subject", bad: "private", badValue: noBoolean(),
		more: func(env *suite.Env) []kit.Body {
			return []kit.Body{refs(env, map[string]string{"team": "teamId", "category": "noteCategoryId"})}
		},
	}
}

func subNotes() resource {
	return resource{
		sub: underUser(kit.Resource{Name: "sub note", Creates: "createUserSubNote", ID: "noteId"}), parent: notes,
		create: subBody, shown: "body", bad: "body", badValue: noText(),
	}
}

// touchpoints are made without team and type, as notes are, and without what hangs on one:
// how an attachment is made the page does not say, and sub touchpoints have an operation.
func touchpoints() resource {
	return resource{
		sub: touchpointSub(),
		besides: func(env *suite.Env) kit.Body {
			return kit.Body{
				"body": "Met over coffee.", "start": day(env, -5), "end": day(env, -4), "duration": 45,
				"follow_up_date": instant(env, 240), "reminder": kit.Body{"date": instant(env, 96)},
			}
		},
		shown: "subject", bad: "duration", badValue: "x",
		more: func(env *suite.Env) []kit.Body {
			named := refs(env, map[string]string{"team": "teamId", "type": "touchpointTypeId"})
			named["sub_touchpoints"] = []any{kit.Body{"body": "First thoughts"}}
			return []kit.Body{kit.With(named, kit.Body{"attachments": []any{kit.Body{}}}), named}
		},
	}
}

func subTouchpoints() resource {
	return resource{
		sub:    underUser(kit.Resource{Name: "sub touchpoint", Creates: "createUserSubTouchpoint", ID: "touchpointId"}),
		parent: touchpoints,
		create: subBody, shown: "body", bad: "body", badValue: noText(),
	}
}

func subBody(_ context.Context, env *suite.Env) map[string]any {
	return map[string]any{"body": word(env, "Comment")}
}

// refs name records by the ids that the target gives, if it gives them.
func refs(env *suite.Env, names map[string]string) map[string]any {
	found := map[string]any{}
	for member, name := range names {
		if env.Has("given:" + name) {
			found[member] = ref(kit.GivenNumber(env, name))
		}
	}
	return found
}

// enriched is the stand with those of the further members that the target takes in a new
// record, which is then the record of the stand: what it refuses is sent no more.
func (s stand) enriched(ctx context.Context, env *suite.Env) stand {
	if s.more == nil {
		return s
	}
	besides := s.besides
	for _, more := range s.more(env) {
		made := env.Call(ctx, s.Creates, client.Path("userId", s.user), client.JSON(kit.With(s.body(ctx, env), more)))
		if made.Success() && s.IDOf(made) != "" {
			s.record = s.IDOf(made)
			s.besides = func(env *suite.Env) kit.Body { return kit.With(besides(env), more) }
			break
		}
	}
	return s
}
