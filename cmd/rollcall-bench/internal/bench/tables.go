package bench

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// halfLoad is the longest title of a table.
const halfLoad = "HALF LOAD, BY ITS OWN CLIENT"

// printFigures prints a table for each client, the quoted one first, then what an answer costs
// and what half the load does.
func printFigures(w io.Writer, figures []figure, o *options) error {
	fmt.Fprintf(w, "%d rounds of %.6g s, for wrk whole seconds, %d connections, %s data; medians (lowest to highest); "+
		"times in µs.\n", o.rounds, o.seconds, o.connections, o.size)
	fmt.Fprintln(w, "BARE is net/http with Go's defaults, ALIKE the same with the mock's settings; FLOOR has those, too,\n"+
		"and checks bodies, keeps them and writes bytes that it has.")
	p := &printer{out: w, width: len(halfLoad), table: tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	for _, f := range figures {
		p.width = max(p.width, len(f.Name))
	}
	for i := range figures[0].Full {
		p.full(figures, i)
	}
	p.costs(figures)
	p.half(figures)
	return p.failed
}

// full prints what client i has measured.
func (p *printer) full(figures []figure, i int) {
	title := "BY " + strings.ToUpper(figures[0].Full[i].Client)
	if i == 0 {
		title += ", QUOTED"
	}
	p.head(title, "MOCK TO BARE", "MOCK TO ALIKE", "FLOOR TO BARE", "MOCK/S", "FLOOR/S", "BARE/S", "ALIKE/S", "P50", "P99",
		"BARE P50", "P99")
	for _, f := range figures {
		m := f.Full[i]
		mock, bare := m.Of["mock"], m.Of["bare"]
		p.row(f.Name, m.Ratio, m.Alike, m.Floor, mock.PerSecond, m.Of["floor"].PerSecond, bare.PerSecond, m.Of["alike"].PerSecond,
			mock.P50, mock.P99, bare.P50, bare.P99)
	}
	p.flush()
}

// costs prints what an answer costs each server, of the quoted client's rounds. Processor time
// depends less on what else the machine does than a rate, so that its ratio is told as well.
func (p *printer) costs(figures []figure) {
	p.head("PER ANSWER", "BARE TO MOCK", "FLOOR", "PROCESSOR", "FLOOR", "BARE", "ALIKE", "ALLOCATIONS", "FLOOR", "BARE", "BYTES",
		"RESIDENT MiB")
	for _, f := range figures {
		of := f.Full[0].Of
		share := func(name string) string {
			if of[name].Processor == 0 { // the system does not tell it
				return ""
			}
			return fmt.Sprintf("%.2f", of["bare"].Processor/of[name].Processor)
		}
		tenths := func(name string) string { return fmt.Sprintf("%.1f", of[name].Processor) }
		p.row(f.Name, share("mock"), share("floor"), tenths("mock"), tenths("floor"), tenths("bare"), tenths("alike"),
			of["mock"].Allocations, of["floor"].Allocations, of["bare"].Allocations, f.Bytes, f.MemoryKiB/1024)
	}
	p.flush()
}

func (p *printer) half(figures []figure) {
	p.head(halfLoad, "P99 TO BARE", "P50", "P99", "P99.9", "BARE P50", "P99", "P99.9")
	for _, f := range figures {
		h := f.Half
		p.row(f.Name, h.Ratio, h.Mock.P50, h.Mock.P99, h.Mock.P999, h.Bare.P50, h.Bare.P99, h.Bare.P999)
	}
	p.flush()
}

// printer prints tables whose first columns are as wide, so that they are one picture.
type printer struct {
	out    io.Writer
	width  int
	table  *tabwriter.Writer
	failed error
}

// head begins a table.
func (p *printer) head(title string, columns ...string) {
	fmt.Fprintln(p.out)
	fmt.Fprintf(p.table, "%-*s\t%s\n", p.width, title, strings.Join(columns, "\t"))
}

// row adds a row, numbers without a fraction.
func (p *printer) row(name string, cells ...any) {
	fmt.Fprintf(p.table, "%-*s", p.width, name)
	for _, c := range cells {
		if v, ok := c.(float64); ok {
			c = fmt.Sprintf("%.0f", v)
		}
		fmt.Fprintf(p.table, "\t%v", c)
	}
	fmt.Fprintln(p.table)
}

// flush ends a table.
func (p *printer) flush() { p.failed = errors.Join(p.failed, p.table.Flush()) }
