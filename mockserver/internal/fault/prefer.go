package fault

import (
	"strconv"
	"strings"
	"time"
)

// Preference is what a caller asks for with the header Prefer (RFC 7240).
type Preference struct {
	Code    int
	Delay   time.Duration
	Example string
	Dynamic *bool
}

// Prefer reads the preferences that there are here; of others nothing is said. Each stands
// once: the first counts.
func Prefer(headers []string) (p Preference) {
	for part := range strings.FieldsFuncSeq(strings.Join(headers, ","), func(r rune) bool { return r == ',' || r == ';' }) {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		value = strings.Trim(strings.TrimSpace(value), `"`)
		n, err := strconv.Atoi(value)
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "code":
			if err == nil && n >= 200 && n <= 599 && p.Code == 0 {
				p.Code = n
			}
		case "delay":
			if delay := time.Duration(n) * time.Millisecond; err == nil && n > 0 && n <= int(mostDelay/time.Millisecond) &&
				p.Delay == 0 {
				p.Delay = delay
			}
		case "example":
			if p.Example == "" {
				p.Example = value
			}
		case "dynamic":
			if on, err := strconv.ParseBool(value); err == nil && p.Dynamic == nil {
				p.Dynamic = &on
			}
		}
	}
	return p
}
