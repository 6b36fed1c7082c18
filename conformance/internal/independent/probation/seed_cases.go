package probation

func managers() []manager {
	return []manager{
		{crn: "H475520", staff: "S34GLB1", team: "S34GLB", provider: "S34", active: true},
		{crn: "D412907", staff: "S34GLA1", team: "S34FOD", provider: "S34", active: true},
		{crn: "D412915", staff: "S34GLA1", team: "S34GLA", provider: "S34", active: true},
		{crn: "D412923", staff: "S34GLA2", team: "S34GLA", provider: "S34", active: true},
		{crn: "E100233", staff: "S34GLA6", team: "S34GLA", provider: "S34"},
		{crn: "E100241", staff: "S34GLA5", team: "S34GLA", provider: "S34", active: true, deleted: true},
		{crn: "F220018", staff: "S34GLA6", team: "S34GLA", provider: "S34"},
		{crn: "F220018", staff: "S34GLA5", team: "S34GLA", provider: "S34", active: true},
		{crn: "F220026", staff: "S35GLX4", team: "S34GLA", provider: "S34", active: true},
		{crn: "G318850", staff: "S34GLAU", team: "S34GLA", provider: "S34", active: true},
		{crn: "G318868", staff: "S35BOS3", team: "S35BOS", provider: "S35", active: true},
		{crn: "H475512", staff: "S34WOR3", team: "S34WOR", provider: "S34", active: true},
		{crn: "K801101", staff: "S34WOR5", team: "S34WOR", provider: "S34", active: true},
		{crn: "K801119", staff: "S34WOR5", team: "S34WOR", provider: "S34", active: true},
	}
}

func responsibles() []manager {
	return []manager{{crn: "H475512", staff: "S34WOR4", team: "S34WOR", provider: "S34", active: true}}
}

// jointCases are held by a second person of the team as well.
func jointCases() []caseRow {
	return []caseRow{
		{"F220018", "Terence", "", "Mudd", "2024-06-03", "S34GLA1", "S34GLA", "OM"},
		{"K801119", "Eve", "", "Amory", "", "S34WOR2", "S34WOR", "OM"},
	}
}

// cases is the caseload table: OM rows are held as offender manager, OS rows as order supervisor.
func cases(day func(int) string) []caseRow {
	return []caseRow{
		{"D412907", "Jordan", "Reece", "Tandy", "2024-02-12", "S34GLA1", "S34FOD", "OM"},
		{"D412915", "Shane", "", "Ó Briain", "2023-11-30", "S34GLA1", "S34GLA", "OM"},
		{"D412923", "Abdul", "Karim", "Hoque", day(-9), "S34GLA2", "S34GLA", "OM"},
		{"F220018", "Terence", "", "Mudd", "2024-06-03", "S34GLA5", "S34GLA", "OM"},
		{"F220026", "Gemma", "Louise", "Astley", "2022-08-19", "S35GLX4", "S34GLA", "OM"},
		{"G318850", "Kyle", "", "Brandreth", "2024-06-21", "S34GLAU", "S34GLA", "OM"},
		{"G318868", "Nadia", "", "Rahimi", "2023-05-05", "S35BOS3", "S35BOS", "OM"},
		{"H475512", "Leon", "Marcus", "Daley", "2024-01-22", "S34WOR3", "S34WOR", "OM"},
		{"H475520", "Maureen", "", "Stubbs", "2021-03-08", "S34GLB1", "S34GLB", "OM"},
		{"J560071", "Craig", "Dean", "Yelland", "2024-04-15", "S35BOS2", "S35BOS", "OS"},
		{"J560089", "Tina", "", "Foster", "2023-12-01", "S35BOS2", "S35BOS", "OM"},
		{"K801101", "Dafydd", "Huw", "Parry", "2024-03-18", "S34WOR5", "S34WOR", "OM"},
		{"K801119", "Eve", "", "Amory", "", "S34WOR5", "S34WOR", "OM"},
		{"K801127", "Ronnie", "Paul", "Vickers", "2023-01-16", "S34WOR5", "S34GLA", "OM"},
		{"K801135", "Jasper", "", "Nunn", "", "S34WOR2", "S34WOR", "OM"},
		{"K801143", "Lorna", "Kay", "Birch", "2022-10-27", "S34WOR2", "S34WOR", "OM"},
		{"L904410", "Vincent", "", "Cole", "2024-05-20", "S35BOS1", "S35BOS", "OM"},
		{"L904428", "Asha", "Devi", "Menon", "2023-09-11", "S35BOS1", "S35KLN", "OM"},
		{"L904436", "Piotr", "", "Zając", "2024-07-01", "S35BOS1", "S35KLN", "OM"},
	}
}
