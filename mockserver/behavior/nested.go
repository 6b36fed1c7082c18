package behavior

import "rollcall/mockserver/store"

// Nest puts the records of a resource under a record of another one, named by
// a parameter of the path.
type Nest struct {
	Resource string // of the parent
	Param    string // path parameter with the parent's id
	Field    string // member of a record that has the parent's id; private unless documented
	Index    string // index whose keys begin with the parent's id
	Parents  Denies // there is no such parent
	Items    Denies // a record under another parent is not found
	Lists    By     // lists hold the parent's records only
	Feeds    bool   // the parent's derived members depend on these records
}

// Wrap says what a single record is wrapped into.
type Wrap struct {
	Member string // "" means it is the body itself
	By     By     // asks for the wrapper; omitted, the record comes bare
	Bare   By     // asks that there is none; omitted, it is wrapped into "data"
	Loose  string // the variant that wraps it into "data"
}

// Trash keeps deleted records, hidden.
type Trash struct {
	Field  string // private member with the time of the deletion; "" means there is no trash
	Items  Denies // a deleted record is not found
	Twice  Denies // nor by another deletion
	Param  string // query parameter that shows them in lists
	Hidden By     // lists hide them
}

// Keep names members that a client may send and that stay the server's.
type Keep struct {
	Members []string
	By      By
}

// Prepare turns the members sent into members stored, before the record is
// built: what it returns wins over what was sent. Before is nil on create.
type Prepare func(c *Call, before *store.Record, sent map[string]string) map[string]string

// Filter is a query parameter that keeps some records of a list.
type Filter struct {
	Param string
	By    By // asks for it; omitted, the parameter is not looked at
	Keep  Keeper
}

// Keeper reads the value of a filter, once for a list, and gives what it asks of
// each record.
type Keeper func(c *Call, value string) func(rec *store.Record) bool

// Tick brings records up to date whose derived members depend on the date.
type Tick struct {
	Resource string
	Index    string                     // in order of the day on which something changes
	Due      func(*store.Record) string // that day, 2006-01-02
}

// Paging is how a list is cut into pages.
type Paging struct {
	Default, Max int
	Page, Limit  string // query parameters
	Limited      By     // the page size can be asked for
	Beyond       By     // a page after the last is empty; omitted, it is the last one again
	Below        By     // a page before the first counts as the first; omitted, it fails
	Links        By     // next and previous only where there is such a page
	Follow       By     // links keep the other parameters
	Counts       By     // the total counts what matches; omitted, what is on the page
}
