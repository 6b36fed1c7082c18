package command

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
)

// provenance is what a program was made from: whoever compares two runs needs it all.
type provenance struct {
	cli.Build
	Contracts []contractDigest `json:"contracts"`
}

type contractDigest struct {
	Contract string `json:"contract"`
	Digest   string `json:"digest"` // "sha256:…", as in the run file
}

func newVersion(s Streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the version, its commit and date, and the digest of each contract",
		Example: "  rollcall version\n  rollcall version --json",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			contracts, err := loadAll(nil)
			if err != nil {
				return err
			}
			p := provenance{Build: cli.ReadBuild()}
			for _, c := range contracts {
				p.Contracts = append(p.Contracts, contractDigest{c.Name, c.Digest})
			}
			return p.print(s.Out, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (p provenance) print(w io.Writer, asJSON bool) error {
	if asJSON {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(p)
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintf(t, "rollcall\t%s\ncommit\t%s\ndate\t%s\nbuilt with\t%s for %s\n", p.Version, cmp.Or(p.Commit, "unknown"),
		cmp.Or(p.Date, "unknown"), p.Go, p.Platform)
	for _, c := range p.Contracts {
		fmt.Fprintf(t, "%s\t%s\n", c.Contract, c.Digest)
	}
	return t.Flush()
}
