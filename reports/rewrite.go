package reports

// Rewrite puts every text of the run that may come from a target through a function:
// the one place in which texts are changed for all formats.
func (r *Run) Rewrite(change func(string) string) {
	r.Target.URL = change(r.Target.URL)
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

func (e *Evidence) rewrite(change func(string) string) {
	for _, text := range []*string{&e.Case, &e.URL, &e.RequestBody, &e.ResponseBody, &e.Curl, &e.Note} {
		*text = change(*text)
	}
	for _, header := range []map[string][]string{e.RequestHeaders, e.ResponseHeaders} {
		for _, values := range header {
			for i, value := range values {
				values[i] = change(value)
			}
		}
	}
}
