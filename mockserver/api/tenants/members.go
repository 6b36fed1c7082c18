package tenants

import "slices"

// numbers lists the members that are whole numbers, besides the id.
func numbers() []string {
	return []string{
		"caseOwnerId", "mentorId", "groupId", "programmeId", "employerId", "employerAddressId", "plannedHours", "weeklyHours",
		"managerId",
	}
}

// texts lists the members that are text.
func texts() []string {
	return []string{
		"firstName", "lastName", "phone", "referenceNumber", "email", "username", "status", "dateOfBirth", "caseOwnerFirstName",
		"caseOwnerLastName", "postCode", "address1", "address2", "townCity", "countyState",
		"programmeStartDate", "managerFirstName",
		"managerLastName", "managerEmail", "managerPhone", "IAEnglish", "IAMath", "IAICT", "diagEnglish",
		"diagMath", "diagIct", "title",
		"preferredName", "personalEmail", "gender", "authenticationType",
	}
}

// writable lists the members that a client writes: all but the id.
func writable() []string { return slices.Concat(numbers(), texts(), []string{"jobActiveSync"}) }
