package mockserver_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"rollcall/mockserver"
)

// A client of HTTP/1.0 need not say what it calls the mock; the addresses in answers are whole.
func TestAddressesWithoutAHost(t *testing.T) {
	_, server := mock(t, mockserver.Config{}, "council")
	address := server.Listener.Addr().String()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /__admin/targets/council HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || !strings.Contains(string(body), `"http://`+address) {
		t.Errorf("it says %s (%v)", body, err)
	}
}
