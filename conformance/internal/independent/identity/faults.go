package identity

import (
	"slices"
	"strings"

	"rollcall/conformance/internal/independent"
)

// faultRow is one fault. What must fail without a number here is named in words.
type faultRow struct {
	name, says, source string
	breaks             string // ids, a blank between
	also               string // sentences of the sheet that have no id here
}

func faults() []independent.Fault {
	var list []independent.Fault
	for _, row := range faultRows() {
		source := row.source
		if row.also != "" {
			source += " Sheet, which numbers it nowhere: " + row.also + "."
		}
		list = append(list, independent.Fault{
			Name: row.name, Says: row.says, Source: source, Breaks: strings.Fields(row.breaks),
		})
	}
	return list
}

// The seed's sentences that the faults break.
const (
	needsAny   = "Requires PROBATION_API__HMPPS_AUTH__..., on each of the five operations."
	needsRead  = "Get user details by Id. Requires PROBATION_API__HMPPS_AUTH__USER_DETAILS."
	needsWrite = "Change a Delius user's password. Requires PROBATION_API__HMPPS_AUTH__PASSWORD__RW."
	needsCheck = "Authenticate a Delius username and password. Requires PROBATION_API__HMPPS_AUTH__AUTHENTICATE."
	changed    = "200 Password changed successfully."
	oneUser    = "Change a Delius user's password."
	listed     = "Get users by email."
	byName     = "/user/{username}: Get user details."
	byID       = "/user/details/{userId}: Get user details by Id."
	userOK     = "200 User authenticated."
	userNotOK  = "401 Authentication failure."
	asSchema   = "UserDetails: "
)

func faultRows() []faultRow {
	return slices.Concat(keptRows(), foundRows(), lookupRows(), switchedRows(), betweenFaults(), otherRows(), signRows(),
		nearRows(), doorRows(), plainRows())
}

func plainRows() []faultRow {
	return []faultRow{
		{name: "no-authentication", says: "No operation asks for a token.", source: needsAny,
			breaks: "IDN-GEN-06 IDN-GEN-07 IDN-GEN-13 IDN-GEN-15 IDN-GEN-17", also: "1.2 no token is 401"},
		{name: "authority-unchecked", says: "Any valid token opens everything.", source: needsAny,
			breaks: "IDN-GEN-07 IDN-GEN-13 IDN-GEN-15 IDN-GEN-17"},
		{name: "by-id-unguarded", says: "Any valid token opens the lookup by id.", source: needsRead,
			breaks: "IDN-GEN-15 IDN-GEN-17"},
		{name: "password-opens-to-readers", says: "The change of a password opens with USER_DETAILS, not PASSWORD__RW.",
			source: needsWrite, breaks: "IDN-GEN-13 IDN-GEN-14"},
		{name: "authenticate-opens-to-writers", says: "The check of a password opens with PASSWORD__RW, not AUTHENTICATE.",
			source: needsCheck, breaks: "IDN-GEN-15 IDN-GEN-16"},
		{name: "disabled-shown-to-all", says: "Any valid token looks a disabled user up.", source: needsRead,
			breaks: "IDN-GEN-07"},
		{name: "capitals-shown-to-all", says: "Any valid token lists users by an address in capitals.", source: needsAny,
			breaks: "IDN-GEN-07"},
		{name: "unknown-told", says: "A call without a token is answered 404 for an unknown user.", source: needsAny,
			breaks: "IDN-GEN-21", also: "1.2 no token is 401 first"},
		{name: "signature-unchecked", says: "A forged token is as good as a true one.", source: needsAny,
			also: "1.2 an invalid token is 401"},

		{name: "password-lost", says: "A new password is not stored.", source: changed, breaks: "IDN-PWD-03",
			also: "4.1 the old password stops working"},
		{name: "password-hits-next", says: "The next user gets the new password.", source: oneUser, breaks: "IDN-PWD-03",
			also: "4.1 it overwrites that user's password"},
		{name: "password-hits-neighbour", says: "The next user gets the new password too.", source: oneUser,
			also: "4.1 it overwrites that user's password, nobody else's"},
		{name: "password-hits-another", says: "A user who is not next to this one gets the new password too.", source: oneUser,
			breaks: "IDN-DOC-changePassword-untouched_neighbours"},
		{name: "password-hits-all", says: "Everybody gets the new password.", source: oneUser,
			also: "4.1 it overwrites that user's password, nobody else's"},
		{name: "password-drops-neighbour", says: "A change of a password deletes the next user.", source: oneUser,
			also: "6.4 only the password is written"},
		{name: "password-clears-roles", says: "A change of a password takes the user's roles.", source: oneUser,
			also: "6.4 only the password is written"},
		{name: "password-ends-user", says: "A change of a password disables the user for good.", source: oneUser,
			also: "6.4 only the password is written"},
		{name: "old-password-works", says: "The password that a user began with works for ever.", source: changed,
			also: "4.1 and 6.5, only the new one works"},
		{name: "password-unknown-200", says: "A new password for nobody is answered 200.", source: "404 User not found.",
			breaks: "IDN-PWD-29", also: "4.1 404 for an unknown user"},
		{name: "password-204", says: "A new password is answered 204.", source: changed, breaks: "IDN-PWD-01"},

		{name: "authenticate-anything", says: "Any username with any password is answered 200.", source: userNotOK,
			breaks: "IDN-AUTH-29", also: "4.2 401 for a wrong password or an unknown user"},
		{name: "any-users-password", says: "Anybody's password opens every account.", source: needsCheck,
			also: "4.2 as that user with that password"},
		{name: "authenticate-nobody", says: "The right password is answered 401.", source: userOK,
			breaks: "IDN-AUTH-27 IDN-AUTH-28 IDN-PWD-03"},
		{name: "failure-200", says: "A wrong password is answered 200.", source: userNotOK, breaks: "IDN-AUTH-29",
			also: "4.2 401 for every failure"},
		{name: "failure-400", says: "A wrong password is answered 400.", source: userNotOK, breaks: "IDN-AUTH-29",
			also: "4.2 401 for every failure"},
	}
}

func lookupRows() []faultRow {
	return []faultRow{
		{name: "by-id-same", says: "Every id gives the same user.", source: byID,
			breaks: "IDN-USER-24 IDN-USER-27 IDN-USER-29"},
		{name: "by-username-same", says: "Every username gives the same user.", source: byName,
			breaks: "IDN-USER-02 IDN-USER-14 IDN-USER-17 IDN-USER-19 IDN-USER-29 IDN-USER-31 IDN-USER-32 IDN-USER-37 " +
				"IDN-USER-38"},
		{name: "by-id-empty-roles", says: "The lookup by id gives no roles.", source: byID, breaks: "IDN-USER-29"},
		{name: "email-ignored", says: "The list has everybody.", source: listed, breaks: "IDN-USER-03 IDN-USER-12"},
		{name: "email-by-ending", says: "The list has whose address ends in the one asked for.", source: listed,
			breaks: "IDN-USER-03"},
		{name: "list-first-only", says: "The list has one user at most.", source: listed, breaks: "IDN-USER-05"},
		{name: "list-without-roles", says: "Users in the list have no roles.", source: asSchema + "roles array true.",
			breaks: "IDN-USER-02"},
		{name: "user-id-text", says: "userId is a string.", source: asSchema + "userId integer true.", also: "4 userId int64"},
		{name: "enabled-text", says: "enabled is a string.", source: asSchema + "enabled boolean true.",
			breaks: "IDN-USER-31 IDN-USER-32 IDN-USER-33"},
		{name: "enabled-inverted", says: "Who is enabled is shown as not.", source: asSchema + "enabled boolean true.",
			breaks: "IDN-USER-31 IDN-USER-32 IDN-USER-33"},
		{name: "roles-text", says: "roles is one string.", source: asSchema + "roles array true.",
			breaks: "IDN-USER-35 IDN-USER-37"},
		{name: "surname-missing", says: "Users have no surname.", source: asSchema + "surname string true.", also: "4 surname"},
		{name: "password-shown", says: "The lookups show the password.", source: asSchema + "it lists no password.",
			breaks: "IDN-GEN-36"},
	}
}
