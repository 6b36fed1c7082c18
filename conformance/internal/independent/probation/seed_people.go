package probation

func people() []person {
	return []person{
		{2041, "S34GLA1", "Priya", "Anjali", "Raman", "S34", "p.raman", "S34GLA S34FOD"},
		{2038, "S34GLA2", "Daniel", "Chidi", "Okafor", "S34", "d.okafor", "S34GLA"},
		{2057, "S34WOR5", "Siân", "Mair", "Pritchard", "S34", "s.pritchard", "S34WOR S34GLA"},
		{2063, "S34WOR1", "Callum", "James", "Whitlock", "S34", "c.whitlock", "S34WOR"},
		{2064, "S34WOR2", "Marjorie", "", "Teal", "S34", "m.teal", "S34WOR"},
		{2071, "S34GLB1", "Tobias", "Neil", "Farrow", "S34", "t.farrow", "S34GLB"},
		{2078, "S34OLD1", "Helen", "Ruth", "Aske", "S34", "h.aske", "S34OLD S34GLA"},
		{2080, "S35KLN1", "Inês", "Carmo", "Duarte", "S35", "i.duarte", ""},
		{2085, "S34GLAU", "Unallocated", "", "Staff", "S34", "", "S34GLA"},
		{2090, "S35BOS1", "Graham", "Peter", "Lund", "S35", "g.lund", "S35KLN S35BOS"},
		{2091, "S35BOS2", "Olwen", "Tess", "Harker", "S35", "o.harker", "S35BOS"},
		{2096, "S35BOS3", "Amir", "Faisal", "Siddiqui", "S35", "a.siddiqui", "S35BOS"},
		{2102, "S35GLX4", "Nora", "Jane", "Keegan", "S35", "n.keegan", "S34GLA"},
		{2110, "S34GLA5", "Peter", "Alan", "Dobbs", "S34", "p.dobbs", "S34GLA"},
		{2111, "S34GLA6", "Lucy", "May", "Trant", "S34", "l.trant", "S34GLA"},
		{2115, "S34WOR3", "Keith", "Ian", "Pollard", "S34", "k.pollard", "S34WOR"},
		{2116, "S34WOR4", "Yvonne", "Ada", "Quist", "S34", "y.quist", "S34WOR"},
		{3001, "S34GLH1", "Beatrice", "Joan", "Ollerton", "S34", "b.ollerton", "S34GLA"},
		{3002, "S34WOH1", "Stephen", "", "Zouch", "S34", "s.zouch", "S34WOR"},
		{3003, "S34WOH2", "Farah", "Noor", "Bell", "S34", "f.bell", "S34WOR"},
		{3004, "S35BOH1", "Malcolm", "Roy", "Inskip", "S35", "m.inskip", "S35BOS"},
		{3005, "S36HED1", "Glenys", "", "Probert", "S36", "g.probert", "S36LUD"},
		{3006, "S37HED1", "Robert", "Tait", "Fell", "S37", "r.fell", ""},
		{4001, "S34DSP1", "Rowan", "Lee", "Castell", "S34", "r.castell", "S34FOD"},
		{3010, "S34UGA7", "Aled", "", "Vaughan", "S34", "", "S34GLA"},
		{4002, "S34DSP2", "Wendy", "", "Marlow", "S34", "w.marlow", "S34FOD"},
	}
}

// full is a user with both a database row and a directory entry.
func full(userID int64, username, mail, phone string) *account {
	return &account{userID: userID, username: username, mail: mail, phone: phone, row: true, entry: true,
		roles: map[string]bool{"CTRBT001": true}}
}

// rowOnly is a user whom the directory does not know.
func rowOnly(userID int64, username string) *account {
	return &account{userID: userID, username: username, row: true, roles: map[string]bool{}}
}

func accounts() []*account {
	disabled := full(7103, "w.marlow", "wendy.marlow@severnvale.example.org", "")
	disabled.disabled = true
	signing := full(7101, "r.castell", "rowan.castell@severnvale.example.org", "01594555101")
	signing.password = "Severn bore at four"
	rowless := full(0, "t.visitor", "t.visitor@example.org", "")
	rowless.row = false
	return []*account{
		full(7001, "p.raman", "Priya.Raman@severnvale.example.org", "01452555021"),
		full(7002, "d.okafor", "daniel.okafor@severnvale.example.org", "01452555022"),
		full(7003, "s.pritchard", "sian.pritchard@severnvale.example.org", "01905555311"),
		full(7004, "c.whitlock", "callum.whitlock@severnvale.example.org", ""),
		full(7005, "m.teal", "marjorie.teal@severnvale.example.org", "01905555312"),
		full(7006, "t.farrow", "tobias.farrow@severnvale.example.org", "01452555031"),
		full(7007, "h.aske", "helen.aske@severnvale.example.org", ""),
		full(7008, "i.duarte", "ines.duarte@fenswash.example.org", "01553555801"),
		full(7009, "g.lund", "graham.lund@fenswash.example.org", "01205555701"),
		full(7010, "o.harker", "olwen.harker@fenswash.example.org", "01205555702"),
		rowOnly(7011, "a.siddiqui"),
		full(7012, "n.keegan", "nora.keegan@fenswash.example.org", ""),
		full(7013, "p.dobbs", "peter.dobbs@severnvale.example.org", "01452555023"),
		full(7014, "l.trant", "lucy.trant@severnvale.example.org", "01452555024"),
		full(7015, "k.pollard", "keith.pollard@severnvale.example.org", "01905555313"),
		full(7016, "y.quist", "yvonne.quist@severnvale.example.org", "01905555314"),
		full(7017, "b.ollerton", "Bea.Ollerton@severnvale.example.org", "01452555001"),
		full(7018, "s.zouch", "stephen.zouch@severnvale.example.org", "01905555301"),
		full(7019, "f.bell", "farah.bell@severnvale.example.org", "01905555302"),
		rowOnly(7020, "m.inskip"),
		full(7021, "g.probert", "glenys.probert@example.org", ""),
		full(7022, "r.fell", "robert.fell@example.org", ""),
		full(7050, "helpdesk.one", "helpdesk@severnvale.example.org", "01452555000"),
		signing,
		full(7102, "trainee.nine", "trainee.nine@severnvale.example.org", ""),
		disabled, rowless,
	}
}
