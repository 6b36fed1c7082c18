// Command rooms lists the packages of the contracts, so that the mock and the suite know
// them: mockserver/apis.go and conformance/apis.go name every folder of specs/ that has a
// package mockserver/api/<contract>, and conformance/api/<contract>.
//
//	go run ./cmd/internal/rooms
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

func main() {
	lists, err := render(os.DirFS("."))
	if err == nil {
		err = write(".", lists)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "rooms: %v\n", err)
		os.Exit(2)
	}
}

// write writes the lists that are not what they should be below the root, and says so.
func write(root string, lists map[string][]byte) error {
	for name, want := range lists {
		file := filepath.Join(root, filepath.FromSlash(name))
		if have, err := os.ReadFile(file); err == nil && slices.Equal(have, want) {
			continue
		}
		if err := os.WriteFile(file, want, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s lists other packages than before\n", name)
	}
	return nil
}
