package admin

import (
	"net/http"
	"time"

	"github.com/julienschmidt/httprouter"

	"rollcall/mockserver/engine"
)

// Plan is what of the contracts is in force.
type Plan struct {
	Number    int            `json:"number"` // from 1; one more whenever contracts were read anew
	Since     time.Time      `json:"since"`
	Reloads   bool           `json:"reloads"` // the contracts are read anew when their files change
	Contracts []PlanContract `json:"contracts"`
	Problems  []string       `json:"problems"` // why what stands in the files now is not in force
	Parked    map[string]int `json:"parked"`   // records of the default world whose resource is gone, by resource
	Unfit     int            `json:"unfit"`    // how many records of the default world the document would no longer let in
	Misfits   []Misfit       `json:"misfits"`  // the first of them
}

// PlanContract is one contract of it.
type PlanContract struct {
	Name       string `json:"name"`
	Digest     string `json:"digest"`
	Operations int    `json:"operations"`
	Notes      int    `json:"notes"` // what of the document was forgiven
}

// Misfit is a record that no longer fits.
type Misfit struct {
	Contract string `json:"contract"`
	engine.Misfit
}

func (a api) plan(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
	send(w, http.StatusOK, a.control.Plan())
}
