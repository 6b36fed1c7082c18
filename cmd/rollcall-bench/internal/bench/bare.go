package bench

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall-bench/internal/floor"
	"rollcall/cmd/rollcall-bench/internal/load"
)

// bareOptions say what a server beside the mock is.
type bareOptions struct {
	answers, portFile string
	floor, likeMock   bool
	env               func(string) (string, bool)
}

// newBare is the process of such a server: it reads what to answer.
func newBare(s cli.Streams) *cobra.Command {
	o := &bareOptions{env: s.Env}
	c := &cobra.Command{
		Use: "bare", Hidden: true, Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return o.run(c.Context()) },
	}
	c.Flags().StringVar(&o.answers, "answers", "", "file of recorded answers")
	c.Flags().StringVar(&o.portFile, "port-file", "", "write the port here")
	c.Flags().BoolVar(&o.floor, "floor", false, "check bodies and keep them")
	c.Flags().BoolVar(&o.likeMock, "like-mock", false, "collect garbage and time out as the mock does")
	c.SetOut(s.Out)
	return c
}

func (o *bareOptions) run(ctx context.Context) error {
	raw, err := os.ReadFile(o.answers)
	if err != nil {
		return err
	}
	var answers []load.Recorded
	if err := json.Unmarshal(raw, &answers); err != nil {
		return err
	}
	handler := load.Bare(answers)
	if o.floor {
		if handler, err = floor.New(answers); err != nil {
			return err
		}
	}
	l, err := load.Listen()
	if err != nil {
		return err
	}
	if err := cli.WritePort(ctx, o.portFile, cli.Port(l)); err != nil {
		return err
	}
	return o.serve(ctx, l, handler)
}

// serve answers with Go's defaults for everything, or with the settings of the mock.
func (o *bareOptions) serve(ctx context.Context, l net.Listener, h http.Handler) error {
	if !o.likeMock {
		return http.Serve(l, h) // it is killed when it is no longer needed
	}
	if _, set := o.env("GOGC"); !set {
		debug.SetGCPercent(cli.SeldomPercent)
		weight := cli.Ballast()
		defer runtime.KeepAlive(weight)
	}
	return cli.Serve(ctx, l, h)
}
