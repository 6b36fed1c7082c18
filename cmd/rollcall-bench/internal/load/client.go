package load

import "sync/atomic"

// Client is a program that loads servers.
type Client struct {
	Name string
	Run  func(p Plan, serial *atomic.Int64) (Result, error)
}

// Own is the client of this package.
func Own() Client { return Client{"its own client", Run} }
