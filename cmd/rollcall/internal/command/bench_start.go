package command

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// begun is how long a server took from its start to its first answer.
type begun struct {
	Name  string  `json:"name"`
	Took  float64 `json:"ms"`
	Ratio float64 `json:"ratio_to_bare"`
}

// starts measures the mock with every contract, with one, and the bare server.
func (b *bencher) starts(ctx context.Context) ([]begun, error) {
	loaded, _, _ := strings.Cut(b.scenarios[0].name, " ") // a contract that has loads
	small := []string{"mock", "--port", "0", "--size", "small"}
	kinds := []struct {
		name, contract string
		args           []string
	}{
		{"bare", "", []string{"bench", "bare", "--answers", b.answers}},
		{"mock, one contract", loaded, append(small, loaded)},
		{"mock, all contracts", loaded, small},
	}
	took := make([][]float64, len(kinds))
	for round := range max(b.rounds, 3) {
		for i, k := range kinds {
			one, err := b.startOnce(ctx, strconv.Itoa(round)+"-"+strconv.Itoa(i), k.contract, k.args)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", k.name, err)
			}
			took[i] = append(took[i], float64(one.Microseconds())/1000)
		}
	}
	var all []begun
	for i, k := range kinds {
		all = append(all, begun{k.name, median(took[i]), median(took[i]) / median(took[0])})
	}
	return all, nil
}

// startOnce gives the time from the start of the process until its answer to the
// first load of a contract has come; of the bare server, any answer.
func (b *bencher) startOnce(ctx context.Context, name, contract string, args []string) (time.Duration, error) {
	began := time.Now()
	p, err := b.launch(ctx, name, args)
	defer p.stop()
	if err != nil {
		return 0, err
	}
	base := "http://" + p.address
	if contract == "" {
		res, err := http.Get(base)
		if err != nil {
			return 0, err
		}
		return time.Since(began), res.Body.Close()
	}
	t, err := describe(ctx, contract, base, nil)
	if err != nil {
		return 0, err
	}
	first := scenariosOf(contract, t)[0]
	err = first.record(base)
	return time.Since(began), err
}

func printStarts(w io.Writer, all []begun) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "START TO FIRST ANSWER\tMS\tRATIO TO BARE")
	for _, s := range all {
		fmt.Fprintf(t, "%s\t%.1f\t%.1f\n", s.Name, s.Took, s.Ratio)
	}
	return t.Flush()
}
