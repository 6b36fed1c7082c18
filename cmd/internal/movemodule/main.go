// Command movemodule gives the module another path: in go.mod, in every import
// and in every text that names a package of it.
//
//	go run ./cmd/internal/movemodule host/owner/rollcall
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "movemodule: give the new path of the module, as in host/owner/rollcall")
		os.Exit(2)
	}
	changed, err := move(".", os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "movemodule: %v\n", err)
		os.Exit(2)
	}
	fmt.Printf("the module is %s now; %d files were changed\n", os.Args[1], changed)
}
