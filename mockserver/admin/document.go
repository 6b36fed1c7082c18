package admin

import (
	_ "embed"
	"net/http"
	"sync"

	"github.com/julienschmidt/httprouter"

	"rollcall/specs/contract"
)

//go:embed openapi.yaml
var openapi []byte

// documented gives the document of the API as JSON, made when it is first asked for.
func documented() func() ([]byte, error) {
	return sync.OnceValues(func() ([]byte, error) { return contract.DocumentAsJSON(openapi) })
}

func (a api) document(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	text, err := a.text()
	if err != nil {
		fail(w, http.StatusInternalServerError, "the document can't be read: "+err.Error())
		return
	}
	raw(w, http.StatusOK, text)
}
