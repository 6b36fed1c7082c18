package volunteers

import "rollcall/conformance/internal/independent"

// newcomerHabits make a record for each new user without being asked.
func newcomerHabits() []independent.Habit {
	const open = "Nothing says that a new user has only what was sent."
	return []independent.Habit{
		{Name: "welcomed-by-a-note", Says: "A new user has a note that they joined.", Open: open},
		{Name: "welcomed-by-a-visit", Says: "A new user has a touchpoint of the day on which they joined.", Open: open},
		{Name: "managers-supervise", Says: "The manager of the first role of a new user becomes a supervisor.", Open: open},
		{Name: "office-address", Says: "A new user has the address of an office.", Open: open},
		{Name: "office-phone", Says: "A new user has a telephone number of the office.", Open: open},
		{Name: "office-email", Says: "A new user has an email address of the office, primary where none was sent.", Open: open},
		{Name: "duty-desk", Says: "A new user has a contact for emergencies.", Open: open},
	}
}
