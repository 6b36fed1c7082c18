package contract

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// SecurityScheme is one way in which callers show who they are.
type SecurityScheme struct {
	Name      string
	Type      string   // "http-bearer", "http-basic", "apiKey", "oauth2" or "openIdConnect"
	In        string   // of an API key: "header", "query" or "cookie"
	Parameter string   // of an API key: the name of the header, the parameter or the cookie
	TokenURL  string   // of oauth2: where tokens are had, "" where no flow says so
	Scopes    []string // of oauth2: what a token can be good for, sorted
	Line      int
}

// Need is one scheme that an operation asks for, with the scopes that a token has to have.
type Need struct {
	Scheme string
	Scopes []string
}

// readSecurity lists the schemes of a document.
func readSecurity(root *yaml.Node) (all []SecurityScheme) {
	eachKey(member(member(root, "components"), "securitySchemes"), func(key, value *yaml.Node) {
		all = append(all, readScheme(key.Value, value))
	})
	return all
}

func readScheme(name string, n *yaml.Node) SecurityScheme {
	s := SecurityScheme{Name: name, Type: word(n, "type"), Line: n.Line}
	switch s.Type {
	case "http":
		s.Type = "http-" + strings.ToLower(word(n, "scheme"))
	case "apiKey":
		s.In, s.Parameter = word(n, "in"), word(n, "name")
	}
	eachKey(member(n, "flows"), func(_, flow *yaml.Node) {
		if s.TokenURL == "" {
			s.TokenURL = word(flow, "tokenUrl")
		}
		eachKey(member(flow, "scopes"), func(scope, _ *yaml.Node) { s.Scopes = append(s.Scopes, scope.Value) })
	})
	slices.Sort(s.Scopes)
	s.Scopes = slices.Compact(s.Scopes)
	return s
}

// readNeeds lists the alternatives of a security list: each is a set of schemes that are
// asked for together. The empty set lets everybody in.
func readNeeds(list *yaml.Node) (all [][]Need) {
	if list == nil {
		return nil
	}
	for _, one := range list.Content {
		set := []Need{}
		eachKey(unalias(one), func(key, scopes *yaml.Node) {
			need := Need{Scheme: key.Value}
			for _, scope := range scopes.Content {
				need.Scopes = append(need.Scopes, scope.Value)
			}
			set = append(set, need)
		})
		all = append(all, set)
	}
	return all
}

// readBase is the path of the first server of a document.
func readBase(root *yaml.Node) string {
	servers := member(root, "servers")
	if servers == nil || len(servers.Content) == 0 {
		return ""
	}
	first := unalias(servers.Content[0])
	address := member(first, "url")
	if address == nil {
		return ""
	}
	path, _ := basePath(first, address.Value)
	return path
}
