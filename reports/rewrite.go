package reports

import (
	"strings"

	"rollcall/specs/contract"
)

// Rewrite puts every text of the run that may come from a target through a function:
// the one place in which texts are changed for all formats.
func (r *Run) Rewrite(change func(string) string) {
	r.Target.URL = change(r.Target.URL)
	if r.Target.Implementation != nil {
		its := *r.Target.Implementation // it is the target's own
		for _, text := range []*string{&its.Name, &its.Version, &its.Vendor, &its.Contact, &its.URL} {
			*text = change(*text)
		}
		r.Target.Implementation = &its
	}
	for _, ids := range r.LeftRecords {
		for i := range ids {
			ids[i] = change(ids[i])
		}
	}
	for i := range r.Results {
		result := &r.Results[i]
		result.Reason = change(result.Reason)
		for j := range result.Cases {
			result.Cases[j].Reason = change(result.Cases[j].Reason)
		}
		for j := range result.Evidence {
			result.Evidence[j].rewrite(change)
		}
	}
}

// printable is a copy for a person to read: nothing in it steers a terminal, reorders a
// line or gives a command to the CI that shows it. Bodies are left to what cuts them.
func (r *Run) printable() *Run {
	out := *r
	for _, text := range []*string{&out.Contract, &out.ContractDigest, &out.SuiteVersion, &out.SuiteCommit,
		&out.Target.URL, &out.Target.Reading} {
		*text = Printable(*text)
	}
	if out.Target.Implementation != nil {
		its := *out.Target.Implementation
		for _, text := range []*string{&its.Name, &its.Version, &its.Vendor, &its.Contact, &its.URL} {
			*text = Printable(oneLine(*text))
		}
		out.Target.Implementation = &its
	}
	out.Options = out.Options.printable()
	out.Left = make(map[string]int, len(r.Left))
	for operation, times := range r.Left {
		out.Left[Printable(oneLine(operation))] += times
	}
	out.Documents = each(r.Documents, func(d contract.CitedDocument) contract.CitedDocument {
		return contract.CitedDocument{Name: Printable(oneLine(d.Name)), Title: Printable(oneLine(d.Title))}
	})
	out.Results = make([]Result, len(r.Results))
	for i, result := range r.Results {
		result.Requirement = Printable(oneLine(result.Requirement))
		for _, text := range []*string{&result.Text, &result.Source, &result.Document,
			&result.Reason, (*string)(&result.Level)} {
			*text = Printable(strings.TrimSpace(*text))
		}
		result.Operations = each(result.Operations, Printable)
		result.Cases = each(result.Cases, func(c CaseResult) CaseResult {
			c.Title, c.Reason = Printable(c.Title), Printable(strings.TrimSpace(c.Reason))
			return c
		})
		result.Evidence = each(result.Evidence, func(e Evidence) Evidence {
			e.Case, e.Note = Printable(e.Case), Printable(e.Note)
			return e
		})
		out.Results[i] = result
	}
	return &out
}

// printable is a copy of the options for a person to read.
func (o *Options) printable() *Options {
	if o == nil {
		return nil
	}
	out := *o
	line := func(text string) string { return Printable(oneLine(text)) }
	out.Only, out.Defects, out.Variants = each(o.Only, line), each(o.Defects, line), each(o.Variants, line)
	out.Profile, out.Shard, out.Settle, out.Contract = line(o.Profile), line(o.Shard), line(o.Settle), line(o.Contract)
	return &out
}

func each[T, U any](items []T, change func(T) U) []U {
	out := make([]U, len(items))
	for i, item := range items {
		out[i] = change(item)
	}
	return out
}

func (e *Evidence) rewrite(change func(string) string) {
	for _, text := range []*string{&e.Case, &e.URL, &e.RequestBody, &e.ResponseBody, &e.Curl, &e.Note} {
		*text = change(*text)
	}
	for i := range e.Secrets {
		e.Secrets[i] = change(e.Secrets[i])
	}
	if e.Shows != nil {
		shows := *e.Shows
		shows.Name = change(shows.Name)
		e.Shows = &shows
	}
	for _, header := range []map[string][]string{e.RequestHeaders, e.ResponseHeaders} {
		for _, values := range header {
			for i, value := range values {
				values[i] = change(value)
			}
		}
	}
}
