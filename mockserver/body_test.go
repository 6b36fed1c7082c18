package mockserver_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// everything starts a mock of all contracts.
func everything(t *testing.T) (*mockserver.Server, string) {
	t.Helper()
	s, h := mock(t, mockserver.Config{}, "council", "identity", "probation", "tenants", "volunteers")
	return s, h.URL
}

// as gives the headers of a contract's default persona, one a line.
func as(s *mockserver.Server, name string) (lines string) {
	p, _ := s.Persona(name, "default")
	for header, value := range p.Headers {
		lines += header + ": " + value + "\r\n"
	}
	return lines
}

// wire sends the bytes of a request and gives the answer.
func wire(t *testing.T, url, request string) (*http.Response, string) {
	t.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	_ = c.(*net.TCPConn).CloseWrite() // nothing more will come
	method, _, _ := strings.Cut(request, " ")
	res, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// TestEarlyRefusalsAreInTheContractsShape: what is refused before a contract is asked
// has the members of its own errors.
func TestEarlyRefusalsAreInTheContractsShape(t *testing.T) {
	s, url := everything(t)
	paths := map[string]string{"council": "/api/wards", "identity": "/authenticate", "probation": "/staff",
		"tenants": "/tenants/northgate-college/users", "volunteers": "/users"}
	shapes := map[string][]string{"council": {"error"}, "identity": {"status", "error", "path", "timestamp"},
		"probation": {"status", "error", "path", "timestamp"}, "tenants": {"message"}, "volunteers": {"message", "status_code"}}
	const whole, chunks = "Content-Length: %d\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n"
	for name, path := range paths {
		for _, row := range []struct {
			kind, head, world, prefix, rest string
			status                          int
		}{
			{"too large", fmt.Sprintf(whole, 1<<20+1), "", "", strings.Repeat(" ", 1<<20+1), 413},
			{"too large, in chunks", chunks, "", "", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", 1<<20+1, strings.Repeat(" ", 1<<20+1)),
				413},
			{"cut short", fmt.Sprintf(whole, 100), "", "", `{"a":`, 400},
			{"cut short, in chunks", chunks, "", "", "8\r\n{", 400},
			{"no chunk", chunks, "", "", "zz\r\n", 400},
			{"compressed", "Content-Encoding: gzip\r\n" + fmt.Sprintf(whole, 2), "", "", "{}", 415},
			{"two worlds", "Rollcall-World: w1\r\n" + fmt.Sprintf(whole, 2), "default", "", "{}", 400},
			{"world in the header", fmt.Sprintf(whole, 2), "none", "", "{}", 404},
			{"world in the path", fmt.Sprintf(whole, 2), "", "/__worlds/none", "{}", 404},
		} {
			t.Run(name+" "+row.kind, func(t *testing.T) {
				head := "POST " + row.prefix + "/" + name + path + " HTTP/1.1\r\nHost: localhost\r\n" +
					"Content-Type: application/json\r\n" + as(s, name)
				if row.world != "" {
					head += "Rollcall-World: " + row.world + "\r\n"
				}
				res, body := wire(t, url, head+row.head+row.rest)
				var said map[string]any
				if err := json.Unmarshal([]byte(body), &said); err != nil || res.StatusCode != row.status {
					t.Fatalf("status %d, want %d: %s (%v)", res.StatusCode, row.status, body, err)
				}
				for _, member := range shapes[name] {
					if _, ok := said[member]; !ok {
						t.Errorf("no %s in %s", member, body)
					}
				}
				if res.Header.Get("Rollcall-Refusal") == "" {
					t.Error("the header that teaches is missing")
				}
			})
		}
	}
}

// TestBodiesInOtherSigns: a body that is not what its bytes are is told so, by contracts and by the control
// API; a charset that makes no difference is passed over.
func TestBodiesInOtherSigns(t *testing.T) {
	s, url := everything(t)
	const plain, beyond = `{"name":"Quay"}`, `{"name":"Cœur"}`
	for _, row := range []struct {
		head, body string
		read       bool
	}{
		{"Content-Encoding: gzip\r\n", plain, false}, {"Content-Encoding: br\r\n", plain, false},
		{"Content-Encoding: identity\r\nContent-Encoding: zstd\r\n", plain, false},
		{"Content-Encoding: identity\r\n", plain, true}, {"Content-Encoding: gzip\r\n", "", true},
		{"Content-Type: application/json; charset=iso-8859-1\r\n", beyond, false},
		{"Content-Type: application/json; charset=iso-8859-1\r\n", plain, true},
		{"Content-Type: application/json; charset=UTF-16\r\n", plain, false},
		{"Content-Type: application/json; charset=\"UTF-8\"\r\n", beyond, true},
		{"Content-Type: application/json\r\n", beyond, true},
	} {
		for _, line := range []string{"POST /council/api/wards", "POST /__admin/worlds",
			"PUT /__admin/worlds/default/data/council/ward/x"} {
			head := line + " HTTP/1.1\r\nHost: localhost\r\n" + as(s, "council") + row.head
			if !strings.Contains(row.head, "Content-Type") {
				head += "Content-Type: application/json\r\n"
			}
			res, said := wire(t, url, head+fmt.Sprintf("Content-Length: %d\r\n\r\n", len(row.body))+row.body)
			if (res.StatusCode != 415) != row.read || !row.read && !strings.Contains(said, "read") {
				t.Errorf("%s, %q %s: %d %s", line, row.head, row.body, res.StatusCode, said)
			}
		}
	}
}

// TestQueryThatCannotBeRead: a pair that is lost would be a filter that does not
// filter, for any parameter of any operation.
func TestQueryThatCannotBeRead(t *testing.T) {
	s, url := everything(t)
	odd := map[string]string{"semicolon": "%s=1;2", "half an escape": "%s=1%%", "no escape": "%s=1%%zz", "name": "%s%%=1",
		"beside a good one": "other=1&%s=%%g1", "too many": "%s=1" + strings.Repeat("&a=1", 20_000)}
	for _, name := range []string{"council", "identity", "probation", "tenants", "volunteers"} {
		c := loaded(t, name)
		for _, o := range c.Operations {
			if o.Method != http.MethodGet {
				continue
			}
			names := []string{"nowhere-documented"}
			for _, p := range o.Parameters {
				if p.In == "query" {
					names = append(names, p.Name)
				}
			}
			for kind, query := range odd {
				for _, parameter := range names {
					target := "/" + name + filled(o) + "?" + fmt.Sprintf(query, parameter)
					res, body := wire(t, url, "GET "+target+" HTTP/1.1\r\nHost: localhost\r\n"+as(s, name)+"\r\n")
					told := strings.Contains(res.Header.Get("Rollcall-Refusal"), `"keyword":"query"`)
					if res.StatusCode < 400 || res.StatusCode > 499 || !told {
						t.Errorf("%s, %.80s: %d %.200s", kind, target, res.StatusCode, body)
					}
				}
			}
		}
	}
}

func loaded(t *testing.T, name string) *contract.Contract {
	t.Helper()
	c, err := contract.Load(specs.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// filled gives the path of an operation with something for each parameter.
func filled(o *contract.Operation) string {
	parts := strings.Split(o.Path, "/")
	for i, p := range parts {
		switch {
		case p == "{tenantName}":
			parts[i] = "northgate-college"
		case strings.HasPrefix(p, "{"):
			parts[i] = "1005"
		}
	}
	return strings.Join(parts, "/")
}

// TestValueThatIsSentTwice: both are looked at, as one list.
func TestValueThatIsSentTwice(t *testing.T) {
	s, url := everything(t)
	total := func(query string) string {
		_, body := wire(t, url, "GET /volunteers/users"+query+" HTTP/1.1\r\nHost: localhost\r\n"+as(s, "volunteers")+"\r\n")
		_, rest, _ := strings.Cut(body, `"total":`)
		n, _, _ := strings.Cut(rest, ",")
		return n
	}
	const all = "&include_inactive=true"
	twice, list, first := total("?ids=1005&ids=1006"+all), total("?ids=1005,1006"+all), total("?ids=1005"+all)
	if twice != list || list == first {
		t.Errorf("sent twice %s, as a list %s, the first alone %s", twice, list, first)
	}
}
