package targetfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"rollcall/specs/target"
	"rollcall/specs/userfile"
)

// read gives the one document of a file.
func read(text []byte) (*yaml.Node, error) {
	var document, another yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(inOneEscape(text)))
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) || err == nil && document.IsZero() { // an empty file says nothing
		return &yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode, Line: 1}}}, nil
	}
	if err != nil {
		return nil, unreadable(text, err)
	}
	switch err := decoder.Decode(&another); {
	case err == nil:
		return nil, Problems{fmt.Sprintf("line %d: another document begins here, and a target file is one: make two files",
			another.Line)}
	case !errors.Is(err, io.EOF):
		return nil, unreadable(text, err)
	}
	return &document, nil
}

// escape is an escape of JSON, of which two together may be one sign beyond the first plane.
var escape = regexp.MustCompile(`\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)`)

// inOneEscape writes signs that JSON escapes in two halves as YAML does, which knows no halves.
func inOneEscape(text []byte) []byte {
	if !json.Valid(text) {
		return text
	}
	return escape.ReplaceAllFunc(text, func(found []byte) []byte {
		halves := escape.FindSubmatch(found)
		first, _ := strconv.ParseUint(string(halves[1]), 16, 16)
		second, _ := strconv.ParseUint(string(halves[2]), 16, 16)
		if halves[1] == nil {
			return found
		}
		return fmt.Appendf(nil, `\U%08X`, utf16.DecodeRune(rune(first), rune(second)))
	})
}

// unreadable puts what the reader of YAML says into the form of all other problems.
func unreadable(text []byte, err error) error {
	var several *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case userfile.Wide(text):
		return Problems{"line 1: the file is in UTF-16 or UTF-32; save it as UTF-8"}
	case errors.As(err, &several):
		var all Problems
		for _, each := range several.Errors {
			all = append(all, problem(text, each))
		}
		return all
	case errors.As(err, &one):
		return Problems{problem(text, one)}
	}
	return err
}

func problem(text []byte, err *yaml.LoadError) string {
	line, said := err.Mark.Line, err.Message
	if strings.HasPrefix(said, "unknown anchor") || strings.Contains(said, "tag") { // which may be the credential itself
		said = quoted.ReplaceAllString(said, "…") + "; a text that begins with * or ! stands in quotation marks"
	}
	if err.ContextMsg != "" {
		said += " " + err.ContextMsg
		if from := err.ContextMark.Line; from > 0 && from != line {
			said += fmt.Sprintf(" that begins on line %d", from)
		}
	}
	if line == 0 {
		line, said = strange(text, said)
	}
	lines := bytes.Split(text, []byte("\n"))
	if line <= len(lines) && bytes.HasPrefix(lines[line-1], []byte("\t")) {
		said += "; YAML is indented with blanks, not with tabs"
	}
	return fmt.Sprintf("line %d: %s", line, said)
}

var quoted = regexp.MustCompile("'[^']*'|`[^`]*`|\"[^\"]*\"|!\\S+")

// strange finds the first thing that is no text, for which the reader has no place.
func strange(text []byte, otherwise string) (line int, said string) {
	line = 1
	for rest := text; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			return line, "a byte that is no UTF-8; save the file as UTF-8"
		case r == '\n':
			line++
		case unicode.IsControl(r) && r != '\t' && r != '\r' && r != '\u0085':
			return line, fmt.Sprintf("a control character, %U, which no text may have; write it as an escape in quotes", r)
		}
		rest = rest[size:]
	}
	return 1, otherwise
}

// linesOf notes the line of every member below a node. What an alias stands for is where the
// alias is.
func linesOf(n *yaml.Node, keys []string, lines map[string]int) {
	for i := 0; i < len(n.Content); i++ {
		name, at := strconv.Itoa(i), n.Content[i]
		if n.Kind == yaml.MappingNode {
			name = at.Value
			i++
		}
		below := append(keys[:len(keys):len(keys)], name)
		lines[target.Key(below...)] = at.Line
		if i < len(n.Content) {
			linesOf(n.Content[i], below, lines)
		}
	}
}
