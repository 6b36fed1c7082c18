package load

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Wrk is the load client of that name, which has other authors than the mock. Scripts for it are
// written to a folder.
func Wrk(binary, folder string) Client {
	said, _ := exec.Command(binary, "--version").CombinedOutput() // it prints how it is used as well, and ends with 1
	return Client{Name: wrkName(string(said)), Run: func(p Plan, serial *atomic.Int64) (Result, error) {
		if p.Rate > 0 {
			return Result{}, errors.New("wrk loads at no rate")
		}
		script := filepath.Join(folder, "wrk.lua")
		if err := os.WriteFile(script, []byte(wrkScript(p, serial.Load())), 0o600); err != nil {
			return Result{}, err
		}
		said, err := exec.Command(binary, wrkArguments(p, script)...).CombinedOutput()
		if err != nil {
			return Result{}, fmt.Errorf("wrk: %w: %s", err, said)
		}
		r, err := parseWrk(string(said), p.Status)
		// Each connection has asked once more than it was answered, and the script was tried out.
		serial.Add(int64(r.Answers + p.Connections + 1))
		return r, err
	}}
}

// wrkName gives the first two words that wrk says of itself: wrk 4.1.0.
func wrkName(said string) string {
	version := regexp.MustCompile(`\d+(\.\d+)+`).FindString(said)
	return strings.TrimSpace("wrk " + version)
}

// wrkArguments are one thread, as all of the load has one processor; wrk counts in whole seconds.
func wrkArguments(p Plan, script string) []string {
	return []string{"--threads", "1", "--connections", strconv.Itoa(p.Connections),
		"--duration", strconv.Itoa(int(max(1, math.Ceil(p.Duration.Seconds())))) + "s",
		"--latency", "--script", script, "http://" + p.Address + "/"}
}

// wrkScript sends the request of the plan: one that is made once, or one whose number is another
// each time, from the one after serial on.
func wrkScript(p Plan, serial int64) string {
	if p.Serial == "" {
		return "wrk.format = function() return " + luaText(string(p.Request)) + " end\n"
	}
	var parts []string
	for _, part := range strings.Split(string(p.Request), p.Serial) {
		parts = append(parts, luaText(part))
	}
	width := len(p.Serial)
	return fmt.Sprintf(`local parts = {%s}
local serial = %d
request = function()
  serial = serial + 1
  return table.concat(parts, string.format("%%0%dd", serial %% 1e%d))
end
`, strings.Join(parts, ", "), serial, width, width)
}

// luaText writes a text for Lua, each byte that is no letter or digit by its number.
func luaText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == ' ' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\%03d`, c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// wrkFailures are lines that wrk prints only where something went wrong.
const wrkFailures = "Socket errors:"

// parseWrk reads what wrk prints. It tells answers apart by whether their status is one of an
// error alone; all must be of the kind of the plan's status.
func parseWrk(said string, status int) (r Result, err error) {
	line := func(pattern string) string {
		found := regexp.MustCompile(`(?m)^\s*` + pattern).FindStringSubmatch(said)
		if found == nil {
			return ""
		}
		return found[1]
	}
	number := func(what, pattern string) float64 {
		v, failed := strconv.ParseFloat(line(pattern), 64)
		if failed != nil && err == nil {
			err = fmt.Errorf("wrk does not say %s: %s", what, said)
		}
		return v
	}
	took := func(what, pattern string) time.Duration {
		d, failed := time.ParseDuration(line(pattern))
		if failed != nil && err == nil {
			err = fmt.Errorf("wrk does not say %s: %s", what, said)
		}
		return d
	}
	r.Answers = int(number("how many requests were answered", `(\d+) requests in `))
	r.PerSecond = number("how many that is a second", `Requests/sec:\s*([\d.]+)`)
	r.P50, r.P99 = took("the median", `50%\s+(\S+)`), took("the 99th percentile", `99%\s+(\S+)`)
	if err != nil {
		return r, err
	}
	if strings.Contains(said, wrkFailures) {
		return r, fmt.Errorf("wrk has no answer to some requests: %s", line("("+wrkFailures+".*)"))
	}
	refused, _ := strconv.Atoi(line(`Non-2xx or 3xx responses: (\d+)`)) // 0 where there is no such line
	want := 0
	if status >= http.StatusBadRequest {
		want = r.Answers
	}
	if refused != want {
		return r, fmt.Errorf("wrk has %d answers, %d of them of errors; want %d, as the status is %d", r.Answers, refused, want,
			status)
	}
	return r, nil
}
