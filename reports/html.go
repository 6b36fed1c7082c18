package reports

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

//go:embed page.js
var pageJS string

// WriteHTML writes the run as one self-contained page: no asset is loaded, and
// everything can be read without the script, which only adds the filter. What a
// target sent is escaped, and the page's own policy forbids any other script.
// The error is the template's or the writer's.
func WriteHTML(w io.Writer, run *Run) error {
	page, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return fmt.Errorf("parsing the HTML page: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, pageOf(run.printable())); err != nil {
		return fmt.Errorf("rendering the HTML page: %w", err)
	}
	return flush(w, "HTML report", &out)
}

// policy is the content attribute of the page's security policy: the one script
// by its hash, nothing from outside. Bodies of a target that may be hostile are
// shown here.
func policy() template.HTMLAttr {
	sum := sha256.Sum256([]byte(pageJS))
	return template.HTMLAttr(fmt.Sprintf(
		`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; `+
			`script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"`,
		base64.StdEncoding.EncodeToString(sum[:])))
}
