// Package declared makes the table of a contract that comes with a behavior: what a user
// wrote in behavior.yaml, and what was inferred from the document.
//
// It is no API: it serves the packages beside it, and may change with any version.
package declared

import (
	"rollcall/fixtures"
	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"
)

// table is one contract on its way to a table.
type table struct {
	*contract.Contract
	of    *contract.Behavior
	maker *fixtures.Maker // of members that nobody sent
}

// API gives the table of a contract that has a behavior.
func API(c *contract.Contract) behavior.API {
	t := &table{Contract: c, of: c.Behavior, maker: fixtures.NewMaker(c, 1)}
	return behavior.API{
		Contract:     c.Name,
		Data:         fixtures.Brought(c),
		Stages:       []behavior.Stage{behavior.Route, behavior.Authenticate, behavior.Authorize, behavior.Validate},
		Resources:    t.resources(),
		Operations:   t.operations(),
		Rules:        t.rules(),
		Enforces:     t.enforces(),
		Breaks:       t.breaks(),
		Never:        t.never(),
		Excused:      t.excused,
		Authenticate: t.authenticate,
		Guest:        guest,
		Authorize:    t.authorize,
		Invalid:      t.invalid,
		Render:       t.render,
	}
}

// on gives the id of the requirement that what is said of a resource brings, "" where it brings none.
func (t *table) on(r *contract.Resource, what string) string {
	if q := t.RowOn(r.Name, what); q != nil {
		return q.ID
	}
	return ""
}

// row gives the id of the requirement that a verb brings to an operation, "" where it brings none.
func (t *table) row(operation, what string) string {
	if q := t.RowOf(operation, what); q != nil {
		return q.ID
	}
	return ""
}
