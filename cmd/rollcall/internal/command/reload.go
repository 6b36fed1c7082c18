package command

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"rollcall/mockserver"
	"rollcall/specs/contract"
)

// How often the files of brought contracts are looked at. A change is taken up when it has
// stood for one look, so that an editor has written all of it.
const lookEvery = 500 * time.Millisecond

// reloader reads contracts anew when their files change.
type reloader struct {
	streams Streams
	server  *mockserver.Server
	names   []string
	files   []string
	had     []mark // when they were read
}

// mark is what tells that a file has been written: the zero one is that of a file that is not there.
type mark struct {
	size int64
	at   time.Time
}

// brings tells whether a contract is brought, and so may change while it is served.
func brings(contracts []*contract.Contract) bool {
	return slices.ContainsFunc(contracts, func(c *contract.Contract) bool { return len(c.Files) > 0 })
}

func filesOf(contracts []*contract.Contract) (files []string) {
	for _, c := range contracts {
		files = append(files, c.Files...)
	}
	return files
}

func marks(files []string) []mark {
	all := make([]mark, len(files))
	for i, f := range files {
		if info, err := os.Stat(f); err == nil {
			all[i] = mark{info.Size(), info.ModTime()}
		}
	}
	return all
}

// watch has a server read its contracts anew when their files change, if it may, until the context ends.
func watch(ctx context.Context, s Streams, server *mockserver.Server, names []string, contracts []*contract.Contract) {
	if files := filesOf(contracts); server.Reloads() {
		go (&reloader{streams: s, server: server, names: names, files: files, had: marks(files)}).watch(ctx)
	}
}

// watch looks until the context ends.
func (r *reloader) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	last := r.had
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := marks(r.files)
		settled := slices.Equal(now, last)
		last = now
		if settled && !slices.Equal(now, r.had) {
			r.had = now
			r.read()
			last = marks(r.files)
		}
	}
}

// read loads the contracts and has them served, or says why those of before stay in force.
func (r *reloader) read() {
	contracts, err := loadApart(r.names)
	if err == nil {
		err = r.server.Reload(contracts)
	} else {
		r.server.Refused(strings.Split(err.Error(), "\n")...)
	}
	if err != nil {
		fmt.Fprintf(fit(r.streams.Err), "not reloaded: what was served before stays in force\n%v\n", err)
		return
	}
	if files := filesOf(contracts); !slices.Equal(files, r.files) {
		r.files, r.had = files, marks(files)
	}
	for _, c := range contracts {
		fmt.Fprintf(fit(r.streams.Out), "reloaded: %s, %d operations; all records are kept\n", c.Name, len(c.Operations))
	}
	if n := r.server.Unfit(); n > 0 {
		fmt.Fprintf(r.streams.Out, "  %d records no longer fit the document; GET /__admin/plan names them\n", n)
	}
}
