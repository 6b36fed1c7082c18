package format

import (
	"math/big"
	"strconv"
	"strings"
)

// mostExponent is beyond what a double holds. A number with a larger one would be
// written out digit by digit.
const mostExponent = 400

// mostDigits bounds how a number is written: to read one exactly costs the square of its length.
const mostDigits = 1000

// IsOversized reports whether the exponent of a JSON number is one that no reader
// could mean, in either direction, or whether it has more digits than that.
func IsOversized(number string) bool {
	if len(number) > mostDigits {
		return true
	}
	at := strings.IndexAny(number, "eE")
	if at < 0 {
		return false
	}
	exponent, err := strconv.Atoi(number[at+1:])
	return err != nil || exponent > mostExponent || exponent < -mostExponent
}

// Integer reads a JSON number that is whole, however it is spelt, and returns it
// as OpenAPI 3.0.3 has an integer: digits without fraction or exponent, so "20"
// for 2e1, 20.0 and 20. ok is false for a number that has a fraction, for an
// oversized one, and for what is no JSON number.
func Integer(number string) (digits string, ok bool) {
	if IsInteger(number) {
		return number, true
	}
	if !isNumber(number) || IsOversized(number) {
		return "", false
	}
	exact, ok := new(big.Rat).SetString(number)
	if !ok || !exact.IsInt() {
		return "", false
	}
	return exact.Num().String(), true
}

// SameNumber reports whether two JSON numbers are the same one, however they are
// spelt. Oversized numbers are the same when their texts are.
func SameNumber(a, b string) bool {
	if a == b || !isNumber(a) || !isNumber(b) || IsOversized(a) || IsOversized(b) {
		return a == b
	}
	x, ok := new(big.Rat).SetString(a)
	y, ok2 := new(big.Rat).SetString(b)
	return ok && ok2 && x.Cmp(y) == 0
}

// IsInteger reports whether a number is spelt as OpenAPI 3.0.3 has an integer.
func IsInteger(number string) bool {
	digits := strings.TrimPrefix(number, "-")
	return isMade(digits, isDigit) && (digits[0] != '0' || number == "0")
}

// Fits reports whether a JSON number is in the range of the format int32 or int64.
// Another format says nothing, nor does one of these of a number that is not whole.
func Fits(number, name string) bool {
	bits := 64
	switch name {
	case "int64":
	case "int32":
		bits = 32
	default:
		return true
	}
	digits, ok := Integer(number)
	if !ok {
		return true
	}
	_, err := strconv.ParseInt(digits, 10, bits)
	return err == nil
}

// Decimal reads a number as a URL or a file may have it: as JSON, and with zeros before it. It is
// narrower than strconv.ParseFloat, which takes inf, nan, hexadecimal and a point without digits.
func Decimal(s string) (number float64, ok bool) {
	digits, negative := strings.CutPrefix(s, "-")
	for len(digits) > 1 && digits[0] == '0' && isDigit(digits[1]) {
		digits = digits[1:]
	}
	if !isNumber(digits) || strings.HasPrefix(digits, "-") {
		return 0, false
	}
	if negative {
		digits = "-" + digits
	}
	number, err := strconv.ParseFloat(digits, 64)
	return number, err == nil
}

// isNumber reports whether s is a number in the grammar of RFC 8259, section 6.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	mantissa, exponent := s, "0"
	if at := strings.IndexAny(s, "eE"); at >= 0 {
		mantissa, exponent = s[:at], s[at+1:]
		if exponent != "" && (exponent[0] == '+' || exponent[0] == '-') {
			exponent = exponent[1:]
		}
	}
	whole, part, point := strings.Cut(mantissa, ".")
	return isMade(whole, isDigit) && (whole == "0" || whole[0] != '0') && (!point || isMade(part, isDigit)) &&
		isMade(exponent, isDigit)
}
