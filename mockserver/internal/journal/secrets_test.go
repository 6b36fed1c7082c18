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
		"a list of objects":  s.body("application/json", `{"tokens":[{"v":"Harbour"}]}`),
		"objects in objects": s.body("application/json",
			`{"credentials":{"u":"Harbour","more":{"a":[1,{"b":"}"}]},"v":"Harbour"},"n":1}`),
		"nested and cut":     s.body("application/json", `{"credentials":{"more":{"a":[1,2]},"v":"Harbo`),
		"nested in a text":   s.body("application/json", `{"sent":"{\"tokens\":[{\"v\":\"Harbour\"}]}"}`),
		"a user's password":  strings.Join(s.headers(http.Header{"Referer": {"http://u:Harbour@h/a"}})["Referer"], ""),
		"one in a query":     s.query("/wards?next=http%3A%2F%2Fu%3AHarbour%40h%2F"),
		"one in a body":      s.body("application/json", `{"callback":"https://u:Harbour@h/a"}`),
		"a token as a user":  s.query("/wards?next=http://Harbour-Harbour-Harbour@h/"),
		"a session":          strings.Join(s.headers(http.Header{"X-Session": {"Harbour"}})["X-Session"], ""),
		"one as a parameter": s.query("/wards?session=Harbour"),
		"a telling header":   strings.Join(s.headers(http.Header{"X-Api-Key": {"Harbour"}})["X-Api-Key"], ""),
	} {
		if strings.Contains(text, "Harbo") || strings.Contains(text, "171717") || !strings.Contains(text, hidden) {
			t.Errorf("%s: %s", name, text)
		}
	}
	for _, plain := range []string{`{"firstName":"Front","note":"Front-Desk-0042"}`, `{"passed":true,"tokens":[]}`,
		`{"credentials":{},"tokens":[[]],"page":"http://h:80/u@h","to":"a@b.example","db":"postgres://qa@db/mocks"}`,
		`{"keywords":["Harbour"],"sessions":[1],"monkey":"x","design":"y","code":"N01","spin":"z"}`} {
		if told := s.body("application/json", plain); told != plain {
			t.Errorf("%s is told as %s", plain, told)
		}
	}
}
