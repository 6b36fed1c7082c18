package journal

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// HAR gives requests as an HTTP Archive 1.2, which browsers and other tools open.
func HAR(all []Request) map[string]any {
	entries := make([]map[string]any, 0, len(all))
	for i := range all {
		entries = append(entries, harEntry(&all[i]))
	}
	return map[string]any{"log": map[string]any{"version": "1.2",
		"creator": map[string]string{"name": "rollcall", "version": "1"}, "entries": entries}}
}

func harEntry(q *Request) map[string]any {
	const unknown = -1 // as the format has it
	took := float64(q.Micros) / 1000
	sent := map[string]any{"method": q.Method, "url": q.URL, "httpVersion": "HTTP/1.1", "cookies": []any{},
		"headers": pairs(q.Headers), "queryString": pairs(q.Query), "headersSize": unknown, "bodySize": q.BodySize}
	if q.BodySize > 0 {
		sent["postData"] = map[string]any{"mimeType": first(q.Headers, "Content-Type"), "text": q.Body, "params": []any{}}
	}
	return map[string]any{
		"startedDateTime": q.At.Format(time.RFC3339Nano), "time": took, "request": sent, "cache": map[string]any{},
		"response": map[string]any{"status": q.Status, "statusText": http.StatusText(q.Status), "httpVersion": "HTTP/1.1",
			"cookies": []any{}, "headers": pairs(q.Answer.Headers), "redirectURL": first(q.Answer.Headers, "Location"),
			"headersSize": unknown, "bodySize": q.Answer.BodySize, "content": map[string]any{"size": q.Answer.BodySize,
				"mimeType": first(q.Answer.Headers, "Content-Type"), "text": q.Answer.Body}},
		"timings":    map[string]any{"send": 0, "wait": took, "receive": 0},
		"_operation": q.Operation, "_persona": q.Persona, "_id": q.ID,
	}
}

func pairs(of map[string][]string) []map[string]string {
	all := []map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		for _, value := range of[name] {
			all = append(all, map[string]string{"name": name, "value": value})
		}
	}
	return all
}

func first(of map[string][]string, name string) string {
	if values := of[name]; len(values) > 0 {
		return values[0]
	}
	return ""
}
