package contract_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"rollcall/specs"
	"rollcall/specs/contract"
)

func TestFind(t *testing.T) {
	c, err := contract.Find(specs.FS, "council")
	if err != nil || c.Name != "council" {
		t.Errorf("council is %v, %v", c, err)
	}
	_, err = contract.Find(specs.FS, "counsil")
	var unknown *contract.Unknown
	if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "did you mean council?") {
		t.Errorf("a name that is not there: %v", err)
	}
	broken := fstest.MapFS{"shop/openapi.yaml": {Data: []byte("openapi: 2\n")}, "shop/requirements.yaml": {Data: []byte("")}}
	_, err = contract.Find(broken, "shop")
	var complaints contract.Errors
	if errors.As(err, &unknown) || !errors.As(err, &complaints) {
		t.Errorf("a contract that is at fault: %v", err)
	}
}
