package contract

import "math/big"

// Multiple gives the greatest number up to n that multipleOf takes, and n itself where the schema
// asks for no multiple. It divides the numbers as they are written: no double is a hundredth.
func (s *Schema) Multiple(n float64) float64 {
	if s.MultipleOf == nil {
		return n
	}
	of, ok := new(big.Rat).SetString(decimal(*s.MultipleOf))
	whole, fine := new(big.Rat).SetString(decimal(n))
	if !ok || !fine || of.Sign() <= 0 {
		return n
	}
	times := whole.Quo(whole, of)
	floor := new(big.Int).Div(times.Num(), times.Denom())
	multiple, _ := of.Mul(of, new(big.Rat).SetInt(floor)).Float64()
	return multiple
}

// Exceedable says whether a list can have more items than maxItems and keep all else: where none
// may be there twice, other items have to be at hand, which plain texts and integers are.
func (s *Schema) Exceedable() bool {
	if !s.UniqueItems {
		return true
	}
	i := s.Items
	plain := i != nil && len(i.Enum)+len(i.AllOf)+len(i.AnyOf)+len(i.OneOf) == 0 && i.Pattern == "" && i.Format == ""
	if !plain {
		return false
	}
	return i.Type == "string" && i.MaxLength == nil ||
		i.Type == "integer" && i.Minimum == nil && i.Maximum == nil && i.MultipleOf == nil
}
