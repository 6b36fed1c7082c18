// Package pgtest starts a PostgreSQL for tests. On Windows, where no test needs it, it is empty.
//
// It is no API: it serves the packages beside it, and may change with any version.
package pgtest
