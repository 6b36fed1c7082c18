package admin

import (
	_ "embed"
	"net/http"

	"github.com/julienschmidt/httprouter"
)

//go:embed openapi.json
var openapi []byte

func (a api) document(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	raw(w, http.StatusOK, openapi)
}
