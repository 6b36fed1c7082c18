package volunteers

import (
	"rollcall/mockserver/behavior"
	"rollcall/mockserver/store"
	"rollcall/specs/format"
)

// hidden are users who are listed only when a parameter asks for them.
type hidden struct {
	Param string
	Shown behavior.By // asks that "true" shows them
	By    behavior.By // asks that they are hidden without the parameter
}

// hiddenUsers are those who are inactive, and those whose role has not begun.
func hiddenUsers() []hidden {
	return []hidden{
		{Param: "include_inactive", Shown: "VOL-LST-25", By: "VOL-LST-24"},
		{Param: "include_upcoming", Shown: "VOL-LST-27", By: "VOL-LST-26"},
	}
}

func (s *selector) shows(h hidden) bool {
	switch s.asked(h.Param) {
	case "true":
		return s.call.Holds(h.Shown)
	case "":
		return !s.call.Holds(h.By)
	}
	return false
}

// order adds who is hidden, and chooses the direction. What leaves out fewest comes last.
func (s *selector) order() {
	direction := s.asked("s")
	s.descend = direction == "d" || direction == "" && s.call.Holds("VOL-LST-33")
	inactives, soon := s.shows(s.lister.Hidden[0]), s.shows(s.lister.Hidden[1])
	applicants := s.asked("view") == "applicants"
	if !inactives && !soon && !applicants {
		if s.listed = true; len(s.where) > 0 {
			s.whether(true, isListed, (*facts).ordinary)
		}
		return
	}
	if !inactives {
		s.unless(store.NewTerm(byStatus, inactive), func(f *facts) bool { return f.status == inactive })
	}
	if !soon {
		s.whether(false, isUpcoming, func(f *facts) bool { return f.upcoming })
	}
	if is := func(f *facts) bool { return f.status == applicant }; applicants {
		s.keep(store.NewTerm(byStatus, applicant), is)
	} else {
		s.unless(store.NewTerm(byStatus, applicant), is)
	}
}

// unless leaves out exactly those of a set.
func (s *selector) unless(in store.Set, so func(*facts) bool) {
	s.where = append(s.where, store.Condition{In: in, Not: true, Keep: func(r *store.Record) bool { return !so(factsOf(r)) }})
}

// view is a value of the parameter of that name, and who is in it.
type view struct {
	Name string
	By   behavior.By // asks that nobody else is in it
	is   string
	in   func(*facts, *behavior.Call) bool
}

func views() []view {
	return []view{
		{"volunteers", "VOL-LST-19", isVolunteer, func(f *facts, _ *behavior.Call) bool { return f.volunteer }},
		{"non-volunteers", "VOL-LST-20", isOther, func(f *facts, _ *behavior.Call) bool { return f.other }},
		{"on-call", "VOL-LST-21", isOnCall, func(f *facts, c *behavior.Call) bool { return f.onCall && !past(c, f.onCallEnd) }},
	}
}

func (s *selector) view(asked string) {
	c := s.call
	if asked == "" {
		if !c.Holds("VOL-LST-22") {
			s.whether(true, isOther, func(f *facts) bool { return f.other })
		}
		return
	}
	for _, v := range s.lister.Views {
		if v.Name == asked && c.Holds(v.By) {
			// Who is on call may be so no longer; who is a volunteer stays one.
			s.where = append(s.where, store.Condition{In: store.NewTerm(is, v.is), Loose: v.is == isOnCall,
				Keep: func(r *store.Record) bool { return v.in(factsOf(r), c) }})
		}
	}
}

// past tells whether a moment has gone by; none never does.
func past(c *behavior.Call, moment string) bool {
	t, ok := format.Instant(moment)
	return ok && !t.After(c.Now)
}

// visible limits what a caller sees to their part of the hierarchy.
func (s *selector) visible() {
	if !low(s.call) || !s.call.Holds("VOL-LST-44") {
		return
	}
	s.among(branch(s.call, s.call.Actor.String("team")), byTeam, func(f *facts) []string { return f.teams })
}

// branch is a team with every team below it.
func branch(c *behavior.Call, team string) []string {
	all := []string{team}
	for i := 0; i < len(all); i++ {
		c.Reader().Each("team", "parent", store.Key(all[i]), func(r *store.Record) bool {
			all = append(all, r.ID)
			return true
		})
	}
	return all
}
