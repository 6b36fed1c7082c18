package probation

// asyncAPI is the description of the one queue that the service reads; it never changes.
func (s *server) asyncAPI(*call) answer {
	const queue = "create-and-vary-a-licence-and-delius-queue"
	version := "2.4.0"
	if s.has("docs-of-a-later-version") {
		version = "2.6.0"
	}
	channel := object{{queue, object{{"publish", object{{"message",
		object{{"$ref", "#/components/messages/create-and-vary-a-licence_licence-activated"}}}}}}}}
	host := func(url, text string) object {
		return object{{"url", url}, {"protocol", "sqs"}, {"description", text}}
	}
	document := object{
		{"asyncapi", version},
		{"info", object{{"title", "create-and-vary-a-licence-and-delius"}, {"version", "1.0"},
			{"description", "Reflect licence conditions in Delius"},
			{"contact", object{{"name", "Probation Integration Team"}}}, {"license", object{{"name", "MIT"}}}}},
		{"servers", object{{"dev", host("https://queues.dev.example.org", "For trying things")},
			{"prod", host("https://queues.example.org", "The real queue")}}},
		{"defaultContentType", "application/json"},
		{"channels", channel},
		{"components", object{{"messages", object{{"create-and-vary-a-licence_licence-activated",
			object{{"name", "create-and-vary-a-licence/licence-activated"}, {"payload", object{{"type", "object"}}}}}}}}},
	}
	if s.has("docs-in-a-string") {
		return ok(string(s.json(document)))
	}
	return ok(document)
}
