package secret

// tree holds patterns by what they begin with in common, so that a text is compared with all of
// them at once: what a target hands out may begin alike two thousand times.
type tree struct {
	children map[byte]*branch
}

// branch is a piece that patterns have in common after those above it.
type branch struct {
	text string
	tree
	ends bool // a pattern is over here
	word bool // and is cut only where it stands alone
	free bool // of those that go through here some are cut elsewhere, too
}

// plant adds a pattern, which must not be empty.
func (t *tree) plant(p pattern) {
	if t.children == nil {
		t.children = map[byte]*branch{}
	}
	first := p.text[0]
	b := t.children[first]
	if b == nil {
		t.children[first] = &branch{text: p.text, ends: true, word: p.word, free: !p.word}
		return
	}
	n := shared(b.text, p.text)
	if n < len(b.text) { // they part within the piece
		rest := &branch{text: b.text[n:], tree: b.tree, ends: b.ends, word: b.word, free: b.free}
		*b = branch{text: b.text[:n], tree: tree{map[byte]*branch{rest.text[0]: rest}}, free: b.free}
	}
	b.free = b.free || !p.word
	switch {
	case n < len(p.text):
		b.plant(pattern{p.text[n:], p.word})
	case b.ends:
		b.word = b.word && p.word
	default:
		b.ends, b.word = true, p.word
	}
}

// telling is how many bytes of a longer secret say as much as all of it. It bounds what is
// compared at each place of a text in vain.
const telling = 256

// match returns how long the secret is that begins at i, 0 when none does. Of lines put together,
// what has to stand alone is not looked for: it never was one.
func (t *tree) match(text string, i int, together bool) (longest int) {
	at, free := i, 0
	for at < len(text) {
		b := t.children[text[at]]
		if b == nil {
			break
		}
		n := shared(b.text, text[at:])
		if at += n; b.free {
			free = at - i
		}
		if n < len(b.text) {
			break
		}
		if b.ends && !(b.word && (together || !alone(text, i, at))) {
			longest = at - i
		}
		t = &b.tree
	}
	if free >= telling || free >= embedded && clipped(text[i+free:]) {
		return free
	}
	return longest
}
