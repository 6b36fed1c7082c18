package secret

import (
	"strings"
	"testing"
)

func TestAddressesAreShownWithoutCredentials(t *testing.T) {
	for _, text := range []string{"ada:s3cret@127.0.0.1:9", "http:/ada:s3cret@h/", "http:ada:s3cret@h", "//ada:s3cret@h/x",
		"http://ada:s3cr@s3cret@h:99999/", "h/x?key=s3cret", "h#s3cret", "https:///s3cret@h", "s3cret@h", "h?a=b@s3cret",
		"h?ada#s3cret", "postgres:/ada:s3cret@h/db", "ada:s3cret@h?q@"} {
		if shown := Address(text); strings.Contains(shown, "s3c") ||
			!strings.Contains(shown, "h") && !strings.Contains(shown, "127") {
			t.Errorf("%s is shown as %s", text, shown)
		}
	}
	for _, text := range []string{"http:///a", "localhost:1", "ftp://h:1/base", ""} {
		if shown := Address(text); shown != text {
			t.Errorf("%s is shown as %s", text, shown)
		}
	}
}
