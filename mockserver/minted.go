package mockserver

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"rollcall/mockserver/admin"
	"rollcall/mockserver/durable"
)

// minted are credentials that stand for a persona in one world, for callers that can send
// no header of ours: what is sent tells who calls, and where. Whoever uses it holds the lock
// of the server.
type minted struct {
	by   map[string]mintedOne                   // by what follows the scheme
	have map[string]map[string]admin.Credential // by world, then by contract and persona: asking again makes no other
}

type mintedOne struct {
	world string
	own   string // the persona's own
}

// Credential gives the headers by which a persona calls in a world that no other header names.
func (c control) Credential(id, contract, persona string) (admin.Credential, error) {
	u, err := c.find(id)
	if err != nil {
		return admin.Credential{}, err
	}
	who, ok := c.Persona(contract, persona)
	switch {
	case !ok && len(c.Personas(contract)) == 0:
		return admin.Credential{}, fmt.Errorf("contract %.80q is not served here; %q are", contract, c.served())
	case !ok:
		var names []string
		for _, p := range c.Personas(contract) {
			names = append(names, p.Name)
		}
		return admin.Credential{}, fmt.Errorf("%s has no persona %.80q; it has %q", contract, persona, names)
	}
	if u.lasting != nil {
		return c.mintLasting(id, contract+" "+persona, who.Headers)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.minted.mint(id, contract+" "+persona, who.Headers), nil
}

// mintLasting is mint for worlds that last. All credentials are the default world's own: by
// them a request may find its world that names none.
func (c control) mintLasting(id, who string, headers map[string]string) (made admin.Credential, err error) {
	u, err := c.find(defaultWorld)
	if err != nil {
		return made, err
	}
	err = u.lasting.Do(func(d *durable.Draft) error {
		var have keptMinted
		if document := d.Own(ownMinted + id + " " + who); document != nil {
			made = have.read(document)
			return nil
		}
		var m minted
		made = m.mint(id, who, headers)
		d.Set(ownMinted+id+" "+who, encode(keptMinted{made, headers}))
		return nil
	})
	return made, unavailable(err)
}

// keptMinted is a credential as it is kept, with the headers of the persona.
type keptMinted struct {
	Made admin.Credential  `json:"made"`
	Own  map[string]string `json:"own"`
}

func (k *keptMinted) read(document []byte) admin.Credential {
	_ = json.Unmarshal(document, k) // it is ours
	return k.Made
}

// note follows the credentials that are kept; nil: those of all worlds are gone.
func (m *minted) note(who string, document []byte) {
	if who == "" {
		*m = minted{}
		return
	}
	if document == nil {
		return
	}
	var k keptMinted
	k.read(document)
	if m.by == nil {
		m.by, m.have = map[string]mintedOne{}, map[string]map[string]admin.Credential{}
	}
	for name, value := range k.Made.Headers {
		_, sent := cutScheme(value)
		_, own := cutScheme(k.Own[name])
		m.by[sent] = mintedOne{k.Made.World, own}
	}
	if m.have[k.Made.World] == nil {
		m.have[k.Made.World] = map[string]admin.Credential{}
	}
	m.have[k.Made.World][who] = k.Made
}

func (m *minted) mint(world, who string, headers map[string]string) admin.Credential {
	if made, ok := m.have[world][who]; ok {
		return made
	}
	if m.by == nil {
		m.by, m.have = map[string]mintedOne{}, map[string]map[string]admin.Credential{}
	}
	made := admin.Credential{World: world, Headers: map[string]string{}}
	for name, value := range headers {
		scheme, token := cutScheme(value)
		own := likewise(token)
		m.by[own] = mintedOne{world, token}
		made.Headers[name] = scheme + own
	}
	if m.have[world] == nil {
		m.have[world] = map[string]admin.Credential{}
	}
	m.have[world][who] = made
	return made
}

func cutScheme(value string) (scheme, token string) {
	at := strings.LastIndexByte(value, ' ') + 1
	return value[:at], value[at:]
}

// likewise makes a credential that looks like another one: up to the last dot or underscore it
// is the same, so that what a caller reads in a token is still there.
func likewise(token string) string {
	at := strings.LastIndexAny(token, "._") + 1
	random := make([]byte, max(len(token)-at+1, 32)/2)
	_, _ = rand.Read(random) // it never fails
	return token[:at] + hex.EncodeToString(random)
}

// selected gives the world that a minted credential is for, "" for none, and the request as
// the persona sends it.
func (m *minted) selected(q *http.Request) (world string, as *http.Request) {
	for name, values := range q.Header {
		for i, value := range values {
			scheme, token := cutScheme(value)
			one, ok := m.by[token]
			if !ok {
				continue
			}
			own := *q
			own.Header = q.Header.Clone()
			own.Header[name][i] = scheme + one.own
			return one.world, &own
		}
	}
	return "", q
}

// drop forgets the credentials of a world.
func (m *minted) drop(world string) {
	for _, made := range m.have[world] {
		for _, value := range made.Headers {
			_, token := cutScheme(value)
			delete(m.by, token)
		}
	}
	delete(m.have, world)
}

// tokens are what callers of a world may send that the journal does not tell.
func (m *minted) tokens(world string) (all []map[string]string) {
	for _, made := range m.have[world] {
		all = append(all, made.Headers)
	}
	return all
}
