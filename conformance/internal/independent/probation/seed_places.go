package probation

func providers(day func(int) string) []provider {
	return []provider{
		{code: "S34", description: "Severn Vale Region"},
		{code: "S35", description: "Fens and Wash Region"},
		{code: "S36", description: "Former Borders Trust", end: day(-400)},
		{code: "S37", description: "Lowther Dales Region", end: day(0)},
	}
}

func boroughs() []borough {
	return []borough{
		{"S34A", "Gloucester and the Forest", "S34", "S34GLH1"},
		{"S34B", "Worcester and Malvern", "S34", "S34WOH1 S34WOH2"},
		{"S35A", "Boston and Spalding", "S35", "S35BOH1"},
		{"S35B", "King's Lynn and Wisbech", "S35", ""},
		{"S36A", "Ludlow and Knighton", "S36", "S36HED1"},
		{"S37A", "Appleby and Shap", "S37", "S37HED1"},
	}
}

func districts() []district {
	return []district{
		{"S34AG", "Gloucester", "S34A"},
		{"S34AF", "Forest of Dean", "S34A"},
		{"S34BW", "Worcester", "S34B"},
		{"S35AB", "Boston", "S35A"},
		{"S35BK", "King's Lynn", "S35B"},
		{"S36AL", "Ludlow", "S36A"},
	}
}

func offices(day func(int) string) []office {
	return []office{
		{name: "Quay House", number: "14", street: "Llanthony Road", district: "Hempsted", town: "Gloucester",
			county: "Gloucestershire", postcode: "GL2 5QX", phone: "01452 555010", ldu: "S34AG", from: "2016-06-01"},
		{name: "Spa Road Annexe", number: "3", street: "Spa Road", town: "Gloucester", postcode: "GL1 1UY", ldu: "S34AG",
			from: "2009-02-02", to: day(-30)},
		{name: "Longsmith Chambers", building: "Longsmith Chambers", street: "Longsmith Street", town: "Gloucester",
			ldu: "S34AG", from: "2011-10-10", to: day(0)},
		{name: "Brunswick Court", building: "Brunswick Court", number: "2", town: "Gloucester", postcode: "GL1 2EH",
			ldu: "S34AF", from: "2018-01-15", to: day(45)},
		{name: "Records Store", ldu: "S34AG", from: "2012-05-05"},
		{name: "Duty Telephone Desk", phone: "01452 555099", ldu: "S34AG", from: "2013-03-03"},
		{name: "Kingsholm Hut", town: "Kingsholm", ldu: "S34AG", from: "2014-04-04"},
		{name: "Eastgate Hub", number: "40", street: "Eastgate Street", town: "Gloucester", ldu: "S34AG", from: day(60)},
		{name: "Tŷ'r Afon / Riverside", building: "Tŷ'r Afon", street: "Croft Road", town: "Worcester", postcode: "WR1 3JB",
			phone: "01905 555300", ldu: "S34BW", from: "2015-09-21"},
		{name: "abbey Lane Office", number: "7", street: "Abbey Lane", town: "Worcester", ldu: "S34BW", from: "2017-07-17"},
		{name: "Sluice Bridge", number: "1", street: "London Road", district: "Skirbeck", town: "Boston", county: "Lincolnshire",
			postcode: "PE21 8AA", ldu: "S35AB", from: "2010-01-04"},
	}
}

func teams(day func(int) string) []team {
	return []team{
		{"S34GLA", "Gloucester Assessment", "01452 555020", "gla@severnvale.example.org", "S34AG", "Quay House",
			"2016-06-01", ""},
		{"S34FOD", "Forest of Dean", "", "", "S34AF", "", "2017-04-03", ""},
		{"S34GLB", "Gloucester Court", "01452 555030", "", "S34AG", "Quay House|Spa Road Annexe|Longsmith Chambers|" +
			"Brunswick Court|Records Store|Duty Telephone Desk|Kingsholm Hut|Eastgate Hub", "2012-11-05", ""},
		{"S34WOR", "Worcester Sentence Management", "01905 555310", "wor@severnvale.example.org", "S34BW",
			"Tŷ'r Afon / Riverside|abbey Lane Office", "2015-09-21", ""},
		{"S34OLD", "Gloucester Night Reporting", "", "", "S34AG", "", "2008-01-07", day(-200)},
		{"S35BOS", "Boston Community", "01205 555700", "", "S35AB", "Sluice Bridge", "2010-01-04", ""},
		{"S35KLN", "King's Lynn Community", "", "kln@fenswash.example.org", "S35BK", "", "2010-02-01", ""},
		{"S35SPA", "Spalding Reserve", "", "", "S35AB", "", "2021-08-30", ""},
		{"S36LUD", "Ludlow Community", "", "", "S36AL", "", "2005-05-02", ""},
	}
}
