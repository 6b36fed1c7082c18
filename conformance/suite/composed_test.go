package suite

import "testing"

func TestLettersAreComposed(t *testing.T) {
	for name, row := range map[string][2]string{
		"plain":           {`{"a":"x"}`, `{"a":"x"}`},
		"composed":        {`{"a":"é"}`, `{"a":"é"}`},
		"decomposed":      {"{\"a\":\"e\u0301\"}", "{\"a\":\"\u00e9\"}"},
		"by an escape":    {`{"a":"e\u0301"}`, "{\"a\":\"\u00e9\"}"},
		"both by escapes": {`{"a":"\u0041\u030A"}`, "{\"a\":\"\u00c5\"}"},
		"escaped letters": {`{"\u0061":"\u00e9\n\ud83d\ude00\/\u003c"}`, "{\"a\":\"\u00e9\\n\U0001f600/<\"}"},
		"escapes that stay": {`{"a":"\u0000\u001f\ud83dx\ude00\ud83d\u0041\u005c\ufffd\""}`,
			`{"a":"\u0000\u001f\ud83dx\ude00\ud83d\u0041\u005c\ufffd\""}`},
		"no JSON":        {`say \u0041`, `say \u0041`},
		"a quote":        {`{"a":"e\u0301\u0022"}`, "{\"a\":\"\u00e9\\u0022\"}"},
		"no escape":      {`{"a":"e\\u0301"}`, `{"a":"e\\u0301"}`},
		"no text at all": {"\xff\u0301", "\xff\u0301"},
	} {
		if got := string(composed([]byte(row[0]))); got != row[1] {
			t.Errorf("%s: %+q, want %+q", name, got, row[1])
		}
	}
}

// Passwords are made of these letters, and many services refuse one with aaa or abc in it.
func TestLettersOfANameAreNoRun(t *testing.T) {
	for seed := range uint64(2000) {
		letters := append([]byte("xyz"), make([]byte, 8)...)
		spell(letters, 3, seed*0x9e3779b97f4a7c15)
		for i := 3; i < len(letters); i++ {
			if near := int(letters[i]) - int(letters[i-1]); near >= -1 && near <= 1 || letters[i] < 'a' || letters[i] > 'z' {
				t.Fatalf("%s: %c beside %c", letters, letters[i], letters[i-1])
			}
		}
	}
}
