package command

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rollcall/conformance/suite"
)

// FuzzTargetFile reads any target file: what is wrong with it is said with the exit code
// of wrong usage, and what is taken has somebody who may call.
func FuzzTargetFile(f *testing.F) {
	for _, s := range []string{
		"", "url: http://127.0.0.1:1\npersonas:\n  default:\n    headers: {Authorization: Bearer x}\n",
		"personas: {default: {headers: {X: $HOME}}}", "personas: {default: {headers: {X: '${'}}}",
		"personas: {default: {headers: {X: $}}}", "{\"url\":\"http://a\",\"personas\":{\"default\":null}}", "a: &a [*a]",
		"personas: &p {default: *p}", "waivers: [{requirement: A-1, expires: 2026-02-30}]",
		"url: [", "rate: -1", "worldHeaders: {A: ${B}}", "paths: {a: GET /}", "---\n---\n", "\xff\xfe", "!!binary x",
		"given: {a: 1e999}", "personas: {default: {headers: {? [a] : b}}}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := filepath.Join(t.TempDir(), "target.yaml")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		target, err := readTarget(t.Context(), file, os.LookupEnv)
		if err != nil {
			if code, ok := errors.AsType[*Exit](err); !ok || code.Code != ExitUsage || code.Error() == "" {
				t.Errorf("%v does not exit with %d and a word", err, ExitUsage)
			}
			return
		}
		if !target.Has(suite.DefaultPersona) {
			t.Error("nobody may call")
		}
	})
}
