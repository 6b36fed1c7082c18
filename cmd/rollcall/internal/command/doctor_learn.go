package command

import (
	"context"
	"fmt"
	"io"

	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/specs/contract"
)

// learn reads of the target what its behavior should say.
func (o *targetOptions) learn(ctx context.Context, c *contract.Contract, t suite.Target) ([]conformance.Lesson, error) {
	api, err := conformance.API(c)
	if err != nil {
		return nil, err
	}
	return conformance.Learn(ctx, suite.Config{Contract: c, API: api, Target: t, Seed: o.seed, Secrets: o.streams.Secrets})
}

// printLearnt tells what was seen and, where the behavior is wrong, what to paste into behavior.yaml.
func printLearnt(w io.Writer, all []conformance.Lesson) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, "learnt by reads alone:")
	lines := map[string][]string{}
	for _, one := range all {
		fmt.Fprintln(w, oneLine(fmt.Sprintf("  %-10s %s: %s", one.Verdict, one.About, one.Says)))
		if one.Line != "" {
			lines[one.Section] = append(lines[one.Section], one.Line)
		}
	}
	if len(lines) == 0 {
		fmt.Fprintln(w, "nothing has to be corrected in behavior.yaml")
		return
	}
	fmt.Fprintln(w, "paste into behavior.yaml:")
	for _, section := range []string{"auth", "answers", "resources", "operations"} {
		if len(lines[section]) > 0 {
			fmt.Fprintln(w, section+":")
		}
		for _, line := range lines[section] {
			fmt.Fprintln(w, oneLine("  "+line))
		}
	}
}
