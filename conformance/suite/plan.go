package suite

import (
	"cmp"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// plan is what one run has to decide, and with which cases.
type plan struct {
	requirements []*contract.Requirement // in the contract's order
	excuses      map[string]string
	cases        []Case          // by requirement id, in each the order of the contract's package
	all          int             // cases that the contract has
	here         map[string]bool // requirements with a case in this part of the run; nil when there is only one
}

// elsewhere says whether another part of the run has all cases of the requirement.
func (p *plan) elsewhere(id string) bool { return p.here != nil && !p.here[id] }

// choose picks the requirements that the patterns name, and their cases. A
// requirement that nothing checks is a problem: it would be silently green.
func choose(config Config) (*plan, []string) {
	problems := unknownNames(config)
	p := &plan{excuses: config.API.Excuses, all: decidable(config.API)}
	byRequirement := map[string][]Case{}
	for _, item := range config.API.Cases {
		byRequirement[item.Requirement] = append(byRequirement[item.Requirement], item)
	}
	used := map[string]bool{}
	for _, requirement := range config.Contract.Requirements {
		if !selected(requirement, config.Only, used) || !inProfile(config, requirement) {
			continue
		}
		p.requirements = append(p.requirements, requirement)
		if p.excuses[requirement.ID] != "" {
			continue
		}
		items := byRequirement[requirement.ID]
		if len(items) == 0 {
			problems = append(problems, fmt.Sprintf("no case checks %s (%s): write one, or an excuse",
				requirement.ID, requirement.Text))
		}
		p.cases = append(p.cases, items...)
	}
	if _, err := config.Contract.Profile(config.Profile); err != nil {
		problems = append(problems, err.Error())
	}
	for _, pattern := range config.Only {
		if !used[pattern] {
			problems = append(problems, fmt.Sprintf("only %q names no requirement or operation of %s: %s", pattern,
				config.Contract.Name, instead(config.Contract, pattern)))
		}
	}
	slices.SortStableFunc(p.cases, func(a, b Case) int { return cmp.Compare(a.Requirement, b.Requirement) })
	if config.Shard.Of > 1 { // dealt out by requirement, which is how reports.Merge takes the parts back together
		p.cases, p.here = config.Shard.of(p.cases), map[string]bool{}
		for _, item := range p.cases {
			p.here[item.Requirement] = true
		}
	}
	neighboursFirst(config.Contract, p.cases)
	return p, append(problems, config.Shard.problems()...)
}

// instead says what to ask for in place of a pattern that fits nothing: what only begins ids needs a star.
func instead(c *contract.Contract, pattern string) string {
	begins := func(r *contract.Requirement) bool { return pattern != "" && strings.HasPrefix(r.ID, pattern) }
	if slices.ContainsFunc(c.Requirements, begins) {
		return fmt.Sprintf("it begins the names of some, which %q asks for", pattern+"*")
	}
	return "list them with `rollcall list requirements`"
}

// neighboursFirst moves the cases to the front that look at records beside the one that
// is written: those must be whole until then, and a write that hits others does so in
// every case. Deletions come before the rest, for the clean-up of a case deletes.
func neighboursFirst(c *contract.Contract, cases []Case) {
	slices.SortStableFunc(cases, func(a, b Case) int { return cmp.Compare(priority(c, b), priority(c, a)) })
}

// priority is of cases that start before others. What calls until it has called too often takes longer
// than anything else: a run in several processes ends sooner when one begins with it.
func priority(c *contract.Contract, item Case) int {
	requirement, ok := c.Requirement(item.Requirement)
	switch {
	case ok && requirement.Expect.Status == http.StatusTooManyRequests:
		return 1
	case !ok || requirement.Check != contract.CheckNeighbours:
		return 0
	}
	if op, ok := c.Operation(requirement.Operations[0]); ok && op.Method == http.MethodDelete {
		return 2
	}
	return 1
}

// decidable counts the cases of requirements that are not excused.
func decidable(api API) (n int) {
	for _, item := range api.Cases {
		if api.Excuses[item.Requirement] == "" {
			n++
		}
	}
	return n
}

func inProfile(config Config, requirement *contract.Requirement) bool {
	in, err := config.Contract.Profile(config.Profile)
	return err == nil && in(requirement)
}

// unknownNames lists what the contract's package says about things that the contract doesn't have.
func unknownNames(config Config) []string {
	var problems []string
	c := config.Contract
	if config.API.Contract != c.Name {
		problems = append(problems, fmt.Sprintf("the cases are for contract %q, the run for %q", config.API.Contract, c.Name))
	}
	seen := map[[2]string]bool{}
	for _, item := range config.API.Cases {
		if _, ok := c.Requirement(item.Requirement); !ok {
			problems = append(problems, fmt.Sprintf("case %q checks %s, which %s does not have%s", item.Title, item.Requirement,
				c.Name, near(item.Requirement, requirementIDs(c))))
		}
		key := [2]string{item.Requirement, item.Title}
		if seen[key] {
			problems = append(problems, fmt.Sprintf("%s has two cases titled %q: name them apart", item.Requirement, item.Title))
		}
		seen[key] = true
	}
	for excuse := range config.API.Excuses {
		id, _, _ := strings.Cut(excuse, ": ")
		id, _, _ = strings.Cut(id, "@")
		if _, ok := c.Requirement(id); !ok {
			problems = append(problems, fmt.Sprintf("an excuse names %s, which %s does not have%s", id,
				c.Name, near(id, requirementIDs(c))))
		}
	}
	for id := range config.API.Samples {
		if _, ok := c.Operation(id); !ok {
			problems = append(problems, fmt.Sprintf("a sample names the operation %s, which %s does not have", id, c.Name))
		}
	}
	slices.Sort(problems)
	return problems
}

// selected says whether any pattern names the requirement or one of its
// operations, and notes the patterns that do.
func selected(requirement *contract.Requirement, patterns []string, used map[string]bool) bool {
	if len(patterns) == 0 {
		return true
	}
	found := false
	for _, pattern := range patterns {
		for _, name := range append([]string{requirement.ID, group(requirement), string(requirement.Level)},
			requirement.Operations...) {
			if Matches(pattern, name) {
				found, used[pattern] = true, true
			}
		}
	}
	return found
}

// Matches says whether a pattern of --only is a name or stands for it, whatever the case of either. A name may
// have any sign in it, as in repos/get, and * stands for each.
func Matches(pattern, name string) bool {
	plain := func(text string) string { return strings.ReplaceAll(strings.ToLower(text), "/", "\x00") }
	ok, err := path.Match(plain(pattern), plain(name))
	return err == nil && ok || strings.EqualFold(pattern, name)
}

// group is the middle part of a requirement's id, as reports have it: KIND of SHE-KIND-06.
func group(requirement *contract.Requirement) string {
	if parts := strings.SplitN(requirement.ID, "-", 3); len(parts) == 3 {
		return parts[1]
	}
	return requirement.ID
}

func requirementIDs(c *contract.Contract) []string {
	ids := make([]string, len(c.Requirements))
	for i, requirement := range c.Requirements {
		ids[i] = requirement.ID
	}
	return ids
}

func near(word string, names []string) string {
	if name := contract.Nearest(word, names); name != "" {
		return fmt.Sprintf(" (did you mean %s?)", name)
	}
	return ""
}
