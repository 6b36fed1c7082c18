package command

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"rollcall/conformance/suite"
)

// TestAMockSaysWhatShapedIt, and nobody else is asked.
func TestAMockSaysWhatShapedIt(t *testing.T) {
	asked := ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.Path + " " + r.Header.Get("Authorization")
		_, _ = w.Write([]byte(`{"seed":1,"size":1,"auth":true,"defects":["A-1/omit"],"variants":["b"]}`))
	}))
	defer server.Close()
	target := suite.Target{Worlds: server.URL + "/__admin/worlds", WorldHeaders: map[string]string{"Authorization": "Bearer x"}}
	defects, variants := shapedBy(t.Context(), &target)
	if !slices.Equal(defects, []string{"A-1/omit"}) || !slices.Equal(variants, []string{"b"}) ||
		asked != "/__admin/settings Bearer x" {
		t.Errorf("%q tells %q and %q", asked, defects, variants)
	}
	asked = ""
	if defects, _ := shapedBy(t.Context(), &suite.Target{Worlds: server.URL + "/worlds"}); defects != nil || asked != "" {
		t.Errorf("%q was asked, and told %q", asked, defects)
	}
}
