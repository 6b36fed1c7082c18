package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/specs"
	"rollcall/specs/contract"
)

// completeContracts lets a shell offer the names of the contracts to each command whose
// usage says that it takes one.
func completeContracts(c *cobra.Command) {
	for _, sub := range c.Commands() {
		completeContracts(sub)
	}
	if c.ValidArgsFunction != nil || len(c.ValidArgs) > 0 || !strings.Contains(c.Use, "contract") {
		return
	}
	c.ValidArgsFunction = func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
		return slices.DeleteFunc(contract.Names(specs.FS), func(n string) bool { return slices.Contains(given, n) }),
			cobra.ShellCompDirectiveNoFileComp
	}
}
