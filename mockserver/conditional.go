package mockserver

import (
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"

	"rollcall/mockserver/behavior"
	"rollcall/specs/contract"
)

// single tells whether what an operation reads is one record: its path ends with a parameter.
func single(op *contract.Operation) bool {
	return op.Method == http.MethodGet && strings.HasSuffix(op.Path, "}")
}

// tagOf is the version of a representation, never 0. Bytes that are equal have one version
// in every mock, whenever it runs.
func tagOf(body []byte) uint64 {
	return max(1, uint64(crc32.ChecksumIEEE(body))<<32|uint64(crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli))))
}

// appendTag writes a version as a strong entity tag (RFC 9110, 8.8.3).
func appendTag(to []byte, tag uint64) []byte {
	return append(strconv.AppendUint(append(to, '"'), tag, 16), '"')
}

// matches tells whether a list of entity tags, or *, has a version in it. A weak tag is none
// of a strong comparison; a compressed answer has the tag of its content with an ending.
func matches(lines []string, tag uint64, weak bool) bool {
	own := string(appendTag(nil, tag))
	for one := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		one = strings.TrimSpace(one)
		if weak {
			one = strings.TrimPrefix(one, "W/")
		}
		if strings.HasSuffix(one, tagOfGzip+`"`) {
			one = strings.TrimSuffix(one, tagOfGzip+`"`) + `"`
		}
		if one == "*" || one == own {
			return true
		}
	}
	return false
}

// tagged gives a record its version, or says that the caller has it already (RFC 9110, 13.1.2).
func tagged(q *http.Request, a behavior.Answer) behavior.Answer {
	if !a.Single {
		return a
	}
	a.Tag = tagOf(a.Body)
	if known := q.Header["If-None-Match"]; known != nil && matches(known, a.Tag, true) {
		a.Status, a.Body, a.ContentType = http.StatusNotModified, nil, ""
	}
	return a
}

// unchanged is the condition under which a call writes (RFC 9110, 13.1.1): the record is
// still what the caller has seen. Nil: there is none.
func (c call) unchanged() func(*behavior.CompiledOperation, behavior.Answer) bool {
	wanted := c.http.Header["If-Match"]
	if wanted == nil {
		return nil
	}
	return func(read *behavior.CompiledOperation, a behavior.Answer) bool {
		return matches(wanted, tagOf(c.rewritten(read, a).Body), false)
	}
}
