package check

import "testing"

// What is shown instead of a token is never one that a right server could take for it.
func TestUnreadTokens(t *testing.T) {
	for _, row := range []struct{ what, token, want string }{
		{"it with more behind it", "abc", "Bearer abcrollcall"},
		{"it with more behind it", "YTpi==", "Bearer YTpirollcall"},
		{"it with more behind it", `token="abc"`, `Bearer token="abcrollcall"`},
		{"it with capitals for small letters, and the other way about", "aB-c1", "Bearer Ab-C1"},
		{"it with capitals for small letters, and the other way about", "3f2504e0-4f89", "Bearer " + madeUp},
		{"it with capitals for small letters, and the other way about", "01ARZ3NDEK", "Bearer " + madeUp},
		{"it with capitals for small letters, and the other way about", "123", "Bearer " + madeUp},
	} {
		for _, one := range unreads() {
			if got := one.of("Bearer ", row.token); one.what == row.what && got != row.want {
				t.Errorf("%s of %s is %q, not %q", row.what, row.token, got, row.want)
			}
		}
	}
}
