package query

import "testing"

// TestCachedPages holds which pages are kept: those that are asked for again in the same state.
func TestCachedPages(t *testing.T) {
	var c Cache
	key, other := KeyOf("a", "page=1"), KeyOf("a", "page=2")
	state, next := new(int), new(int)
	if page, worth := c.Page(state, key); page != nil || worth {
		t.Fatalf("the first time there is %v, worth to be kept: %v", page, worth)
	}
	if page, worth := c.Page(state, key); page != nil || !worth {
		t.Fatalf("the second time there is %v, worth to be kept: %v", page, worth)
	}
	items := []byte(`{"id":1}`)
	c.Keep(state, key, Written{Total: 7, Count: 1, Items: items})
	items[0] = 'x'
	if page, _ := c.Page(state, key); page == nil || page.Total != 7 || string(page.Items) != `{"id":1}` {
		t.Fatalf("the third time there is %+v", page)
	}
	if page, _ := c.Page(state, other); page != nil {
		t.Fatal("another page is the same one")
	}
	if page, worth := c.Page(next, key); page != nil || worth {
		t.Fatal("another state has the same page")
	}
	c.Keep(next, other, Written{Items: make([]byte, maxKept+1)})
	if page, _ := c.Page(next, other); page != nil {
		t.Fatal("a long page is kept")
	}
	if _, worth := c.Page(next, Key{}); worth {
		t.Fatal("a page of no key is worth to be kept")
	}
	if KeyOf("a", "b") == KeyOf("ab") || KeyOf("a", "b") == KeyOf("a\x00", "b") {
		t.Fatal("keys of other texts are the same")
	}
}
