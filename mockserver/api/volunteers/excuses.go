package volunteers

// excuses says of defects why no case can see them.
func excuses() map[string]string {
	const elsewhere = "the record that is written belongs to a user the caller can't know"
	return map[string]string{
		"VOL-GEN-10/dirty":   elsewhere,
		"VOL-UPD-19/dirty":   elsewhere,
		"VOL-PHONE-19/dirty": elsewhere,
		"VOL-ADDR-28/dirty":  "what is deleted already can't be deleted any further",
		"VOL-SUP-09/code":    "the requirement asks for a refusal or for one entry, and names no status",
		"VOL-CRT-21/code":    "the requirement asks for a refusal, and names no status",
	}
}
