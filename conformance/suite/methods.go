package suite

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"

	"rollcall/conformance/client"
	"rollcall/specs/contract"
)

// methods are those that operations turned out to have at the target, where the documents
// do not say which. The target's file goes before: see Target.Paths. It is safe for
// concurrent use.
type methods struct {
	mu    sync.Mutex
	found map[string]string // by operation id
}

// of returns the method that is known or presumed.
func (m *methods) of(op *contract.Operation) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if found, ok := m.found[op.ID]; ok {
		return found
	}
	return op.Method
}

// settled says whether the method of the operation is known.
func (m *methods) settled(op *contract.Operation) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, found := m.found[op.ID]
	return found
}

func (m *methods) settle(op *contract.Operation, method string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.found == nil {
		m.found = map[string]string{}
	}
	m.found[op.ID] = method
}

// do sends a request. Where the target does not know the method that the suite presumed,
// and the documents leave it open, the others are tried, and the first that the target
// knows is the operation's from then on.
func (s *session) do(ctx context.Context, request client.Request) *client.Exchange {
	op := request.Operation
	if op == nil || request.Method != "" || s.target.Paths[op.ID] != "" || len(op.OtherMethods) == 0 {
		return s.client.Do(ctx, request)
	}
	if method := s.methods.of(op); method != op.Method {
		return s.client.Do(ctx, by(request, method))
	}
	exchange := s.client.Do(ctx, request)
	switch {
	case s.methods.settled(op) || exchange.Err != nil:
	case exchange.Success():
		s.methods.settle(op, op.Method)
	case refusedMethod(exchange) || exchange.Status == http.StatusNotFound: // a router may not find a method either
		for _, method := range op.OtherMethods {
			other := s.client.Do(ctx, by(request, method))
			if other.Success() || exchange.Status != http.StatusNotFound && other.Err == nil && !refusedMethod(other) {
				s.methods.settle(op, method)
				return other
			}
		}
	}
	return exchange
}

// refusedMethod says whether an answer means that the path does not have the method.
func refusedMethod(e *client.Exchange) bool {
	return e.Status == http.StatusMethodNotAllowed || e.Status == http.StatusNotImplemented
}

// by is the request with another method. What a GET asks for in its query, others have in
// their body.
func by(request client.Request, method string) client.Request {
	request.Instead = method
	if request.Operation.Method == http.MethodGet && len(request.Query) > 0 && request.Body == nil {
		asked := map[string]any{}
		for name, values := range request.Query {
			asked[name] = values[0]
		}
		request.Header = request.Header.Clone()
		request.Header.Set("Content-Type", "application/json")
		request.Body, _ = json.Marshal(asked) // of texts always encodes
		request.Query = nil
	}
	return request
}
