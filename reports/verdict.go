package reports

// Verdict is what is known about one requirement or one case.
type Verdict string

// The six verdicts. Missed is a failure of a recommendation, which decides nothing;
// waived is a failure that the target's owner has accepted in writing; undetermined
// means that the suite could not decide.
const (
	Pass          Verdict = "pass"
	Fail          Verdict = "fail"
	Missed        Verdict = "missed"
	Undetermined  Verdict = "undetermined"
	NotApplicable Verdict = "not_applicable"
	Waived        Verdict = "waived"
)

// Verdicts lists all six in the order in which reports show them.
func Verdicts() []Verdict {
	return []Verdict{Pass, Fail, Missed, Undetermined, NotApplicable, Waived}
}

// Known says whether v is one of the six verdicts.
func (v Verdict) Known() bool {
	switch v {
	case Pass, Fail, Missed, Undetermined, NotApplicable, Waived:
		return true
	}
	return false
}

// Label is the verdict in words: "not applicable" for not_applicable.
func (v Verdict) Label() string {
	if v == NotApplicable {
		return "not applicable"
	}
	return string(v)
}

// Worst returns the verdict that wins when two are combined: fail, then
// undetermined, missed, waived, pass, not_applicable. The empty verdict loses to all,
// so it is the start of a fold; an unknown one ranks as undetermined, so that
// nothing undecided can turn green.
func Worst(a, b Verdict) Verdict {
	if b.severity() > a.severity() {
		return b
	}
	return a
}

func (v Verdict) severity() int {
	switch v {
	case "":
		return 0
	case NotApplicable:
		return 1
	case Pass:
		return 2
	case Waived:
		return 3
	case Missed:
		return 4
	case Fail:
		return 6
	}
	return 5
}
