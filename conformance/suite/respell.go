package suite

import (
	"bytes"
	"encoding/json"
	"sync"
	"sync/atomic"

	"github.com/tidwall/gjson"
	"golang.org/x/text/unicode/norm"

	"rollcall/conformance/client"
)

// spellings know how a target spells texts that are read composed: what it gave or answered is sent as it gave it, for to it
// another spelling may be another name.
type spellings struct {
	own    sync.Map // the composed text -> the target's spelling
	filled atomic.Bool
}

// learn notes a text of the target.
func (s *spellings) learn(text string) {
	if one := norm.NFC.String(text); one != text {
		s.own.Store(one, text)
		s.filled.Store(true)
	}
}

// learnAll notes the texts of a JSON answer, as it came, at any depth.
func (s *spellings) learnAll(value gjson.Result) {
	switch {
	case value.IsObject() || value.IsArray():
		value.ForEach(func(_, inner gjson.Result) bool {
			s.learnAll(inner)
			return true
		})
	case value.Type == gjson.String:
		s.learn(value.Str)
	}
}

// of is the text as the target spells it, or the text itself where it has not shown it.
func (s *spellings) of(text string) string {
	if own, known := s.own.Load(text); known {
		return own.(string)
	}
	return text
}

// respell writes a request as the target spells what is in it and it has shown. Another text, such as a password or what the run
// has made, is what the case is about.
func (s *spellings) respell(request *client.Request) {
	if !s.filled.Load() {
		return
	}
	for name, value := range request.PathValues {
		request.PathValues[name] = s.of(value)
	}
	for _, values := range request.Query {
		for i, value := range values {
			values[i] = s.of(value)
		}
	}
	s.own.Range(func(one, own any) bool {
		sought, _ := json.Marshal(one) // a text always encodes
		if bytes.Contains(request.Body, sought) {
			spelt, _ := json.Marshal(own)
			request.Body = bytes.ReplaceAll(request.Body, sought, spelt)
		}
		return true
	})
}
