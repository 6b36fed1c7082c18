package mockserver

import (
	"os"
	"strconv"
	"testing"
	"time"
	"runtime"

	"rollcall/fixtures"
	"rollcall/mockserver/store"
)

func TestZZScale(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("ZZ"))
	if n == 0 {
		t.Skip()
	}
	c := loadContract(t, "volunteers")
	_ = c
	d, _ := fixtures.Generate("volunteers", 1, fixtures.Size(n))
	t0 := time.Now()
	rows, bytes := map[string]int{}, map[string]int{}
	for r := range d.Rows {
		rows[r.Table]++
		bytes[r.Table] += len(r.Body) + len(r.Private)
	}
	t.Log("generate only", time.Since(t0), rows, bytes)
	p, _ := Plan(c)
	schema, _ := store.NewSchema(p.Tables)
	for _, tb := range p.Tables {
		for _, x := range tb.Indexes {
			t.Log(tb.Name, x.Name)
		}
	}
	w := store.New(schema)
	t0 = time.Now()
	load(w, schema, d)
	t.Log("load", time.Since(t0))
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Log("heap", m.HeapAlloc>>20)
	runtime.KeepAlive(w)
}
