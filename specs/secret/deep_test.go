package secret_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rollcall/specs/secret"
)

// An answer that nests without an end is no answer of value, and takes no time to look through.
func TestAnswersThatNestDeeply(t *testing.T) {
	body := strings.Repeat(`{"a":[`, 200_000) + `{"access_token":"deep-down"}` + strings.Repeat("]}", 200_000)
	k := &secret.Keeper{}
	began := time.Now()
	k.Answer(http.Header{}, []byte(body))
	k.Answer(http.Header{}, []byte(`{"a":[{"b":{"access_token":"near-the-top"}}]}`))
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it takes %s", took)
	}
	if got := k.Cut("near-the-top"); got == "near-the-top" {
		t.Error("a token of some levels down is shown")
	}
}
