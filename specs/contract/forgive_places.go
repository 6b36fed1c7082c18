package contract

import (
	"go.yaml.in/yaml/v4"
)

// partRule rewrites a component of one kind, and says whether it can be kept.
type partRule = func(x *forgiver, at *source, n *yaml.Node) bool

// places say of each place of a document which members it may have and what becomes of
// each. A place is a table; a member that is not in it is noted and left out.
type places struct {
	document, info, pathItem, operation, parameter, requestBody, media, response, schema map[string]rule

	components map[string]partRule // by section
}

func newPlaces() places {
	p := places{
		document: map[string]rule{
			"openapi": asText, "info": (*forgiver).info, "servers": (*forgiver).servers, "security": asItIs, "paths": asItIs,
			"components": asItIs, "tags": leaveOut, "externalDocs": leaveOut, "jsonSchemaDialect": leaveOut, "$self": leaveOut,
			"webhooks": without("webhooks are not sent"),
		},
		info: map[string]rule{
			"title": asText, "version": asText, "description": asText, "summary": leaveOut, "termsOfService": leaveOut,
			"contact": leaveOut, "license": leaveOut,
		},
		pathItem: map[string]rule{
			"summary": leaveOut, "description": leaveOut, "parameters": (*forgiver).parameters,
			"servers": without("servers of single paths are not read: all is served below the first of the document"),
		},
		operation: map[string]rule{
			"operationId": asText, "summary": asText, "description": asText, "deprecated": asFlag, "tags": leaveOut,
			"externalDocs": leaveOut, "parameters": (*forgiver).parameters, "requestBody": component("requestBodies"),
			"responses": (*forgiver).responses, "security": (*forgiver).operationSecurity,
			"callbacks": without("callbacks are not sent"),
			"servers":   without("servers of single paths are not read: all is served below the first of the document"),
		},
		parameter: map[string]rule{
			"name": asText, "in": asText, "required": asFlag, "description": asText, "deprecated": asFlag,
			"schema":  (*forgiver).schemaMember,
			"content": (*forgiver).parameterContent, "style": asText, "explode": asFlag, "allowReserved": leaveOut,
			"allowEmptyValue": leaveOut, "example": leaveOut, "examples": leaveOut,
		},
		requestBody: map[string]rule{"description": asText, "required": asFlag, "content": (*forgiver).content},
		media: map[string]rule{
			"schema": (*forgiver).schemaMember, "example": (*forgiver).example, "examples": (*forgiver).examples,
			"encoding": leaveOut,
		},
		response: map[string]rule{
			"description": asText, "headers": (*forgiver).headers, "content": (*forgiver).content, "links": leaveOut,
			"summary": leaveOut,
		},
		components: map[string]partRule{
			"schemas": (*forgiver).schema, "parameters": (*forgiver).parameter, "responses": (*forgiver).response,
			"requestBodies": (*forgiver).requestBody, "securitySchemes": (*forgiver).securityScheme,
			"headers": keepAll, "examples": keepAll, "pathItems": keepAll,
		},
	}
	for _, method := range methods() {
		p.pathItem[method] = (*forgiver).operation
	}
	p.schema = schemaRules()
	return p
}

// methods are the keys of a path item that are operations.
func methods() []string {
	return []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}
}

func keepAll(*forgiver, *source, *yaml.Node) bool { return true }

func asItIs(_ *forgiver, _ *source, _, value *yaml.Node) *yaml.Node { return value }

func leaveOut(*forgiver, *source, *yaml.Node, *yaml.Node) *yaml.Node { return nil }

// without leaves a member out, and says what is not done therefore.
func without(what string) rule {
	return func(x *forgiver, at *source, key, _ *yaml.Node) *yaml.Node {
		x.note(at.name, key, "", "%s", what)
		return nil
	}
}

// asText takes any scalar, as the text that is written.
func asText(x *forgiver, at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.ScalarNode {
		x.note(at.name, value, "Write a text", "%s is no text, and left out", key.Value)
		return nil
	}
	return textNode(value, value.Value)
}

// asFlag takes true and false, also as a text.
func asFlag(x *forgiver, at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.ScalarNode || value.Value != "true" && value.Value != "false" {
		x.note(at.name, value, "Write true or false", "%s is neither true nor false, and left out", key.Value)
		return nil
	}
	return flagNode(value, value.Value)
}

// component rewrites a member that is a component of that section or refers to one.
func component(section string) rule {
	return func(x *forgiver, at *source, _, value *yaml.Node) *yaml.Node { return x.refer(at, value, section) }
}

// info keeps what the document says of itself.
func (x *forgiver) info(at *source, key, value *yaml.Node) *yaml.Node {
	if value.Kind != yaml.MappingNode {
		x.note(at.name, value, "Make it a mapping", "%s is no mapping, and left out", key.Value)
		return nil
	}
	x.keep(at, value, "info", x.rules.info)
	return value
}
