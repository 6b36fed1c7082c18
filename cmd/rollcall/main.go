// Command rollcall serves API contracts as a stateful mock and judges any
// implementation of them.
package main

import (
	"os"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall/internal/command"
)

func main() { os.Exit(command.Main(os.Args[1:], cli.System())) }
