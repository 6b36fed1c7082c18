package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"rollcall/cmd/internal/cli"
	"rollcall/cmd/rollcall/internal/command"
)

// ways are the files by which Rollcall is built, installed and started elsewhere. Nobody
// runs most of them here, so that a flag which was renamed would be noticed by users.
func ways(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{".goreleaser.yaml", ".github/actions/rollcall/action.yml", ".github/workflows/*.yml",
		".github/dependabot.yml", "cmd/rollcall/Dockerfile", "cmd/rollcall/release/*", "cmd/rollcall/samples/*.yaml",
		"cmd/rollcall/samples/*.service", "cmd/rollcall/samples/ci/*"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s is not there (%v)", pattern, err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.ToSlash(f)] = string(raw)
		}
	}
	return texts
}

var (
	// call is a command line in a shell, or what stands in the list of a compose file.
	call     = regexp.MustCompile(`(?:\brollcall"?|\binside(?:\[@\]\}")?|command: \[|ExecStart=\S*) (?:"?([a-z]+)"?[ ,\]]|)(.*)`)
	inList   = regexp.MustCompile(`command: \[([a-z]+)[,\]](.*)`)
	longFlag = regexp.MustCompile(`(?:^|[\s,'"])--([a-z][a-z-]+)`)
	twin     = regexp.MustCompile(`\bROLLCALL_([A-Z_]+)`)
)

// TestWaysInAreYAML holds that what should be YAML is.
func TestWaysInAreYAML(t *testing.T) {
	read := 0
	for name, text := range ways(t) {
		if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
			continue
		}
		read++
		var document map[string]any
		if err := yaml.Unmarshal([]byte(text), &document); err != nil || len(document) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if read < 8 {
		t.Errorf("only %d documents were read", read)
	}
}

// TestWaysInNameWhatIsThere holds that each command, flag and variable that they name exists.
func TestWaysInNameWhatIsThere(t *testing.T) {
	flags := map[string][]string{} // of each command; under "" all
	for _, c := range command.Root(cli.System()).Commands() {
		for _, f := range strings.Split(c.LocalFlags().FlagUsages(), "\n") {
			if found := longFlag.FindStringSubmatch(f); found != nil {
				flags[c.Name()] = append(flags[c.Name()], found[1])
				flags[""] = append(flags[""], found[1])
			}
		}
	}
	calls := 0
	for name, text := range ways(t) {
		for _, line := range strings.Split(text, "\n") {
			found := inList.FindStringSubmatch(line)
			if found == nil {
				found = call.FindStringSubmatch(line)
			}
			if found == nil || flags[found[1]] == nil || found[1] == "" {
				continue
			}
			calls++
			for _, f := range longFlag.FindAllStringSubmatch(found[2], -1) {
				if !slices.Contains(flags[found[1]], f[1]) {
					t.Errorf("%s: rollcall %s has no --%s", name, found[1], f[1])
				}
			}
		}
		for _, v := range twin.FindAllStringSubmatch(text, -1) {
			flag := strings.ToLower(strings.ReplaceAll(v[1], "_", "-"))
			if !slices.Contains(flags[""], flag) && !slices.Contains([]string{"url", "repository"}, flag) {
				t.Errorf("%s: ROLLCALL_%s is the twin of no flag", name, v[1])
			}
		}
	}
	if calls < 12 {
		t.Errorf("only %d command lines were found", calls)
	}
}

// TestOneReleaseBuild holds what several files say of one thing: how a release is built,
// what its version is, and for which platforms.
func TestOneReleaseBuild(t *testing.T) {
	texts := ways(t)
	makefile := textOf(t, "Makefile")
	stamps := regexp.MustCompile(`-s -w -X \S+/cli\.commit=\S+ -X \S+/cli\.date=`)
	for name, text := range map[string]string{"Makefile": makefile, ".goreleaser.yaml": texts[root+"/.goreleaser.yaml"]} {
		if !stamps.MatchString(text) || !strings.Contains(text, "-buildvcs=false") {
			t.Errorf("%s does not stamp a release with commit and date", name)
		}
	}
	maker := regexp.MustCompile(`CYCLONEDX := (\S+)`).FindStringSubmatch(makefile)
	if maker == nil || !strings.Contains(texts[root+"/.goreleaser.yaml"], maker[1]) {
		t.Errorf("one bill of materials is not made by %v", maker)
	}
	docker := texts[root+"/cmd/rollcall/Dockerfile"]
	for _, want := range []string{"FROM scratch", "USER 65532", "ROLLCALL_HOST=0.0.0.0", `CMD ["/rollcall", "health"]`,
		"make release", "make notices"} {
		if !strings.Contains(docker, want) {
			t.Errorf("the Dockerfile has no %q", want)
		}
	}
	var wrapper struct {
		Version              string
		OptionalDependencies map[string]string
	}
	if err := json.Unmarshal([]byte(textOf(t, "cmd/rollcall/npm/package.json")), &wrapper); err != nil {
		t.Fatal(err)
	}
	if wrapper.Version != cli.Version {
		t.Errorf("the npm package is %s, the program %s", wrapper.Version, cli.Version)
	}
	inContainer := textOf(t, "cmd/rollcall/samples/containers/wards.test.mjs")
	if image := `'rollcall:` + cli.Version + `'`; !strings.Contains(inContainer, image) {
		t.Errorf("the sample of containers does not start %s", image)
	}
	theirs := strings.NewReplacer("windows", "win32", "amd64", "x64", "/", "-")
	platforms := strings.Fields(regexp.MustCompile(`PLATFORMS \?= (.*)`).FindStringSubmatch(makefile)[1])
	if len(platforms) != len(wrapper.OptionalDependencies) {
		t.Errorf("%d platforms, %d packages", len(platforms), len(wrapper.OptionalDependencies))
	}
	for _, p := range platforms {
		if version := wrapper.OptionalDependencies["@rollcall/"+theirs.Replace(p)]; version != cli.Version {
			t.Errorf("npm package of %s: version %q, the program has %s", p, version, cli.Version)
		}
	}
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
