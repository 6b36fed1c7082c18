package infer

import (
	"slices"
	"strings"

	"rollcall/specs/contract"
)

// place is one part of the paths of a contract: all operations whose paths are alike up
// to it stand at it or below it.
type place struct {
	up    *place
	word  string   // "" for a parameter
	keys  []string // names of a parameter, by the path that came first
	colon bool     // it follows a colon, as a verb does
	kids  []*place
	ops   []*contract.Operation

	group *group // of a word with records
	of    *group // of a parameter that ends the key of a record
}

// part is one part of a path.
type part struct {
	word  string
	keys  []string
	colon bool
}

// parts splits a path: endings such as .json are none of it, verbs behind a colon and
// keys in parentheses are parts of their own.
func parts(path string) (all []part) {
	path, _, _ = strings.Cut(path, "#")
	if at := strings.IndexByte(path, '?'); at >= 0 && !strings.Contains(path[at:], "}") {
		path = path[:at]
	}
	for _, text := range strings.Split(strings.Trim(path, "/"), "/") {
		all = append(all, split(text)...)
	}
	return all
}

func split(text string) []part {
	for _, end := range []string{".json", ".xml", ".{format}", ".{_format}", "(.:format)"} {
		text = strings.TrimSuffix(text, end)
	}
	word, rest, found := strings.Cut(text, "(")
	if found && word != "" && strings.HasSuffix(rest, ")") && strings.Contains(rest, "{") {
		return []part{{word: word}, {keys: names(rest)}}
	}
	if at := strings.LastIndexByte(text, ':'); at > 0 && at < len(text)-1 && !strings.ContainsAny(text[at:], "{}") {
		return append(split(text[:at]), part{word: text[at+1:], colon: true})
	}
	if keys := names(text); len(keys) > 0 {
		if stem := ended(text, keys); stem != "" {
			return []part{{word: stem}}
		}
		if last := len(keys) - 1; last > 0 && (saysHow(keys[last]) || strings.HasSuffix(text, "}.{"+keys[last]+"}")) {
			keys = keys[:last] // {id}{extension} and {id}.{type}
		}
		return []part{{keys: keys}}
	}
	if text == "" {
		return nil
	}
	return []part{{word: text}}
}

// ended is the word before a parameter that only says how it is written, as in books{extension}.
func ended(text string, keys []string) string {
	stem, _, _ := strings.Cut(text, "{")
	if len(keys) == 1 && len(stem) > 1 && strings.HasSuffix(text, "}") &&
		(saysHow(keys[0]) || strings.HasSuffix(stem, ".")) {
		return strings.TrimSuffix(stem, ".")
	}
	return ""
}

// saysHow says whether a parameter only says how an answer is written.
func saysHow(key string) bool {
	last := words(key)
	return len(last) > 0 && has(endingNames, last[len(last)-1])
}

// names are the parameters that a text has.
func names(text string) (all []string) {
	for {
		_, rest, found := strings.Cut(text, "{")
		if !found {
			return all
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return all
		}
		all, text = append(all, strings.TrimLeft(name, "+*")), after
	}
}

// tree puts every operation at its place, and says which that is.
func tree(c *contract.Contract) (root *place, at map[*contract.Operation]*place) {
	root, at = &place{}, map[*contract.Operation]*place{}
	for _, op := range c.Operations {
		p := root
		for _, next := range parts(op.Path) {
			p = p.below(next)
		}
		p.ops = append(p.ops, op)
		at[op] = p
	}
	return root, at
}

func (p *place) below(next part) *place {
	for _, kid := range p.kids {
		if kid.word == next.word && kid.colon == next.colon && (next.word != "" || len(kid.keys) == len(next.keys)) {
			return kid
		}
	}
	kid := &place{up: p, word: next.word, keys: next.keys, colon: next.colon}
	p.kids = append(p.kids, kid)
	return kid
}

// parameter is the parameter below the place, nil where there is none.
func (p *place) parameter() *place {
	for _, kid := range p.kids {
		if kid.word == "" {
			return kid
		}
	}
	return nil
}

// lastKeys are the parameters in the last part of an operation's path.
func lastKeys(op *contract.Operation) []string {
	all := parts(op.Path)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1].keys
}

// key goes from a word to the end of the key that stands below it, as in
// /repos/{owner}/{repo}, and returns all names on the way.
func (p *place) key() (end *place, keys []string) {
	end = p.parameter()
	if end == nil {
		return nil, nil
	}
	for _, op := range end.ops { // the name by which most of them know it, rather than by which one filters
		if has(partWords, end.keys[0]) {
			end.keys = lastKeys(op)
		}
	}
	keys = slices.Clone(end.keys)
	for len(end.ops) == 0 && len(end.kids) == 1 && end.kids[0].word == "" {
		end = end.kids[0]
		keys = append(keys, end.keys...)
	}
	return end, keys
}

// op is the operation with that method, nil where there is none.
func (p *place) op(method string) *contract.Operation {
	if p == nil {
		return nil
	}
	for _, op := range p.ops {
		if op.Method == method {
			return op
		}
	}
	return nil
}

// has says whether there is an operation with one of these methods.
func (p *place) has(methods ...string) bool {
	return slices.ContainsFunc(methods, func(m string) bool { return p.op(m) != nil })
}
