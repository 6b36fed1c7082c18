package volunteers

import "rollcall/mockserver/behavior"

// kept is what writes keep, and what nobody can ask to be kept.
func kept() behavior.Kept {
	const (
		flag    = "printed as an integer, of which no value but 0 and 1 is meant"
		counter = "what is sent may be left out of account (VOL-EMAIL-06)"
		made    = "it may be made of its parts"
		hangs   = "it is accepted, and what comes of it is not said (VOL-UPD-11)"
		handle  = "how the names of another service are written is that service's to say"
		digits  = "a number or a postcode has no letters beyond ASCII, and few of any"
	)
	return behavior.Kept{
		By: "VOL-GEN-26",
		Excuse: map[string]string{
			"primary": flag, "recommend_organisation": flag, "soft_bounces": counter, "hard_bounces": counter,
			"complaints": counter, "address": made, "on_hold_start": hangs, "on_hold_end": hangs, "facebook": handle,
			"twitter": handle, "contact_number": digits, "phone_number": digits, "postcode": digits,
		},
	}
}
