package mockserver_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"rollcall/fixtures"
)

// lookUp is one request whose cost must not grow with the data.
type lookUp struct{ name, path string }

// lookUps are an item, pages at some depths, and each filter with an index, on
// a server with so many users.
func lookUps(b *testing.B, users int) []lookUp {
	data := fixtures.Volunteers(1, fixtures.Small)
	given := data.Given("volunteers")
	page := func(share float64) string { return strconv.Itoa(1 + int(share*float64(users)/20*0.7)) }
	return []lookUp{
		{"item", "/users/" + strconv.Itoa(1001+users/2)}, {"first page", "/users?limit=20"},
		{"middle page", "/users?limit=20&page=" + page(0.5)}, {"deep page", "/users?limit=20&page=" + page(1)},
		{"under a user", "/users/" + strconv.Itoa(1001+users/2) + "/roles"},
		{"ids", "/users?ids=1001,1020,1030&limit=20"}, {"team", "/users?limit=5&team=" + given["teamId"]},
		{"roles", "/users?limit=20&roles=" + given["roleProfileId"]},
		{"roles, page 2", "/users?limit=20&page=2&roles=" + given["roleProfileId"]},
		{"manager", "/users?limit=20&manager=" + given["managerUserId"]},
		{"supervisor", "/users?limit=20&supervisor=" + given["managerUserId"]},
		{"skills", "/users?limit=20&skills=501"}, {"langs", "/users?limit=20&langs=" + given["languageId"]},
	}
}

// BenchmarkGrowth reads from ever more users. GROWTH lists the numbers of users,
// with commas; without it there are few.
func BenchmarkGrowth(b *testing.B) {
	sizes := os.Getenv("GROWTH")
	if sizes == "" {
		sizes = "1000,3000"
	}
	for size := range strings.SplitSeq(sizes, ",") {
		users, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		s := volunteerServer(b, fixtures.Size(users))
		p, _ := s.Persona("volunteers", "default")
		for _, r := range lookUps(b, users) {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(r.name, " ", "-"), users), func(b *testing.B) {
				q := httptest.NewRequest(http.MethodGet, r.path, nil)
				q.Header.Set("Authorization", p.Headers["Authorization"])
				plain, n := q.URL.RawQuery, 0
				for b.Loop() {
					n++
					q.URL.RawQuery = plain + "&again=" + strconv.Itoa(n) // lest a list is looked up that was found before
					w := httptest.NewRecorder()
					if s.ServeHTTP(w, q); w.Code != http.StatusOK {
						b.Fatal(w.Code, w.Body.String())
					}
				}
			})
		}
	}
}
