package volunteers

import "rollcall/conformance/suite"

func noteCases() []suite.Case { return nil }
