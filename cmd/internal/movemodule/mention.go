package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// mention tells where a text speaks of the module, rather than of the command or
// of anything else that is called the same.
type mention struct {
	root     string // of the module's files
	from, to string
}

// replace writes the new path in the place of the old one.
func (m mention) replace(text string) string {
	spot := regexp.MustCompile(regexp.QuoteMeta(m.from) + `((?:/[\w.~-]+)*)`)
	var b strings.Builder
	last := 0
	for _, at := range spot.FindAllStringSubmatchIndex(text, -1) {
		rest := text[at[2]:at[3]]
		if !m.begins(text[:at[0]]) || !m.names(rest, text[at[3]:]) {
			continue
		}
		b.WriteString(text[last:at[0]] + m.to)
		last = at[0] + len(m.from)
	}
	return b.String() + text[last:]
}

// fetched tells whether the old path has a host: then the path itself is
// unmistakable.
func (m mention) fetched() bool {
	host, _, _ := strings.Cut(m.from, "/")
	return strings.Contains(host, ".")
}

// begins tells whether a path can begin after a text. A module without a host is
// never part of a longer path.
func (m mention) begins(before string) bool {
	if before == "" {
		return true
	}
	c := before[len(before)-1]
	return !word(c) && c != '.' && c != '-' && c != '@' && (m.fetched() || c != '/')
}

// names tells whether what follows the path of the module is a package of it. A
// word alone is the module only when it has a host.
func (m mention) names(rest, after string) bool {
	if m.fetched() {
		return rest != "" || after == "" || !word(after[0]) && after[0] != '-'
	}
	rest = strings.TrimPrefix(rest, "/")
	if rest == "..." {
		return true
	}
	rest = strings.TrimSuffix(strings.TrimRight(strings.TrimSuffix(rest, "/..."), "."), "/")
	if m.folder(rest) {
		return true
	}
	symbol := strings.LastIndexByte(rest, '.') // rollcall/specs.FS
	return symbol > strings.LastIndexByte(rest, '/') && m.folder(rest[:symbol])
}

func (m mention) folder(rest string) bool {
	info, err := os.Stat(filepath.Join(m.root, filepath.FromSlash(rest)))
	return rest != "" && err == nil && info.IsDir()
}

func word(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
}
