package command

import "github.com/spf13/pflag"

func (o *targetOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.url, "target", "", "URL of what to test; without it a mock is started in this process")
	f.StringVar(&o.config, "config", "", "target file: url, personas, given records, waivers")
	f.StringVar(&o.reading, "reading", "", "strict or accepting (default: as the target says, else accepting)")
	f.StringVar(&o.token, "admin-token", "", "token of the control API, when the target is a mock that asks for one")
	seedFlag(f, &o.seed, 0, "seed of the names the cases use, and of a mock started here")
	f.StringArrayVar(&o.defects, "defect", nil, "start the mock of this process with a defect (repeatable)")
	f.StringArrayVar(&o.variants, "variant", nil, "start the mock of this process with a variant (repeatable)")
}

func (r *reportFiles) flags(f *pflag.FlagSet) {
	f.StringVar(&r.json, "json", "", "write the run file")
	f.StringVar(&r.junit, "junit", "", "write a JUnit report")
	f.StringVar(&r.html, "html", "", "write an HTML report")
	f.StringVar(&r.markdown, "markdown", "", "write a Markdown report")
}
