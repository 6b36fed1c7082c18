package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/mockserver"
	"rollcall/specs/contract"
)

func newToken(s Streams) *cobra.Command {
	var persona string
	var seed uint64
	var header bool
	c := &cobra.Command{
		Use:   "token <contract>",
		Short: "Print a persona's credential of a mock of that seed",
		Long: "Prints the token or key with which a persona calls a mock of that seed: TOKEN=$(rollcall token identity --as default).\n" +
			"The ready line of `rollcall mock` lists the personas.",
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			lines, err := credentials(c, persona, seed, header)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(s.Out, strings.Join(lines, "\n"))
			return err
		},
	}
	f := c.Flags()
	f.StringVar(&persona, "as", "default", "the persona")
	f.Uint64Var(&seed, "seed", 1, "seed of the mock's data")
	f.BoolVar(&header, "header", false, "print whole headers, one a line, as curl -H takes them")
	return c
}

// credentials gives the persona's headers, or only what they hold after the
// scheme. The size of the data makes no difference to them.
func credentials(c *contract.Contract, persona string, seed uint64, header bool) ([]string, error) {
	server, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: seed, Size: 1})
	if err != nil {
		return nil, exit(ExitUsage, "%w", err)
	}
	p, ok := server.Persona(c.Name, persona)
	if !ok {
		var names []string
		for _, known := range server.Personas(c.Name) {
			names = append(names, known.Name)
		}
		return nil, exit(ExitUsage, "%s has no persona %q; there are %s", c.Name, persona, strings.Join(names, ", "))
	}
	var lines []string
	for name, value := range p.Headers {
		if header {
			lines = append(lines, name+": "+value)
		} else {
			lines = append(lines, value[strings.LastIndexByte(value, ' ')+1:])
		}
	}
	slices.Sort(lines)
	return lines, nil
}
