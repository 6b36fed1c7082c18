package suite

import "context"

// Step says what a request is sent for: a case, or what a run asks beside them, which has no
// requirement. What cleans up after a case decides nothing.
type Step struct {
	Requirement, Title string
	Cleaning           bool
}

type stepKey struct{}

func within(ctx context.Context, step Step) context.Context {
	return context.WithValue(ctx, stepKey{}, step)
}

// StepOf returns the step that a request of the suite belongs to, by the request's context;
// false for any other request.
func StepOf(ctx context.Context) (Step, bool) {
	step, ok := ctx.Value(stepKey{}).(Step)
	return step, ok
}
