package route

import (
	"fmt"
	"strings"
)

// mostGlob is how many bytes a pattern may have.
const mostGlob = 400

// globWords hold a bit for each place of a pattern, from before its first character to behind
// its last.
const globWords = (mostGlob + 1 + 63) / 64

type places [globWords]uint64

func (p *places) set(at int) { p[at/64] |= 1 << (at % 64) }

// glob is a pattern as places that a path has come to. All of them go on together, so that each
// byte of a path is looked at once, whatever the pattern.
type glob struct {
	takes    [256]places // by byte: the places behind a character that is this byte
	any, own places      // those that stay with any byte, and with any of the same segment
	end      int
}

// Glob reads a path in which * stands for a segment or a part of one, {name} for a segment
// and ** for any number of them; it gives what says whether a path is so.
func Glob(pattern string) (func(path string) bool, error) {
	if len(pattern) > mostGlob {
		return nil, fmt.Errorf("it has over %d bytes; write it as /records/*, /records/{id} or /records/**", mostGlob)
	}
	g := &glob{}
	for rest := pattern; rest != ""; {
		name := strings.IndexAny(rest, "}/")
		switch {
		case strings.HasPrefix(rest, "**"):
			g.any.set(g.end)
			rest = rest[2:]
		case rest[0] == '*':
			g.own.set(g.end)
			rest = rest[1:]
		case rest[0] == '{' && name > 0 && rest[name] == '}':
			g.end++
			for char := range g.takes {
				if char != '/' {
					g.takes[char].set(g.end)
				}
			}
			g.own.set(g.end)
			rest = rest[name+1:]
		default:
			g.end++
			g.takes[rest[0]].set(g.end)
			rest = rest[1:]
		}
	}
	return g.match, nil
}

func (g *glob) match(path string) bool {
	now := places{1}
	for i := range len(path) {
		takes, carried, alive := &g.takes[path[i]], uint64(0), uint64(0)
		for w, at := range now {
			stays := g.any[w]
			if path[i] != '/' {
				stays |= g.own[w]
			}
			now[w] = (at<<1|carried)&takes[w] | at&stays
			carried, alive = at>>63, alive|now[w]
		}
		if alive == 0 {
			return false
		}
	}
	return now[g.end/64]>>(g.end%64)&1 == 1
}
