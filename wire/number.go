package wire

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// maxDigits is the length of 2^64-1.
const maxDigits = 20

// wholeNumber spells a JSON number in plain digits, exactly, without going
// through a float: 1e3 is "1000", 12.50e1 is "125", -0.0 is "0". It is false
// for a number with a fraction and for one of more than 20 digits.
func wholeNumber(raw []byte) (string, bool) {
	digits := string(raw)
	digits, negative := strings.CutPrefix(digits, "-")
	exponent := 0
	if i := strings.IndexAny(digits, "eE"); i >= 0 {
		exponent = parseExponent(digits[i+1:])
		digits = digits[:i]
	}
	if whole, fraction, ok := strings.Cut(digits, "."); ok {
		digits = whole + fraction
		exponent -= len(fraction)
	}
	digits = strings.TrimLeft(digits, "0")
	if digits == "" {
		return "0", true
	}
	bare := strings.TrimRight(digits, "0")
	exponent += len(digits) - len(bare)
	if exponent < 0 || len(bare)+exponent > maxDigits {
		return "", false
	}
	digits = bare + strings.Repeat("0", exponent)
	if negative {
		digits = "-" + digits
	}
	return digits, true
}

// parseExponent reads an exponent. One that is too large to be that of a
// number worth telling apart stops at a bound which no count of digits in a
// body makes up for.
func parseExponent(s string) int {
	const bound = 1 << 40
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil && strings.HasPrefix(s, "-"):
		return -bound
	case err != nil:
		return bound
	}
	return int(max(-bound, min(n, bound)))
}

// fits64 says whether plain digits are from -2^63 to 2^64-1.
func fits64(digits string) bool {
	if strings.HasPrefix(digits, "-") {
		_, err := strconv.ParseInt(digits, 10, 64)
		return err == nil
	}
	_, err := strconv.ParseUint(digits, 10, 64)
	return err == nil
}

// stringArray reads an array that holds nothing but strings.
func stringArray(raw jsontext.Value) ([]string, bool) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(raw))
	if _, err := dec.ReadToken(); err != nil {
		return nil, false
	}
	var all []string
	for dec.PeekKind() == jsontext.KindString {
		token, err := dec.ReadToken()
		if err != nil {
			return nil, false
		}
		all = append(all, token.String())
	}
	return all, dec.PeekKind() == jsontext.KindEndArray
}
