package volunteers

import (
	"net/url"
	"strings"
)

// resource is one kind of record that hangs on a user.
type resource struct {
	path        string
	fields      []field // of the body of create, and of update where changes is nil
	changes     []field
	contact     bool // the plain kinds: read as they are stored, required members on update too
	single      bool // one primary at most
	removable   bool
	parameters  string
	stamps      bool
	textOwner   bool // user_id is a text
	child       string
	childFields []field
	view        func(*call, *user, *row) obj
	filter      func(*call, url.Values, *row) bool
	check       func(*call) *answer      // what create and update refuse
	keep        func(*user, *row) bool   // what delete has to leave
	freed       string                   // the fault under which delete leaves nothing
	saved       func(*call, *user, *row) // what a write brings about
}

func (r *resource) onUpdate() []field {
	if r.changes != nil {
		return r.changes
	}
	return r.fields
}

func resources() []resource {
	return []resource{
		{
			path: "email-addresses", fields: emailFields(), contact: true, single: true, removable: true, stamps: true,
			check: checkEmail, keep: isPrimary, freed: "primary-email-deletable", saved: handPrimaryOn,
		},
		{
			path: "addresses", fields: addressFields(), contact: true, single: true, removable: true, stamps: true,
			textOwner: true, parameters: "primary trashed", filter: primaryFilter, keep: isPrimary,
			freed: "primary-address-deletable", saved: touchOtherAddress,
		},
		{
			path: "emergency-contacts", fields: contactFields(), contact: true, single: true, removable: true,
			parameters: "primary", filter: primaryFilter, keep: isLast("emergency-contacts"), freed: "last-contact-deletable",
			check: checkContact,
		},
		{
			path: "phone-numbers", fields: phoneFields(), contact: true, single: true, stamps: true,
			parameters: "primary", filter: primaryFilter, check: checkPhone, saved: oneSMS,
		},
		{
			path: "roles", fields: roleFields(), changes: roleChanges(), single: true, removable: true, view: roleView,
			check: checkRole, keep: isLast("roles"), freed: "last-role-deletable", saved: roleSaved,
		},
		{
			path: "supervisors", fields: supervisorFields(), changes: supervisorChanges(), single: true, removable: true,
			view: supervisorView, check: checkSupervisor,
		},
		{
			path: "notes", fields: noteFields(), view: noteView, filter: noteFilter, check: checkNote, saved: onePinned,
			parameters: "q", child: "sub-notes", childFields: subNoteFields(),
		},
		{
			path: "touchpoints", fields: touchpointFields(), changes: touchpointFields(), view: touchpointView,
			filter: touchpointFilter, check: checkTouchpoint, parameters: "q type archived from to o s",
			child: "sub-touchpoints", childFields: subTouchpointFields(), saved: touchpointSaved,
		},
	}
}

func phoneKinds() []string {
	return []string{"Alternative Phone Number", "Home", "Mobile", "Work"}
}

func addressKinds() []string {
	return []string{"Home", "Work", "Other", "Additional address"}
}

func emailFields() []field {
	return fields("id:own primary:flag! email:email! soft_bounces:whole=0 hard_bounces:whole=0 complaints:whole=0")
}

func addressFields() []field {
	return fields("type:text! primary:flag! from_date:date company_name:text street:text! street_second:text "+
		"street_third:text city:text! county:text postcode:text! country:text! address:text lat:number long:number "+
		"created_at:own updated_at:own",
		field{name: "type", kind: "text", must: true, enum: addressKinds()},
		field{name: "country", kind: "text", must: true, lax: "address-without-country"},
		field{name: "lat", kind: "number", top: 90}, field{name: "long", kind: "number", top: 180})
}

func contactFields() []field {
	return fields("first_name:text! last_name:text! contact_number:text! relationship:text! primary:flag!")
}

func phoneFields() []field {
	return fields("phone_number:phone! type:text! primary:flag! default_sms:flag! created_at:own updated_at:own",
		field{name: "type", kind: "text", must: true, enum: phoneKinds(), lax: "phone-of-any-type"})
}

func roleFields() []field {
	return fields("role:ref/role! team:ref/team manager:ref/user start:date end:date primary:bit=false custom_title:text")
}

func roleChanges() []field {
	return fields("leaving_reason:ref/leaving_reason feedback:text recommend_organisation:bit notify_manager:flag=false " +
		"unsuitable:flag=false vetting:ref/vetting primary:bit=false team:ref/team start:date end:date manager:ref/user " +
		"custom_title:text")
}

func supervisorFields() []field {
	return fields("user:ref/user! primary:flag=false")
}

func supervisorChanges() []field {
	return fields("user:own primary:flag=false")
}

func noteFields() []field {
	return fields("subject:text= body:text= private:flag=false pinned:flag=false created_by:own user:own " +
		"category:ref/category team:ref/team reminder:reminder")
}

func subNoteFields() []field {
	return fields("body:text! user:own")
}

func touchpointFields() []field {
	return fields("subject:text= body:text= archived:flag=false private:flag=false start:date end:date "+
		"duration:whole follow_up_date:moment created_by:own user:own team:ref/team type:ref/type sub_touchpoints:lines "+
		"attachments:lines reminder:reminder", field{name: "attachments", kind: "lines", def: []obj{}})
}

func subTouchpointFields() []field {
	return fields("body:text!")
}

func skillFields() []field {
	return fields("skills:skills!")
}

func newUserFields() []field {
	return fields("first_name:text! last_name:text! dob:born password:password roleProfiles:lines! " +
		"phoneNumbers:lines emailAddresses:lines send_password_reset_email:flag=false attributes:object confirm_age:flag=false")
}

func newRoleFields() []field {
	return fields("id:profile/role! team:ref/team manager:ref/user start:date end:date custom_title:text")
}

func newPhoneFields() []field {
	return fields("phone_number:phone! primary:flag=false type:text",
		field{name: "type", kind: "text", enum: phoneKinds(), def: "Mobile"})
}

func newEmailFields() []field {
	return fields("email:email! primary:flag=false")
}

func userFields() []field {
	return fields("title:title= can_manage:own status:own about_me:text facebook:text twitter:text website:uri " +
		"appear_in_directory:flag=false appear_in_near_me:flag=false on_call:flag=false on_call_end:moment first_name:text+ " +
		"last_name:text+ dob:born preferred_name:text on_hold_start:text on_hold_end:text start_date:date " +
		"2fa_disabled:flag=false accessibility_info:text attributes:object")
}

// fields reads a list of name:kind, with /catalogue, ! for required, + for not to be emptied
// and =default; a member that needs more is given in full.
func fields(list string, full ...field) []field {
	found := []field{}
	for _, word := range strings.Fields(list) {
		name, kind, _ := strings.Cut(word, ":")
		kind, def, known := strings.Cut(kind, "=")
		f := field{name: name, must: strings.HasSuffix(kind, "!"), filled: strings.HasSuffix(kind, "+")}
		f.kind, f.of, _ = strings.Cut(strings.TrimRight(kind, "!+"), "/")
		if known {
			f.def = map[string]any{"false": false, "0": 0, "": ""}[def]
		}
		for _, other := range full {
			if other.name == name {
				f = other
			}
		}
		found = append(found, f)
	}
	return found
}
