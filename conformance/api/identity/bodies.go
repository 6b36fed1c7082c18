package identity

import "rollcall/conformance/client"

// The faults in a change of a password.

func blankPasswords() []fault {
	return append([]fault{badPassword("an empty password", "")}, spacePasswords()...)
}

func spacePasswords() []fault {
	return sorted(whiteSpace(), func(what, text string) []fault {
		return []fault{badPassword(what+" as password", text)}
	})
}

func nestedPasswords() []fault {
	return sorted(nested(), func(what string, value any) []fault {
		return []fault{badPassword(what+" as password", value)}
	})
}

func nullPasswords() []fault { return []fault{badPassword("null as password", nil)} }

func absentPasswords() []fault {
	return []fault{
		{"changePassword", "no member at all", []client.Option{client.JSON(map[string]any{})}},
		{"changePassword", "another member only", []client.Option{client.JSON(map[string]any{"newPassword": newPassword})}},
	}
}

// missingPasswords are all ways to give no password without a blank one.
func missingPasswords() []fault {
	faults := append(absentPasswords(), nullPasswords()...)
	return append(faults, noBody("changePassword")...)
}

// The faults in a check of a password.

func emptyUsernames() []fault {
	return []fault{badCheck("an empty username", "", newPassword)}
}

func emptyPasswords() []fault { return []fault{badCheck("an empty password", nobody, "")} }

func spaceChecks() []fault {
	return sorted(whiteSpace(), func(what, text string) []fault {
		return []fault{badCheck(what+" as username", text, newPassword), badCheck(what+" as password", nobody, text)}
	})
}

// blankChecks have exactly one blank member each.
func blankChecks() []fault {
	return append(append(emptyUsernames(), emptyPasswords()...), spaceChecks()...)
}

func nestedChecks() []fault {
	return sorted(nested(), func(what string, value any) []fault {
		return []fault{badCheck(what+" as username", value, newPassword), badCheck(what+" as password", nobody, value)}
	})
}

func nullChecks() []fault {
	return []fault{
		badCheck("null as username", nil, newPassword), badCheck("null as password", nobody, nil),
		badCheck("null as both", nil, nil),
	}
}

func absentUsernames() []fault {
	return []fault{{"authenticate", "no username", []client.Option{client.JSON(map[string]any{"password": newPassword})}}}
}

func absentPasswordChecks() []fault {
	return []fault{{"authenticate", "no password", []client.Option{client.JSON(map[string]any{"username": nobody})}}}
}

// missingChecks are all ways to leave out a member without a blank one.
func missingChecks() []fault {
	faults := append(absentUsernames(), absentPasswordChecks()...)
	faults = append(faults, fault{"authenticate", "no member at all", []client.Option{client.JSON(map[string]any{})}})
	faults = append(faults, nullChecks()...)
	return append(faults, noBody("authenticate")...)
}

// halfBlankChecks lack one member and have the other blank.
func halfBlankChecks() []fault {
	return []fault{
		{"authenticate", "no username and a blank password", []client.Option{client.JSON(map[string]any{"password": " "})}},
		{"authenticate", "a blank username and no password", []client.Option{client.JSON(map[string]any{"username": ""})}},
		badCheck("null as username and a blank password", nil, ""),
	}
}
