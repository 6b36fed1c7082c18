package command

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/cmd/internal/cli"
	"rollcall/conformance"
	"rollcall/conformance/suite"
	"rollcall/reports"
	"rollcall/specs/contract"
	"rollcall/specs/targetfile"
	"rollcall/specs/userfile"
)

// schemaFile is what the schema of target files is called beside one.
const schemaFile = "target.schema.json"

func newInit(s Streams) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "init [document]",
		Short: "Write a file, or the folder of a contract, to begin with",
		Long: "Makes a folder of an OpenAPI document: the document, and a behavior.yaml with what is inferred of it;\n" +
			"lines that are not sure are comments.",
		Args: cobra.MaximumNArgs(1),
		RunE: initContract(s, &out),
	}
	c.Flags().StringVar(&out, "out", "", "the folder; without it, it is called as the document")
	c.AddCommand(newInitTarget(s))
	return c
}

func newInitTarget(s Streams) *cobra.Command {
	out := "target.yaml"
	c := &cobra.Command{
		Use:   "target <contract>",
		Short: "Write a target file with every key and what it is for",
		Long: "Writes a target file for the contract, with every key explained, and beside it the JSON Schema\n" +
			"by which editors complete it. A file that is there already is left alone.",
		Args: oneContract,
		RunE: func(command *cobra.Command, args []string) error {
			c, err := loadOne(args[0])
			if err != nil {
				return err
			}
			api, err := conformance.API(c)
			if err != nil {
				return err
			}
			schema := filepath.Join(filepath.Dir(out), schemaFile)
			needs, err := wants(c, api)
			if err != nil {
				return err
			}
			if err := (places{}).contract(args...).write("--out", out).write("the schema beside it", schema).apart(); err != nil {
				return err
			}
			if err := writeNew(out, targetfile.Template(c.Name, schemaFile, needs)); err != nil {
				return err
			}
			if err := writeSchema(command.Context(), schema, targetfile.Schema()); err != nil {
				return errors.Join(err, os.Remove(out)) // it would be in the way of the next try
			}
			fmt.Fprintf(s.Out,
				"%s and %s are written. Fill in url and personas, then look with\n  rollcall doctor %s --config %s\n", out,
				schema, reports.ShellQuote(args[0]), reports.ShellQuote(out))
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", out, "where to write it")
	return c
}

// writeSchema puts the schema of a file beside it, for editors, where it is not there yet.
func writeSchema(ctx context.Context, path string, text []byte) error {
	if old, err := userfile.ReadKept(path, mostConfig); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return cli.WriteFile(ctx, path, text)
}

// writeNew writes a file that is not there yet.
func writeNew(path string, text []byte) error {
	err := cli.NewFile(path, text, 0o600)
	if errors.Is(err, os.ErrExist) {
		return exit(ExitUsage, "%s is there already; name another file with --out, or move it away", path)
	}
	return err
}

// wants are the personas and given members that the contract's cases ask for.
func wants(c *contract.Contract, api suite.API) (all targetfile.Needs, err error) {
	mock, err := rehearsal(c)
	if err != nil {
		return all, err
	}
	asked := map[string][]string{}
	for _, r := range c.Requirements {
		for _, need := range needs(r, api) {
			if !slices.Contains(asked[need], r.ID) {
				asked[need] = append(asked[need], r.ID)
			}
		}
	}
	given := maps.Clone(api.Given)
	if given == nil {
		given = map[string]string{}
	}
	for name := range mock.Given {
		given[name] = cmp.Or(given[name], "")
	}
	for _, need := range slices.Sorted(maps.Keys(asked)) {
		name, isGiven := strings.CutPrefix(need, "given:")
		_, isPersona := mock.Personas[name]
		switch {
		case name == "worlds":
		case isGiven || !isPersona:
			given[name] = saidFor(given[name], few(asked[need]))
		default:
			text := saidFor(api.Callers[name], few(asked[need]))
			for _, member := range slices.Sorted(maps.Keys(api.Info[name])) {
				text += "; info." + member + ": " + api.Info[name][member].Text
			}
			all.Personas = append(all.Personas, targetfile.Need{Name: name, Text: text})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		all.Given = append(all.Given, targetfile.Need{Name: name, Text: given[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(api.Readings)) {
		all.Readings = append(all.Readings, targetfile.Need{Name: name, Text: api.Readings[name].Text})
	}
	return all, nil
}

// saidFor is what something is, as far as that is said, and the requirements that it is for.
func saidFor(what, requirements string) string {
	if what == "" {
		return requirements
	}
	return what + " (" + requirements + ")"
}

// strange tells of what a target gives, and of callers it has, that no case asks for, or that are no others: it is
// misspelt, or of no use.
func strange(c *contract.Contract, api suite.API, t suite.Target) (found []string, err error) {
	all, err := wants(c, api)
	mock, failed := rehearsal(c) // a mock shows callers that only a person asks for
	personas := append(slices.Collect(maps.Keys(mock.Personas)), suite.DefaultPersona)
	add := func(key string, names iter.Seq[string], known []string) {
		for _, name := range slices.Sorted(names) {
			if slices.Contains(known, name) {
				continue
			}
			hint := "; `rollcall init target` lists what is asked for"
			if near := contract.Nearest(name, known); near != "" {
				hint = "; did you mean " + near + "?"
			}
			found = append(found, fmt.Sprintf("%s: no case asks for %q%s", t.At(key, name), name, hint))
		}
	}
	add("given", maps.Keys(t.Given), named(all.Given))
	add("personas", maps.Keys(t.Personas), append(named(all.Personas), personas...))
	return append(found, same(api, t)...), errors.Join(err, failed)
}

// same tells of callers who send what the default one sends: a case asks for another because it may less, or is somebody else.
// Who calls another API may well have the same credential there.
func same(api suite.API, t suite.Target) (found []string) {
	usual := t.Personas[suite.DefaultPersona]
	for _, name := range slices.Sorted(maps.Keys(t.Personas)) {
		one := t.Personas[name]
		_, elsewhere := api.Info[name]["url"]
		if name == suite.DefaultPersona || elsewhere || one.Token == nil && len(one.Headers) == 0 {
			continue
		}
		if reflect.DeepEqual(one.Headers, usual.Headers) && reflect.DeepEqual(one.Token, usual.Token) {
			found = append(found, fmt.Sprintf("%s: it sends what personas.%s sends, and is to be another caller",
				t.At("personas", name), suite.DefaultPersona))
		}
	}
	return found
}

func named(needs []targetfile.Need) []string {
	names := make([]string, len(needs))
	for i, need := range needs {
		names[i] = need.Name
	}
	return names
}

// few is a list of requirements that fits into a line.
func few(ids []string) string {
	const most = 4
	if len(ids) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(ids[:most], ", "), len(ids)-most)
	}
	return strings.Join(ids, ", ")
}
