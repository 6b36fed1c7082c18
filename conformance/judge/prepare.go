package judge

import (
	"context"
	"slices"

	"github.com/getkin/kin-openapi/openapi3"
)

// read loads and checks document, then settles its nulls. Examples are not
// checked here: the contract's own loader holds them against their schemas.
func read(document []byte) (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true
	doc, err := loader.LoadFromData(document)
	if err != nil {
		return nil, err
	}
	err = doc.Validate(context.Background(), openapi3.SetRegexCompiler(compilePattern), openapi3.DisableExamplesValidation(),
		openapi3.DisableSchemaDefaultsValidation()) // whoever reads the contract holds both against their schemas
	if err != nil {
		return nil, err
	}
	return doc, doc.WalkSchemas(func(_ string, ref *openapi3.SchemaRef) error {
		settleNull(ref.Value)
		return nil
	})
}

// settleNull corrects kin-openapi's two wrong verdicts on null. With an enum,
// `nullable: true` alone does not allow it (3.0.3: the enum has to list it),
// which kin-openapi overlooks. And a schema without a type takes any value,
// null too, for `nullable` is defined only beside a type, which kin-openapi
// refuses.
func settleNull(s *openapi3.Schema) {
	listed := slices.Contains(s.Enum, nil)
	switch {
	case len(s.Enum) > 0 && s.Nullable:
		s.Nullable = listed
	case s.Type == nil && s.Not == nil && len(s.AllOf)+len(s.AnyOf)+len(s.OneOf) == 0:
		s.Nullable = listed || len(s.Enum) == 0
	}
}

// options are those of every validation. Formats are handed over each time
// because kin-openapi's registry of them is global to the process.
func options(accepting bool) []openapi3.SchemaValidationOption {
	return []openapi3.SchemaValidationOption{
		openapi3.VisitAsResponse(),
		openapi3.MultiErrors(),
		openapi3.SetSchemaRegexCompiler(compilePattern),
		// Its own text writes the whole schema out for every fault, and again for each
		// place that hands it on; ours says more (wording.go).
		openapi3.SetSchemaErrorMessageCustomizer(func(wrong *openapi3.SchemaError) string { return wrong.Reason }),
		openapi3.WithStringFormatValidators(formats(accepting)),
	}
}
