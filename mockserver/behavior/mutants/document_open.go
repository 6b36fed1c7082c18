package mutants

import (
	"net/http"
	"strconv"

	"rollcall/mockserver/defect"
	"rollcall/specs/contract"
)

// wrongStatus answers a success with a status that the operation does not have.
func (d *mechanical) wrongStatus(success *contract.Response) defect.Defect {
	wrong := defect.Defect{Op: defect.Status, Value: strconv.Itoa(d.undocumented())}
	if wrong.Value == "500" && success.Status < http.StatusContinue {
		wrong.Excuse = "any success is documented, and where there is none, nothing can be decided"
	}
	return wrong
}

// bareRefusal gives a body to the refusal that has none, where the document leaves that of a success open.
func (d *mechanical) bareRefusal(success *contract.Response) {
	easy := d.refusal()
	if success.Status >= http.StatusContinue || easy == nil || easy.Schema != nil || easy.MediaType != "" || easy.Open {
		return
	}
	d.add(contract.CheckResponseSchema, easy.By.Who(contract.ByBody), "refusal-body",
		defect.Defect{Op: defect.Set, Value: `{"unexpected":true}`, On: easy.Status})
}

// undocumented is a success status that the operation does not list, nor any row accepts; where it lists any, a
// server error, which answers nothing.
func (d *mechanical) undocumented() int {
	for _, s := range []int{202, 203, 206, 207} {
		if _, ok := d.contract.Judged(d.operation, s, false); !ok {
			return s
		}
	}
	return http.StatusInternalServerError
}
