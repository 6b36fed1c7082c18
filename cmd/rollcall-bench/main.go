// Command rollcall-bench measures the mock of rollcall beside a bare net/http
// server that writes the same bytes.
package main

import (
	"os"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/bench"
)

func main() { os.Exit(bench.Main(os.Args[1:], cli.System())) }
