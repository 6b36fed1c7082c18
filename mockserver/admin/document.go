package admin

import (
	_ "embed"
	"net/http"

	"github.com/julienschmidt/httprouter"
)

//go:embed openapi.json
var openapi []byte

func (a api) document(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	w.Header().Set("Content-Type", "application/json")
	w.Write(openapi) //nolint:errcheck // a client that went away needs no answer
}
