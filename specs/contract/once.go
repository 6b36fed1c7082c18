package contract

import (
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// keywordOnce is a $ref that is followed once for each value. The library follows every $ref
// anew, so that forms that share a part are tried twice as often at each level: with twenty
// levels a small body takes a million steps.
const keywordOnce = "rollcallOnce"

// shared makes the references to what is referred to more than once such ones, and tells
// whether there are any. A schema without choices comes to no value twice by the same part.
func (b *builder) shared() bool {
	if !b.composed {
		return false
	}
	times := map[any]int{}
	for _, site := range b.sites {
		times[site["$ref"]]++
	}
	found := false
	for _, site := range b.sites {
		if times[site["$ref"]] > 1 {
			site[keywordOnce] = site["$ref"]
			delete(site, "$ref")
			found = true
		}
	}
	return found
}

// desk is one compiled schema with what it knows of the value that it judges, for one value at
// a time.
type desk struct {
	compiled *jsonschema.Schema
	known    *verdicts
}

// desks are those of one schema that nobody uses, as many as ever judged at once. They aren't
// a sync.Pool: to compile one anew costs more than a body is worth.
type desks struct {
	sync.Mutex
	free []*desk
}

func (d *desks) take() *desk {
	d.Lock()
	defer d.Unlock()
	if len(d.free) == 0 {
		return nil
	}
	last := d.free[len(d.free)-1]
	d.free = d.free[:len(d.free)-1]
	return last
}

func (d *desks) put(one *desk) {
	one.known.clear()
	d.Lock()
	defer d.Unlock()
	d.free = append(d.free, one)
}

// verdicts are what was found of the parts of one value.
type verdicts struct{ of map[verdictKey]verdict }

// mostRemembered is for how many verdicts the room is kept when they are forgotten.
const mostRemembered = 1000

func (v *verdicts) clear() {
	if v.of == nil || len(v.of) > mostRemembered {
		v.of = map[verdictKey]verdict{}
		return
	}
	clear(v.of)
}

type verdictKey struct {
	schema *jsonschema.Schema
	at     string
}

type verdict struct {
	err   error
	terse bool // the library only asked whether it fits, and err says nothing
}

// vocabulary teaches the library the keyword.
func (v *verdicts) vocabulary() *jsonschema.Vocabulary {
	return &jsonschema.Vocabulary{
		URL: schemaURL + "/once",
		Compile: func(ctx *jsonschema.CompilerContext, obj map[string]any) (jsonschema.SchemaExt, error) {
			ref, ok := obj[keywordOnce].(string)
			if !ok {
				return nil, nil
			}
			to, err := ctx.EnqueueRef(ref)
			return &once{to, v}, err
		},
	}
}

type once struct {
	to    *jsonschema.Schema
	known *verdicts
}

// Validate gives the verdict that was found before on the same place of the value, or finds it.
func (o *once) Validate(ctx *jsonschema.ValidatorContext, v any) {
	key := verdictKey{o.to, pointer(ctx.ValueLocation())}
	found, ok := o.known.of[key]
	if !ok || found.terse && !isTerse(ctx) {
		found.err = ctx.Validate(o.to, v, nil)
		found.terse = found.err != nil && isTerse(ctx)
		o.known.of[key] = found
	}
	if found.err != nil {
		ctx.AddErr(found.err)
	}
}

// isTerse says whether the library only asks whether the value fits. It doesn't tell, but an
// error that it makes then has no kind, such as that of a value which is none of JSON's.
func isTerse(ctx *jsonschema.ValidatorContext) bool {
	_, err := ctx.Equals(struct{}{}, nil)
	wrong, ok := err.(*jsonschema.ValidationError)
	return ok && wrong.ErrorKind == nil
}
