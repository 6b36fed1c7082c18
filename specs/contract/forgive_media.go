package contract

import (
	"mime"
	"strings"

	"go.yaml.in/yaml/v4"
)

// isForm says whether a media type is one of the two of forms.
func isForm(mediaType string) bool {
	base, _, err := mime.ParseMediaType(mediaType)
	return err == nil && (base == "application/x-www-form-urlencoded" || base == "multipart/form-data")
}

// anyMedia are the media types that leave it open, and are served as JSON.
func anyMedia(mediaType string) bool {
	base, _, err := mime.ParseMediaType(mediaType)
	return err == nil && (base == "*/*" || base == "application/*" || base == "text/json" || base == "application/x-json")
}

// content rewrites the media types of a body or an answer: the one that is served stands
// first and has a schema, the others have none.
func (x *forgiver) content(at *source, _, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping of media types", "content is no mapping, and left out")
		return nil
	}
	x.openMedia(at, value)
	best := -1
	for i := 0; i+1 < len(value.Content); i += 2 {
		if !strings.HasPrefix(value.Content[i].Value, "x-") && (best < 0 || rank(value.Content[i].Value) <
			rank(value.Content[best].Value)) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	key, media := value.Content[best], value.Content[best+1]
	out := mapNode(value, key, x.media(at, key, media))
	var others []string
	for i := 0; i+1 < len(value.Content); i += 2 {
		if name := value.Content[i].Value; i != best && !strings.HasPrefix(name, "x-") {
			others = append(others, name)
			out.Content = append(out.Content, value.Content[i], mapNode(value.Content[i]))
		}
	}
	if len(others) > 0 {
		x.note(at.name, key, "", "of several media types %s is served, and not %s", key.Value, strings.Join(others, ", "))
	}
	return out
}

// rank orders media types: JSON is served before forms, and those before all else.
func rank(mediaType string) int {
	base, _, _ := strings.Cut(mediaType, ";")
	switch {
	case strings.TrimSpace(base) == "application/json":
		return 0
	case IsJSON(mediaType):
		return 1
	case isForm(mediaType):
		return 2
	}
	return 3
}

// openMedia names JSON where any media type will do, and there is no JSON beside it.
func (x *forgiver) openMedia(at *source, content *yaml.Node) {
	for i := 0; i+1 < len(content.Content); i += 2 {
		if rank(content.Content[i].Value) < 2 {
			return
		}
	}
	for i := 0; i+1 < len(content.Content); i += 2 {
		if key := content.Content[i]; anyMedia(key.Value) {
			x.note(at.name, key, "Use application/json", "media type %s is served as application/json", key.Value)
			content.Content[i] = textNode(key, "application/json")
			return
		}
	}
}

// media rewrites the media type that is served. Only JSON and forms are looked into.
func (x *forgiver) media(at *source, key, media *yaml.Node) *yaml.Node {
	if !IsJSON(key.Value) && !isForm(key.Value) {
		x.note(at.name, key, "", "what is in a body of %s is not looked into", key.Value)
		return mapNode(media)
	}
	if media.Kind != yaml.MappingNode {
		if !isNull(media) {
			x.note(at.name, media, "Make it a mapping with a schema", "the media type is no mapping, and takes anything")
		}
		media = mapNode(media)
	}
	x.keep(at, media, "a media type", x.rules.media)
	if member(media, "schema") == nil {
		x.note(at.name, key, "Give it a schema", "%s has no schema, and takes anything", key.Value)
		setMember(media, "schema", mapNode(key))
	}
	return media
}

// example keeps an example that is plain data.
func (x *forgiver) example(at *source, key, value *yaml.Node) *yaml.Node {
	if !plainData(value) {
		x.note(at.name, key, "Write the value itself", "an example with a $ref in it is left out")
		return nil
	}
	return value
}

// plainData says whether nothing in an example would be taken for a reference.
func plainData(n *yaml.Node) bool {
	for i, item := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && item.Value == "$ref" || !plainData(item) {
			return false
		}
	}
	return true
}

// examples keeps the first of named examples that has a value.
func (x *forgiver) examples(at *source, key, value *yaml.Node) *yaml.Node {
	out := mapNode(value)
	eachKey(value, func(name, example *yaml.Node) {
		if ref := reference(example); ref != nil {
			example, _ = x.follow(at, ref, true)
		}
		data := member(example, "value")
		if len(out.Content) > 0 || data == nil {
			return
		}
		if data = x.example(at, key, data); data != nil {
			out.Content = append(out.Content, textNode(name, "first"), mapNode(name, textNode(name, "value"), data))
		}
	})
	if len(out.Content) == 0 {
		return nil
	}
	return out
}
