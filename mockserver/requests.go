package mockserver

import (
	"errors"
	"net/http"

	"rollcall/mockserver/internal/journal"
)

// Requests tells of the requests of a world that a filter takes.
func (c control) Requests(id string, f journal.Filter) ([]journal.Request, error) {
	u, err := c.find(id)
	if err != nil {
		return nil, err
	}
	return u.journal.Requests(c.teller(id), f), nil
}

// Listen tells of the requests of a world as they end, or of all worlds with "".
func (c control) Listen(id string) (*journal.Listener, error) {
	if id != "" {
		if _, err := c.find(id); err != nil {
			return nil, err
		}
	}
	if c.config.JournalSize < 1 {
		return nil, errors.New("this mock keeps no journal, and so tells of no request: start it without --no-request-journal")
	}
	return c.live.Listen(id, c.teller)
}

// Drain lets those go who listen to requests: the mock is to stop, and waits for no one who
// would stay for ever.
func (s *Server) Drain() { s.live.Close() }

// Forget empties the journal of a world.
func (c control) Forget(id string) error {
	u, err := c.find(id)
	if err != nil {
		return err
	}
	u.journal.Clear()
	return nil
}

// teller is made when the journal is read: nothing of it costs a request anything.
func (s *Server) teller(world string) journal.Teller {
	var callers []map[string]string
	for _, m := range s.mounts {
		for _, p := range s.Personas(m.name) {
			callers = append(callers, p.Headers)
		}
	}
	if token := s.config.AdminToken; token != "" {
		callers = append(callers, map[string]string{"Authorization": "Bearer " + token})
	}
	s.mu.RLock()
	callers = append(callers, s.minted.tokens(world)...)
	s.mu.RUnlock()
	return journal.Teller{World: world, Secrets: journal.NewSecrets(callers), Persona: s.personaOf}
}

// personaOf finds the persona that sends these headers, "" where it is none.
func (s *Server) personaOf(contract string, sent http.Header) string {
	for _, p := range s.Personas(contract) {
		same := len(p.Headers) > 0
		for name, value := range p.Headers {
			same = same && sent.Get(name) == value
		}
		if same {
			return p.Name
		}
	}
	return ""
}

// Places lists every operation that is served.
func (c control) Places() (all []journal.Place) {
	for _, m := range c.mounts {
		for _, op := range m.plan.Contract.Operations {
			all = append(all, journal.Place{Contract: m.name, Operation: op.ID, Method: op.Method, Path: op.Path,
				Prefix: m.prefix})
		}
	}
	return all
}
