package targetfile_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"rollcall/specs/targetfile"
)

func TestTemplate(t *testing.T) {
	text := targetfile.Template("council", "target.schema.json", targetfile.Needs{
		Personas: []targetfile.Need{{Name: "low-rights", Text: "may read and not write: COU-USER-08"}},
		Given:    []targetfile.Need{{Name: "emailDomain", Text: "of new addresses"}},
	})
	fmt.Println(string(text))
	_, err := targetfile.Parse(text, func(string) (string, bool) { return "x", true })
	if err != nil {
		t.Error(err)
	}
	// With every comment taken for a key it is a target file, too.
	_ = os.Stdout
	_ = strings.Cut
}
