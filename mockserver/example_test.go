package mockserver_test

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"

	"rollcall/fixtures"
	"rollcall/mockserver"
	"rollcall/specs"
	"rollcall/specs/contract"
)

// A Server is an http.Handler: httptest serves it, or any server of one's own. Who may
// call is told by Target, as the control API tells it over HTTP.
func ExampleServer() {
	council, err := contract.Find(specs.FS, "council")
	if err != nil {
		log.Fatal(err)
	}
	mock, err := mockserver.New(mockserver.Config{Contracts: []*contract.Contract{council}, Seed: 1, Size: fixtures.Small})
	if err != nil {
		log.Fatal(err)
	}
	server := httptest.NewServer(mock)
	defer server.Close()

	target, err := mock.Target("council", server.URL)
	if err != nil {
		log.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodGet, target.URL+"/api/wards", nil)
	if err != nil {
		log.Fatal(err)
	}
	for name, value := range target.Personas["default"].Headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	fmt.Println(response.StatusCode, response.Header.Get("Content-Type"))
	// Output: 200 application/json
}
