package behavior

import (
	"slices"
	"strings"

	"rollcall/mockserver/defect"
)

// Each makes one defect for every operation, its name ending in the operation's.
func Each(d defect.Defect, operations ...string) (all []defect.Defect) {
	for _, o := range operations {
		one := d
		one.Name = strings.Trim(base(d)+"@"+o, "@")
		one.Operations = []string{o}
		all = append(all, one)
	}
	return all
}

// Members makes one defect for every member: its path is the prefix and the name.
func Members(d defect.Defect, prefix string, names ...string) (all []defect.Defect) {
	for _, n := range names {
		one := d
		one.Path = prefix + n
		one.Name = base(d) + "-" + n
		one.Operations = slices.Clone(d.Operations)
		if len(d.Operations) == 1 {
			one.Name += "@" + d.Operations[0]
		}
		all = append(all, one)
	}
	return all
}

func base(d defect.Defect) string {
	if d.Name != "" {
		return d.Name
	}
	return string(d.Op)
}
