package replay

import (
	"net/http"
	"time"

	"rollcall/reports"
	"rollcall/specs/har"
)

// HAR gives the exchanges of a case as an HTTP Archive 1.2, secrets hidden as in the run
// file. The run does not know when each was made: they begin a millisecond apart.
func HAR(run *reports.Run, result reports.Result, title string) ([]byte, error) {
	var exchanges []har.Exchange
	for i, e := range steps(result, title) {
		exchanges = append(exchanges, har.Exchange{
			Started: run.Started.Add(time.Duration(i) * time.Millisecond),
			Method:  e.Method, URL: e.URL, Status: e.Status,
			Request: http.Header(e.RequestHeaders), Answer: http.Header(e.ResponseHeaders),
			Sent: e.RequestBody, Came: e.ResponseBody, SentSize: len(e.RequestBody), GotSize: len(e.ResponseBody),
			Comment: e.Note,
		})
	}
	return har.Encode(run.SuiteVersion, result.Requirement+": "+result.Text+" – "+title, exchanges)
}
