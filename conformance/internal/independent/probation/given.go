package probation

// People whose ids a target file names; their ids stay as they are, whatever the habits.
const (
	staffGiven      = "S34GLA1"
	caseloadGiven   = "S34WOR5"
	supervisorGiven = "S35BOS2"
)

// given is what a caller has to know of the data. The records named disposable may be changed.
func given() map[string]string {
	return map[string]string{
		"username": "p.raman", "staffId": "2041", "staffCode": staffGiven, "otherUsername": "d.okafor",
		"code": staffGiven, "id": "2041", "stafflessUsername": "helpdesk.one",
		"entrylessStaffCode": "S35BOS3", "endedTeamStaffCode": "S34OLD1", "caselessStaffCode": "S34WOR1",
		"middleNameStaffCode":  "S34GLA2",
		"oneForenameStaffCode": "S34WOR2", "teamlessStaffCode": "S35KLN1", "officeStaffCode": "S34GLB1",
		"unallocatedStaffCode": "S34GLAU", "manyTeamsStaffCode": "S35BOS1",
		"supervisorStaffCode": supervisorGiven, "supervisorStaffId": "2091", "crossProviderStaffCode": "S35GLX4",
		"userlessStaffCode": "S34UGA7", "caseloadStaffCode": caseloadGiven, "caseloadStaffId": "2057",

		"teamCode": "S34GLA", "emptyTeamCode": "S35SPA", "undatedTeamCode": "S34WOR", "supervisorTeamCode": "S35BOS",

		"crn": "D412907", "crnManagerCode": staffGiven, "siblingCrn": "D412915", "managerlessCrn": "E100233",
		"deletedManagerCrn": "E100241", "reallocatedCrn": "F220018", "reallocatedManagerCode": "S34GLA5",
		"formerManagerCode": "S34GLA6", "crossProviderCrn": "F220026", "unallocatedCrn": "G318850",
		"entrylessManagerCrn": "G318868", "otherResponsibleCrn": "H475512",
		"otherResponsibleManagerCode": "S34WOR3", "otherResponsibleStaffCode": "S34WOR4",
		"officeCrn": "H475520", "supervisedCrn": "J560071",

		"boroughCode": "S34A", "twoHeadsBoroughCode": "S34B", "entrylessHeadBoroughCode": "S35A",
		"headlessBoroughCode": "S35B", "closedBoroughCode": "S36A", "closingBoroughCode": "S37A",

		"openOfficeName": "Quay House", "endedOfficeName": "Spa Road Annexe", "endingOfficeName": "Longsmith Chambers",
		"closingOfficeName": "Brunswick Court", "blankOfficeName": "Records Store",
		"phoneOnlyOfficeName": "Duty Telephone Desk", "oneLineOfficeName": "Kingsholm Hut", "futureOfficeName": "Eastgate Hub",

		"disposable-account": "r.castell", "disposable-account-password": "Severn bore at four",
		"disposable-account-staffCode": "S34DSP1",
		"disposable-account-email":     "rowan.castell@severnvale.example.org", "disposable-account-userId": "7101",
		"disposable-staffless-account": "trainee.nine", "disposable-disabled-account": "w.marlow",
		"disposable-rowless-account": "t.visitor",
	}
}
