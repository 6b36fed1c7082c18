package command

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/mockserver"
	"rollcall/specs/contract"
)

type tokenOptions struct {
	persona string
	seed    uint64
	header  bool
	target  targetOptions // of a running mock; without a url, of one that would be started
}

func newToken(s Streams) *cobra.Command {
	o := &tokenOptions{}
	c := &cobra.Command{
		Use:   "token <contract>",
		Short: "Print a persona's credential of a mock of that seed, or of a running one",
		Long: "Prints the token or key with which a persona calls a mock of that seed: TOKEN=$(rollcall token " +
			"identity --as default).\n" +
			"With --target it asks a running mock. The ready line of `rollcall mock` lists the personas.",
		Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			credentials, err := o.credentials(command.Context(), c)
			if err != nil {
				return err
			}
			var out lines
			for _, one := range credentials {
				out.add("%s", one)
			}
			return out.write(s.Out)
		},
	}
	f := c.Flags()
	f.StringVar(&o.persona, "as", "default", "the persona")
	seedFlag(f, &o.seed, 1, "seed of the mock's data")
	f.BoolVar(&o.header, "header", false, "print whole headers, one a line, as curl -H takes them")
	f.StringVar(&o.target.url, "target", "", "URL of a running mock to ask; without it the credential follows from the seed")
	f.StringVar(&o.target.token, "admin-token", "", "token of that mock's control API, when it asks for one")
	return c
}

// personas gives the headers of every persona, by name. The size of the data makes
// no difference to them.
func (o *tokenOptions) personas(ctx context.Context, c *contract.Contract) (map[string]map[string]string, error) {
	all := map[string]map[string]string{}
	if o.target.url != "" {
		t, err := o.target.resolve(ctx, c)
		for name, p := range t.Personas {
			all[name] = p.Headers
		}
		return all, err
	}
	server, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{c}, Seed: o.seed, Size: 1})
	if err != nil {
		return nil, exit(ExitUsage, "%w", err)
	}
	for _, p := range server.Personas(c.Name) {
		all[p.Name] = p.Headers
	}
	return all, nil
}

// credentials gives the persona's headers, or only what they hold after the
// scheme.
func (o *tokenOptions) credentials(ctx context.Context, c *contract.Contract) ([]string, error) {
	all, err := o.personas(ctx, c)
	if err != nil {
		return nil, err
	}
	headers, ok := all[o.persona]
	if !ok {
		names := slices.Sorted(maps.Keys(all))
		return nil, exit(ExitUsage, "%s has no persona %q; there are %s", c.Name, o.persona, strings.Join(names, ", "))
	}
	var lines []string
	for name, value := range headers {
		if o.header {
			lines = append(lines, name+": "+value)
		} else {
			lines = append(lines, value[strings.LastIndexByte(value, ' ')+1:])
		}
	}
	slices.Sort(lines)
	return lines, nil
}
