package tenants

import "slices"

// references lists the members that name a record of the target, as which it
// also gives them.
func references() []string {
	return []string{"caseOwnerId", "mentorId", "groupId", "programmeId", "employerId", "employerAddressId", "managerId"}
}

// numbers lists the nine members typed Int32 that a client writes.
func numbers() []string { return append(references(), "plannedHours", "weeklyHours") }

// texts lists the 31 members typed string.
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

// computed lists the members that may follow from others: what becomes of them when they
// are written is not said (reading A8).
func computed() []string {
	return []string{"caseOwnerFirstName", "caseOwnerLastName", "managerFirstName", "managerLastName",
		"managerEmail", "managerPhone"}
}

// writable lists the 41 members that a client writes.
func writable() []string { return slices.Concat(texts(), numbers(), []string{"jobActiveSync"}) }

// telephones lists the members that are telephone numbers.
func telephones() []string { return []string{"phone", "managerPhone"} }

// days lists the members that are dates.
func days() []string { return []string{"dateOfBirth", "programmeStartDate"} }
