package contract

import (
	"testing"

	"rollcall/specs"
)

func TestEveryRealContractLoads(t *testing.T) {
	for _, name := range Names(specs.FS) {
		t.Run(name, func(t *testing.T) {
			c, err := Load(specs.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			for _, op := range c.Operations {
				if op.Success() == nil {
					t.Errorf("%s documents no success", op.ID)
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, name := range Names(specs.FS) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Load(specs.FS, name); err != nil {
					b.Skip(err)
				}
			}
		})
	}
}
