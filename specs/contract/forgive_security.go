package contract

import (
	"net/url"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// securityScheme keeps a scheme by which callers can show who they are.
func (x *forgiver) securityScheme(at *source, n *yaml.Node) bool {
	if ref := reference(n); ref != nil {
		target, _ := x.follow(at, ref, true)
		if target == nil {
			return false
		}
		*n = *x.aims.copied(target)
	}
	scheme := readScheme("", n)
	known := scheme.Type == "apiKey" && scheme.Parameter != "" && slices.Contains([]string{"header", "query", "cookie"},
		scheme.In) ||
		strings.HasPrefix(scheme.Type, "http-") || scheme.Type == "oauth2" || scheme.Type == "openIdConnect"
	if !known {
		x.note(at.name, n, "Use http, apiKey, oauth2 or openIdConnect", "a security scheme of type %q is not asked for",
			scheme.Type)
	}
	return known
}

// securityList keeps, of the alternatives of a security list, those whose schemes are defined.
func (x *forgiver) securityList(at *source, list *yaml.Node) {
	var out []*yaml.Node
	for _, one := range list.Content {
		defined := one.Kind == yaml.MappingNode
		eachKey(one, func(key, scopes *yaml.Node) {
			scheme := member(x.sections["securitySchemes"], componentName(key.Value))
			switch {
			case scheme == nil:
				x.note(at.name, key, "Describe it under components/securitySchemes",
					"security scheme %q is not defined, and not asked for",
					key.Value)
				defined = false
			case !x.once(x.main, scheme, "securitySchemes"):
				defined = false
			}
			key.Value = componentName(key.Value)
			if scopes.Kind != yaml.SequenceNode {
				scopes.Kind, scopes.Tag, scopes.Value, scopes.Content = yaml.SequenceNode, "!!seq", "", nil
			}
		})
		if defined {
			out = append(out, one)
		}
	}
	list.Content = out
}

func (x *forgiver) operationSecurity(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.SequenceNode {
		x.note(at.name, value, "Make it a list", "security is no list, and left out")
		return nil
	}
	x.securityList(at, value)
	return value
}

// servers keeps the path of the first server: everything is served below it.
func (x *forgiver) servers(at *source, _, value *yaml.Node) *yaml.Node {
	base := "/"
	for _, server := range value.Content {
		if address := member(server, "url"); address != nil {
			path, ok := basePath(server, address.Value)
			if !ok {
				x.note(at.name, address, "Write the address of the service", "server %q is no address; all is served at /",
					address.Value)
			}
			base = path + "/"
			break
		}
	}
	if len(base) > 1 {
		base = base[:len(base)-1]
	}
	return listNode(value, mapNode(value, textNode(value, "url"), textNode(value, base)))
}

// basePath is the path of a server's address, its variables filled by their defaults,
// without a slash at its end.
func basePath(server *yaml.Node, address string) (string, bool) {
	for _, name := range braced(address) {
		value := ""
		if fallback := member(member(member(server, "variables"), name), "default"); fallback != nil {
			value = fallback.Value
		}
		address = strings.ReplaceAll(address, "{"+name+"}", value)
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	path := strings.Trim(strings.TrimPrefix(u.Path, "."), "/")
	if path == "" {
		return "", true
	}
	return "/" + path, true
}
