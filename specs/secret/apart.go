package secret

import (
	"net/http"
	"slices"
	"strings"
)

// dividers are the signs at which whoever reads an address, a header or a list takes it apart.
const dividers = "/?#&=;,|+ "

// Apart takes the parts of each secret that an answer sends back with a sign in it at which a reader
// divides: an id is cut out of an address, a value out of a query, and none of them is the whole any more.
func (k *Keeper) Apart(header http.Header, body []byte) {
	divided := k.divided()
	if len(divided) == 0 {
		return
	}
	texts := readings(string(body))
	for _, values := range header {
		for _, text := range values {
			texts = append(texts, readings(text)...)
		}
	}
	for _, value := range divided {
		small := lower(value)
		if !slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, small) }) {
			continue
		}
		for _, piece := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(dividers, r) }) {
			k.long(piece)
		}
	}
}

// divided lists the secrets that have parts. A target hands out no end of them, so that some are enough.
func (k *Keeper) divided() (some []string) {
	const most = 200
	if k == nil {
		return nil
	}
	k.mutex.RLock()
	defer k.mutex.RUnlock()
	return slices.Clone(k.parted[:min(len(k.parted), most)])
}

// readings are a text in small letters, as it stands and with its escapes undone.
func readings(text string) []string {
	all := []string{lower(text)}
	for range deepest {
		plain, places := unescape(text)
		if places == nil {
			break
		}
		text = plain
		all = append(all, lower(text))
	}
	return all
}
