package bench

import (
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
	fmt.Fprintf(w, "%d rounds of %.6g s, for wrk whole seconds, %d connections, %s data; medians (lowest to highest); times in µs.\n"+
		"BARE is net/http with Go's defaults, ALIKE the same with the mock's settings, FLOOR checks bodies, keeps them and writes\n"+
		"bytes that it has, with those settings too.\n",
		o.rounds, o.seconds, o.connections, o.size)
	width := len(halfLoad)
	for _, f := range figures {
		width = max(width, len(f.Name))
	}
	p := printer{w, width, tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	for i, m := range figures[0].Full {
		title := "BY " + strings.ToUpper(m.Client)
		if i == 0 {
			title += ", QUOTED"
		}
		rows := p.head(title, "MOCK TO BARE", "MOCK TO ALIKE", "FLOOR TO BARE", "MOCK/S", "FLOOR/S", "BARE/S", "ALIKE/S", "P50", "P99",
			"BARE P50", "P99")
		for _, f := range figures {
			m := f.Full[i]
			mock, bare := m.Of["mock"], m.Of["bare"]
			rows(f.Name, m.Ratio, m.Alike, m.Floor, mock.PerSecond, m.Of["floor"].PerSecond, bare.PerSecond, m.Of["alike"].PerSecond,
				mock.P50, mock.P99, bare.P50, bare.P99)
		}
		if err := p.table.Flush(); err != nil {
			return err
		}
	}
	p.costs(figures)
	if err := p.table.Flush(); err != nil {
		return err
	}
	rows := p.head(halfLoad, "P99 TO BARE", "P50", "P99", "P99.9", "BARE P50", "P99", "P99.9")
	for _, f := range figures {
		h := f.Half
		rows(f.Name, h.Ratio, h.Mock.P50, h.Mock.P99, h.Mock.P999, h.Bare.P50, h.Bare.P99, h.Bare.P999)
	}
	return p.table.Flush()
}

// costs prints what an answer costs each server, of the quoted client's rounds. Processor time
// depends less on what else the machine does than a rate, so that its ratio is told as well.
func (p *printer) costs(figures []figure) {
	rows := p.head("PER ANSWER", "BARE TO MOCK", "FLOOR", "PROCESSOR", "FLOOR", "BARE", "ALIKE", "ALLOCATIONS", "FLOOR", "BARE", "BYTES", "RESIDENT MiB")
	for _, f := range figures {
		of := f.Full[0].Of
		tenths := func(name string) string { return fmt.Sprintf("%.1f", of[name].Processor) }
		share := func(name string) string { return fmt.Sprintf("%.2f", of["bare"].Processor/of[name].Processor) }
		rows(f.Name, share("mock"), share("floor"), tenths("mock"), tenths("floor"), tenths("bare"), tenths("alike"), of["mock"].Allocations, of["floor"].Allocations,
			of["bare"].Allocations, f.Bytes, f.MemoryKiB/1024)
	}
}

// printer prints tables whose first columns are as wide, so that they are one picture.
type printer struct {
	out   io.Writer
	width int
	table *tabwriter.Writer
}

// head begins a table and gives what adds its rows.
func (p *printer) head(title string, columns ...string) func(name string, cells ...any) {
	fmt.Fprintln(p.out)
	pad := func(s string) string { return s + strings.Repeat(" ", max(0, p.width-len(s))) }
	fmt.Fprintln(p.table, pad(title)+"\t"+strings.Join(columns, "\t"))
	return func(name string, cells ...any) {
		fmt.Fprint(p.table, pad(name))
		for _, c := range cells {
			if v, ok := c.(float64); ok {
				c = fmt.Sprintf("%.0f", v)
			}
			fmt.Fprintf(p.table, "\t%v", c)
		}
		fmt.Fprintln(p.table)
	}
}
