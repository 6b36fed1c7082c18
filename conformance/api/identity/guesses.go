package identity

import (
	"context"
	"strconv"
	"strings"
	"time"

	"rollcall/conformance/client"
	"rollcall/conformance/kit"
	"rollcall/conformance/suite"
)

// A directory may lock an account for a moment after some wrong passwords in a row, which then says nothing of the right one.
const (
	mostInRow  = 3               // of wrong passwords, which no case goes on with
	lockedMost = 3 * time.Second // which is waited for once, and no more where that was no help
)

// rowOf is the name under which the run remembers how many passwords of a user were wrong since the last right one.
func rowOf(username string) string {
	return "wrong passwords in a row of " + strings.ToLower(username)
}

// guessed counts the wrong passwords in a row.
func guessed(env *suite.Env, username string, right bool) {
	row := 0
	if right && env.Remembered(cameIn(username)) == "" {
		env.Remember(cameIn(username), "yes")
	}
	if !right {
		row = rowNow(env, username) + 1
	}
	if row != rowNow(env, username) {
		env.Remember(rowOf(username), strconv.Itoa(row))
	}
}

// cameIn is the name under which the run remembers that a password of the user was right.
func cameIn(username string) string { return "a right password of " + strings.ToLower(username) }

func rowNow(env *suite.Env, username string) int {
	row, _ := strconv.Atoi(env.Remembered(rowOf(username)))
	return row
}

// notAfterGuesses ends a row of wrong passwords by the right one before a case goes on with the account, once. Where that is
// refused the account may be locked.
func (a account) notAfterGuesses(env *suite.Env) {
	if rowNow(env, a.username) < mostInRow || env.Turn("row of "+a.username) > 0 {
		return
	}
	checkAfterGuesses(env.Context(), env.As(suite.DefaultPersona), a.username, a.password)
}

// checkAfterGuesses checks a password that should be right. Where it is refused after a row of wrong ones, it is sent once more
// when a short lock is over.
func checkAfterGuesses(ctx context.Context, env *suite.Env, username string, password any) *client.Exchange {
	row := rowNow(env, username)
	answer := check(ctx, env, username, password)
	if answer.Success() || row < mostInRow || env.Remembered(inVain(username)) != "" {
		return answer
	}
	kit.Pause(ctx, env, lockedMost)
	if answer = check(ctx, env, username, password); !answer.Success() {
		env.Remember(inVain(username), "yes")
	}
	return answer
}

// inVain is the name under which the run remembers that waiting didn't open the account.
func inVain(username string) string { return "no short lock of " + strings.ToLower(username) }
