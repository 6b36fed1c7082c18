package command

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/mockserver/behavior/mutants"
)

func TestHosts(t *testing.T) {
	for _, row := range []struct{ given, listens, called string }{
		{"127.0.0.1", "127.0.0.1", "127.0.0.1"}, {"localhost", "localhost", "localhost"},
		{"mock.internal", "mock.internal", "mock.internal"},
		{"", "", "127.0.0.1"}, {"0.0.0.0", "0.0.0.0", "127.0.0.1"}, {"::", "::", "127.0.0.1"}, {"[::]", "::", "127.0.0.1"},
		{"[::1]", "::1", "::1"}, {"::1", "::1", "::1"}, {"0:0:0:0:0:0:0:0", "0:0:0:0:0:0:0:0", "127.0.0.1"},
		{"127.0.0.1:4010", "wrong", ""}, {"http://localhost", "wrong", ""}, {"local host", "wrong", ""},
		{"[::1]:80", "wrong", ""}, {"localhost/x", "wrong", ""},
	} {
		host, err := hostOf(row.given)
		switch {
		case row.listens == "wrong" && err == nil:
			t.Errorf("%q is taken for %q", row.given, host)
		case row.listens != "wrong" && (err != nil || host != row.listens || callable(host) != row.called):
			t.Errorf("%q listens on %q (%v) and is called as %q", row.given, host, err, callable(host))
		}
	}
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.9.9.9": true, "::1": true, "LocalHost": true, "": false, "0.0.0.0": false, "::": false,
		"mock": false,
	} {
		if loopback(host) != want {
			t.Errorf("%q: loopback is %t", host, !want)
		}
	}
}

// TestARequirementThatIsMisspeltHasANearOne: also one of a contract of one's own, whose ids have letters of each case.
func TestARequirementThatIsMisspeltHasANearOne(t *testing.T) {
	shop := filepath.Join("..", "..", "..", "..", "specs", "samples", "bookshop")
	for id, where := range map[string][]string{"SHOP-listBook-LISTED": {"--contract", shop}, "cou-ward-6": nil} {
		said, code := messages(t, append([]string{"explain", id}, where...)...)
		if code != int(ExitUsage) || !strings.Contains(said, "did you mean") {
			t.Errorf("%s ends with %d and says %s", id, code, said)
		}
	}
}

// TestListsOfNamesAreSets: what is named twice counts once, by name or by pattern.
func TestListsOfNamesAreSets(t *testing.T) {
	all, err := loadAll([]string{"tenants", "council", "tenants"})
	if err != nil || len(all) != 2 || all[0].Name != "tenants" || all[1].Name != "council" {
		t.Fatalf("%d contracts (%v)", len(all), err)
	}
	plan, err := mockserver.Plan(all[1])
	if err != nil {
		t.Fatal(err)
	}
	known, err := mutants.List(plan)
	if err != nil {
		t.Fatal(err)
	}
	once, err := choose(known, &mutateOptions{only: []string{"COU-WARD-06"}})
	if err != nil {
		t.Fatal(err)
	}
	twice, err := choose(known, &mutateOptions{only: []string{"COU-WARD-06", "COU-WARD-0[6]", "COU-WARD-06"}})
	if err != nil || len(once) == 0 || len(twice) != len(once) {
		t.Errorf("named once %d defects, named again %d (%v)", len(once), len(twice), err)
	}
}

// TestAContractOfOnesOwnIsNamedOnce: whatever it is called by.
func TestAContractOfOnesOwnIsNamedOnce(t *testing.T) {
	folder, shop := t.TempDir(), sample(t)
	t.Chdir(folder)
	document, err := os.ReadFile(shop)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"shop/openapi.yaml", "told/openapi.yaml", "told/behavior.yaml", "other/shop/openapi.yaml"} {
		text := document
		if filepath.Base(name) == "behavior.yaml" {
			text = []byte("operations: {}\n")
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, text, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Symlink("shop", "linked"), os.Symlink("shop/openapi.yaml", "link.yaml")); err != nil {
		t.Skip("NOT RUN: no links here: ", err)
	}
	for name, once := range map[string]bool{
		"./shop/": true, "./other/../shop": true, folder + "/shop": true, "shop/openapi.yaml": true, "./linked": true,
		"linked/openapi.yaml": true, "link.yaml": true, "./other/shop": false, "./told": false, "council": false,
	} {
		if left := onlyOnce([]string{"./shop", name}); (len(left) == 1) != once {
			t.Errorf("of ./shop and %s are left %q", name, left)
		}
	}
	if left := onlyOnce([]string{"./told", "told/openapi.yaml", "./told/"}); len(left) != 2 {
		t.Errorf("a folder with a behavior and its document alone are two contracts: %q", left)
	}
	said, code := messages(t, "mock", "--port", "0", "./shop", "./other/shop")
	if code != int(ExitUsage) || !strings.Contains(said, `two contracts are called "shop": ./shop and ./other/shop`) {
		t.Errorf("two of one name end with %d and say %s", code, said)
	}
}

func sample(t *testing.T) string {
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "..", "specs", "samples", "bookshop", "openapi.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}
