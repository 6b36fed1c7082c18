package tenants

import (
	"net/http"

	"rollcall/conformance/internal/independent"
)

// Implementation is this server with its tables and with what a caller has to know of it.
func Implementation() independent.Implementation {
	return independent.Implementation{
		Contract: "tenants", New: newBehind, Habits: habits(), Faults: faults(),
		Personas: map[string]independent.Persona{
			"default":            persona("cvs-7f3a91d0e2b84c56", homeTenant),
			"second-tenant":      strangers(),
			"low-rights":         persona("cvs-reports-1b77e0aa", homeTenant),
			"expired-credential": persona("cvs-2023-44d0c9e1f8a", homeTenant),
			"revoked-credential": persona("cvs-gone-90ab3e5d712", homeTenant),
		},
		Given: map[string]string{
			"tenantName": homeTenant, "userId": "4107", "groupId": "22", "authenticationType": "Standard",
			"managerId": "2702", "mentorId": "301", "employerId": "1502", "employerAddressId": "1603",
			"programmeId": "812", "caseOwnerId": "304", "caseOwnerFirstName": "Desmond", "caseOwnerLastName": "Okafor",
		},
	}
}

func strangers() independent.Persona {
	p := persona("sol-c25e8814bd9f4a03", otherTenant)
	for name, value := range map[string]string{
		"groupId": "41", "authenticationType": "Standard", "managerId": "2751", "mentorId": "351", "employerId": "1551",
		"employerAddressId": "1651", "programmeId": "851", "caseOwnerId": "351",
	} {
		p.Info[name] = value
	}
	return p
}

func persona(secret, tenantName string) independent.Persona {
	return independent.Persona{
		Headers: map[string]string{tokenHeader: secret},
		Info:    map[string]string{"tenantName": tenantName},
	}
}

func newBehind(active ...string) http.Handler {
	return independent.Before(New(active...), between(), active)
}
