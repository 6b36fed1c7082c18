package rollcalltest_test

import (
	"fmt"
	"log"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"rollcall/mockserver/rollcalltest"
)

// example stands in for the *testing.T that a test has and an example has not.
type example struct{ after []func() }

func (e *example) Helper()                           {}
func (e *example) Cleanup(f func())                  { e.after = append(e.after, f) }
func (e *example) Fatalf(format string, args ...any) { log.Fatalf(format, args...) }
func (e *example) end() {
	for _, f := range slices.Backward(e.after) {
		f()
	}
}

// add creates a ward and tells how it went.
func add(mock *rollcalltest.Mock, name string) string {
	body := strings.NewReader(fmt.Sprintf(`{"name": %q}`, name))
	response, err := mock.Client("default").Post(mock.URL+"/api/wards", "application/json", body)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	return response.Status
}

func ExampleStart() {
	t := new(example) // in a test: its *testing.T
	defer t.end()

	mock := rollcalltest.Start(t, "council")
	response, err := mock.Client("default").Get(mock.URL + "/api/wards")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer response.Body.Close()
	stranger, err := mock.Client("").Get(mock.URL + "/api/wards")
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer stranger.Body.Close()
	fmt.Println(response.Status)
	fmt.Println(stranger.Status)
	// Output:
	// 200 OK
	// 401 Unauthorized
}

// A world for each parallel test: all of them create the ward that may be there only
// once. In tests each function is a t.Run with t.Parallel() as its first line.
func ExampleMock_World() {
	t := new(example) // in a test: its *testing.T
	defer t.end()

	mock := rollcalltest.Start(t, "council")
	said := make([]string, 3)
	var tests sync.WaitGroup
	for i := range said {
		tests.Go(func() {
			t := new(example)
			defer t.end()
			world := mock.World(t)
			said[i] = fmt.Sprint(add(world, "Harbour"), ", then ", add(world, "Harbour"))
		})
	}
	tests.Wait()
	fmt.Println(strings.Join(said, "\n"))
	// Output:
	// 201 Created, then 409 Conflict
	// 201 Created, then 409 Conflict
	// 201 Created, then 409 Conflict
}

func ExampleMock_Advance() {
	t := new(example) // in a test: its *testing.T
	defer t.end()

	newYear := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	mock := rollcalltest.Start(t, "council", rollcalltest.Clock(func() time.Time { return newYear }))
	fmt.Println(mock.World(t).Advance(t, 36*time.Hour))
	// Output: 2030-01-02 12:00:00 +0000 UTC
}

func ExampleMock_Journal() {
	t := new(example) // in a test: its *testing.T
	defer t.end()

	world := rollcalltest.Start(t, "council").World(t)
	add(world, "Harbour")
	for _, entry := range world.Journal(t) {
		fmt.Println(entry.Method, entry.Path, entry.Operation, entry.Status == http.StatusCreated)
	}
	// Output: POST /api/wards createWard true
}
