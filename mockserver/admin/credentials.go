package admin

import (
	"cmp"
	"net/http"

	"github.com/julienschmidt/httprouter"
)

// Credential is who calls in which world: headers to be sent as any other credential.
type Credential struct {
	World   string            `json:"world"`
	Headers map[string]string `json:"headers"`
}

// credential makes one for a persona of a contract, the default one without a name.
func (a api) credential(w http.ResponseWriter, q *http.Request, ps httprouter.Params) {
	o, ok := order[struct {
		Contract string `json:"contract"`
		Persona  string `json:"persona"`
	}](w, q, "contract, and persona where it is not the default one")
	if !ok {
		return
	}
	made, err := a.control.Credential(ps.ByName("id"), o.Contract, cmp.Or(o.Persona, "default"))
	if err != nil {
		a.failed(w, ps.ByName("id"), err)
		return
	}
	send(w, http.StatusCreated, made)
}
