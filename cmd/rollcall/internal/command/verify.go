package command

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"rollcall/conformance/certificate"
	"rollcall/reports"
	"rollcall/specs/userfile"
)

func newVerify(s Streams) *cobra.Command {
	keyFile, own := "", ""
	c := &cobra.Command{
		Use:   "verify BUNDLE",
		Short: "Check a certificate, and recompute its verdicts, offline",
		Long: "Checks signature, digests and expiry of a bundle that `rollcall certify` has written, that its account is\n" +
			"that of the catalogue, and recomputes every verdict that its exchanges allow. Exit 0 means that the certificate\n" +
			"says what its exchanges show, not that the target is conformant: read the verdict. Exit 5 means that a MUST\n" +
			"passes by the word of whoever made it alone, since secrets were cut out of the answers that it rests on.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runVerify(c.Context(), s, args[0], keyFile, own) },
	}
	c.Flags().StringVar(&keyFile, "key", "",
		"public Ed25519 key in PEM of whom you trust; without it the bundle vouches for itself")
	ownFlag(c.Flags(), &own)
	return c
}

func runVerify(ctx context.Context, s Streams, path, keyFile, own string) error {
	var key ed25519.PublicKey
	if keyFile != "" {
		text, err := userfile.Read(ctx, keyFile, mostConfig)
		if err != nil {
			return exit(ExitUsage, "--key: %w", err)
		}
		if key, err = certificate.PublicKey(text); err != nil {
			return exit(ExitUsage, "--key %s: %w", keyFile, err)
		}
	}
	bundle, err := userfile.Read(ctx, path, mostBundle)
	if err != nil {
		return exit(ExitUsage, "%w", err)
	}
	v, err := certificate.Verify(ctx, bundle, certificate.Trust{Key: key, Contract: own}, time.Now())
	if err != nil {
		return exit(ExitUsage, "%s: %w", path, err)
	}
	fmt.Fprint(s.Out, told(path, v))
	switch {
	case len(v.Findings) > 0:
		return &Exit{Code: ExitFindings}
	case len(v.OnTrust) > 0:
		return &Exit{Code: ExitInconclusive}
	}
	return nil
}

// inLines are ids, all of them, in lines of a terminal.
func inLines(ids []string) string {
	const width = 100
	var out strings.Builder
	for line := "  "; len(ids) > 0; line = "  " {
		for len(ids) > 0 && (line == "  " || len(line)+len(ids[0]) < width) {
			line, ids = line+" "+reports.Printable(ids[0]), ids[1:]
		}
		out.WriteString(line[1:] + "\n")
	}
	return out.String()
}

// told is what a person is told of a bundle: at most a screen, and every verdict that was not recomputed.
func told(path string, v *certificate.Verified) string {
	var out strings.Builder
	line := func(format string, args ...any) { out.WriteString(short(fmt.Sprintf(format, args...)) + "\n") }
	if len(v.Findings) > 0 {
		line("NOT VERIFIED: %s", path)
		for _, f := range firstFew(each(v.Findings, certificate.Finding.String)) {
			line("  %s", f)
		}
	} else if len(v.OnTrust) > 0 {
		line("VERIFIED IN PART: %s", path)
		line("by the word of whoever made it alone, %d of its MUSTs pass: secrets were cut out of what they rest on",
			len(v.OnTrust))
		out.WriteString(inLines(v.OnTrust))
	} else {
		line("VERIFIED: %s", path)
	}
	if says := v.Says; says.Contract != "" {
		line("subject   %s, by the contract %s", v.Subject, says.Contract)
		line("verdict   %s", says.Headline)
		line("level     %s; scope: %s", says.Level, says.Scope)
		line("holds     from %s to %s; run of %s", says.Issued.Format(time.DateOnly), says.Expires.Format(time.DateOnly),
			says.Ended.Format(time.DateOnly))
		line("waivers   %s", orNone(each(says.Waivers, waived)))
		line("undecided %s", orNone(each(says.Undetermined,
			func(o certificate.Open) string { return o.Requirement + ": " + o.Text })))
	}
	if v.Vouched {
		line("signed by %s, the key you gave", v.KeyID)
	} else {
		line("SIGNED BY %s, WHICH NOBODY VOUCHED FOR: give the key of whom you trust with --key", v.KeyID)
	}
	if v.All > 0 {
		line("%d of %d verdicts recomputed from %d exchanges", v.Recomputed, v.All, v.Exchanges)
		if len(v.Not) > 0 {
			line("%d can't be, since secrets were cut out of what they rest on:", len(v.Not))
			out.WriteString(inLines(v.Not))
		}
	} else {
		line("no verdict was recomputed")
	}
	return out.String()
}

func waived(w certificate.Waiver) string {
	return fmt.Sprintf("%s by %s until %s: %s", w.Requirement, w.Owner, w.Expires, w.Reason)
}

func each[T any](items []T, say func(T) string) (texts []string) {
	for _, item := range items {
		texts = append(texts, say(item))
	}
	return texts
}

func orNone(items []string) string {
	if len(items) == 0 {
		return "none"
	}
	return strings.Join(firstFew(items), "; ")
}

// short keeps a line of what others wrote a line, and fit for a terminal.
func short(text string) string {
	const most = 400
	text = reports.Printable(strings.ReplaceAll(text, "\n", " "))
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
