package identity

import (
	"fmt"
	"strconv"
	"strings"
)

// person is one line of the seed data. Without an id there is no database row.
type person struct {
	id                                           int64
	username, firstName, surname, mail, password string
	roles                                        string // role codes, a blank between
	ends                                         bool   // there is an end date,
	endsIn                                       int    // so many days from today
	entryless                                    bool   // the directory doesn't know this user
	told                                         bool   // the suite is told the id
}

// dutyDesk is the address that several users share. Its capitals are stored as they are.
const dutyDesk = "Duty.Desk@swansea.probation.example"

// people is the whole data set. The records that a caller may destroy stand right before
// records that only get read, so that a write that hits its neighbour can be seen.
func people() []person {
	return []person{
		{id: 2107, username: "gwen.pritchard", firstName: "Gwen", surname: "Pritchard",
			mail: "gwen.pritchard@swansea.probation.example", password: "Cwm-Tawe-1904", roles: "SWBT004 SWBT001"},
		{id: 2113, username: "rosemary.jones", firstName: "Rosemary", surname: "Jones",
			mail: "rosemary.jones@leeds.probation.example", password: "Kirkstall Abbey 7", roles: "LDBT002"},
		{id: 2118, username: "mary.jones", firstName: "Mary", surname: "Jones", told: true,
			mail: "mary.jones@leeds.probation.example", password: "Roundhay Park 22", roles: "LDBT009 LDBT002 CTRB100"},
		{id: 2124, username: "sian.davies", firstName: "Siân", surname: "Davies",
			mail: dutyDesk, password: "Gower/Rhossili", roles: "SWBT001 APBT003"},
		{id: 2131, username: "Owain-Morgan", firstName: "Owain", surname: "Morgan",
			mail: dutyDesk, password: "Mumbles&Pier", roles: "SWBT001"},
		{id: 2139, username: "ZETHERIDGE", firstName: "Zoë", surname: "Etheridge-O'Neill",
			mail: dutyDesk, password: "tide*table", roles: "SWBT004 SWBT002"},
		{id: 2144, username: "hamish.baird", firstName: "Hamish", surname: "Baird", told: true,
			mail: "hamish.baird@carlisle.probation.example", password: "Hadrian-Wall-122", roles: "CABT005 CABT001"},
		{id: 2150, username: "colin.whitaker", firstName: "Colin", surname: "Whitaker", ends: true, endsIn: -45,
			mail: "colin.whitaker@york.probation.example", password: "Shambles 1350", roles: "YKBT002"},
		{id: 2155, username: "edith.larkin", firstName: "Edith", surname: "Larkin", told: true, ends: true, endsIn: -9,
			mail: "edith.larkin@hull.probation.example", password: "Whitsun-Train", roles: "HUBT001"},
		{username: "tariq.hussain", firstName: "Tariq", surname: "Hussain",
			mail: "tariq.hussain@bradford.probation.example", password: "Salt's Mill 1853", roles: "BFBT006"},
		{username: "una.gallagher", firstName: "Una", surname: "Gallagher",
			mail: "una.gallagher@derry.probation.example", password: "Foyle-Bridge-84", roles: "NIBT001 NIBT003"},
		{id: 2162, username: "bethan.rees", firstName: "Bethan", surname: "Rees", ends: true, endsIn: 0,
			mail: "bethan.rees@cardiff.probation.example", password: "Taff Trail 55", roles: "CFBT001"},
		{id: 2168, username: "femi.adeyemi", firstName: "Femi", surname: "Adeyemi", told: true,
			mail: "femi.adeyemi@luton.probation.example", password: "Wardown-Pk-33", roles: "LUBT004"},
		{id: 2173, username: "priya.nair", firstName: "Priya", surname: "Nair", ends: true, endsIn: 40,
			mail: "priya.nair@leicester.probation.example", password: "Abbey Pumping 1", roles: "LEBT002 LEBT007"},
		{id: 2179, username: "stuart.ingham", firstName: "Stuart", surname: "Ingham",
			mail: "stuart.ingham@bolton.probation.example", password: "Winter Hill 456"},
		{id: 2185, username: "agnes.thwaite", firstName: "Agnes", surname: "Thwaite",
			password: "Kendal-Mint-69", roles: "KEBT001"},
		{id: 2190, username: "svc.migration", entryless: true, told: true},
	}
}

// disposables are the accounts that a caller may change, by the name the suite gives them.
func disposables() []struct {
	name     string
	username string
} {
	return []struct{ name, username string }{
		{"disposable-account", "hamish.baird"},
		{"disposable-disabled-account", "edith.larkin"},
		{"disposable-rowless-account", "una.gallagher"},
		{"disposable-staffless-account", "femi.adeyemi"},
	}
}

// given is what the suite has to know of the data.
func given() map[string]string {
	g := map[string]string{
		"sharedEmail": dutyDesk, "sharedEmailCount": strconv.Itoa(countWith(dutyDesk)),
		"entrylessUsername": "svc.migration", "entrylessUserId": idText("svc.migration"),
		"endingUsername": "bethan.rees", "futureEndUsername": "priya.nair",
		"rolelessUsername": "stuart.ingham", "emaillessUsername": "agnes.thwaite",
		"username": "mary.jones", "userId": idText("mary.jones"), "email": personOf("mary.jones").mail,
	}
	for prefix, username := range map[string]string{"disabled": "colin.whitaker", "rowless": "tariq.hussain"} {
		p := personOf(username)
		g[prefix+"Username"], g[prefix+"Email"], g[prefix+"Password"] = p.username, p.mail, p.password
	}
	for _, d := range disposables() {
		p := personOf(d.username)
		g[d.name], g[d.name+"-password"], g[d.name+"-email"] = p.username, p.password, p.mail
		if p.id != 0 {
			g[d.name+"-userId"] = idText(p.username)
		}
	}
	return g
}

func personOf(username string) person {
	for _, p := range people() {
		if p.username == username {
			return p
		}
	}
	panic("identity: nobody is named " + username)
}

func idText(username string) string { return fmt.Sprint(personOf(username).id) }

func countWith(mail string) int {
	n := 0
	for _, p := range people() {
		if strings.EqualFold(p.mail, mail) {
			n++
		}
	}
	return n
}
