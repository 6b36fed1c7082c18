package journal

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// What a client sends reads the same to a server in many spellings; none of them may be told.
func TestSecretsInAnySpelling(t *testing.T) {
	const key = "Quince-Harbour-17"
	s := NewSecrets([]map[string]string{{"Authorization": "Bearer " + key}, {"X-Desk": "Front-Desk-0042"}})
	for name, text := range map[string]string{
		"as it is":           s.body("application/json", `{"note":"`+key+`"}`),
		"escaped":            s.body("application/json", `{"note":"Q\u0075ince-Harbour-17"}`),
		"in a query":         s.query("/wards?note=Quince%2DHarbour%2D17"),
		"base64":             s.body("text/plain", base64.StdEncoding.EncodeToString([]byte("me:"+key))),
		"a telling member":   s.body("application/json", `{"newPassword":"Front-`+key+`"}`),
		"its name escaped":   s.body("application/json", `{"new\u0050assword":"Harbour"}`),
		"a document in text": s.body("application/json", `{"sent":"{\"password\":\"Harbour\"}"}`),
		"a number":           s.body("application/json", `{"passcode":171717}`),
		"a form":             s.body("application/x-www-form-urlencoded", "p%61ssword=Harbour&a=1"),
		"the first field":    s.body("application/x-www-form-urlencoded", "password=Harbour"),
		"a telling query":    s.query("/wards?acc%65ss_token=Harbour&limit=1"),
		"a query in a query": s.query("/wards?back=%2Fwards%3Ftoken%3DHarbour"),
		"cut short":          s.body("application/json", `{"password":"Harbo`),
		"a header":           strings.Join(s.headers(http.Header{"X-Note": {"by " + key}})["X-Note"], ""),
		"a list":             s.body("application/json", `{"password":["Harbour"]}`),
		"an object":          s.body("application/json", `{"password":{"value":"Harbour"}}`),
		"single quotes":      s.body("application/json", `{'password':'Harbour'}`),
		"bare names":         s.body("text/plain", `{password: "Harbour"}`),
		"a short name":       s.body("application/json", `{"accountPin":"Harbour"}`),
		"XML":                s.body("application/xml", `<user><password>Harbour</password></user>`),
		"YAML":               s.body("application/yaml", "name: Ann\npassword: Harbour\n"),
		"a part of a form": s.body("multipart/form-data; boundary=x",
			"--x\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\nHarbour\r\n--x--"),
		"a form of no type":  s.body("", "password=Harbour&a=1"),
		"a short parameter":  s.query("/wards?key=Harbour&sig=Harbour"),
		"a signature":        s.query("/wards?X-Req-Signature=Harbour"),
		"a subscription key": strings.Join(s.headers(http.Header{"X-Subscription-Key": {"Harbour"}})["X-Subscription-Key"], ""),
		"a key as a name":    fmt.Sprint(s.headers(http.Header{key: {"x " + hidden}})),
		"a telling header":   strings.Join(s.headers(http.Header{"X-Api-Key": {"Harbour"}})["X-Api-Key"], ""),
	} {
		if strings.Contains(text, "Harbo") || strings.Contains(text, "171717") || !strings.Contains(text, hidden) {
			t.Errorf("%s: %s", name, text)
		}
	}
	for _, plain := range []string{`{"firstName":"Front","note":"Front-Desk-0042"}`, `{"passed":true,"tokens":[]}`,
		`{"keywords":["Harbour"],"monkey":"x","design":"y","code":"N01","spin":"z"}`} {
		if told := s.body("application/json", plain); told != plain {
			t.Errorf("%s is told as %s", plain, told)
		}
	}
}
