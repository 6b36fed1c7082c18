package infer

// Tables of words, each a text of words between blanks: what an API's authors call things.

// uncounted are words that look like a plural and are none.
const uncounted = `status news series analytics metadata media data sms dns aws https http css address access business process
	progress class address bus gas canvas basis analysis diagnosis alias success sso tls ios mms os js kubernetes jenkins diff
	address pass compass bonus campus census corpus radius focus consensus virus nexus plus this has is was as us gps
	previous contains pos redis less loss boss cross`

// ones are plurals that mostly name the one record that there is.
const ones = `settings preferences prefs statistics stats details metrics`

// masses name several though they have no plural.
const masses = `people children media data staff feedback news history inventory`

// irregular is each plural and its singular.
const irregular = `people person children child men man women woman indices index indexes index vertices vertex matrices matrix
	criteria criterion phenomena phenomenon statuses status aliases alias analyses analysis bases base databases database
	addresses address processes process accesses access classes class businesses business movies movie cookies cookie
	caches cache releases release licenses license invoices invoice expenses expense purchases purchase
	responses response courses course houses house leases lease cases case phases phase phrases phrase
	uses use pauses pause causes cause clauses clause warehouses warehouse exercises exercise premises premise
	series series species species quizzes quiz branches branch kids kid ties tie pies pie zombies zombie
	axes axis theses thesis crises crisis leaves leaf shelves shelf lives life knives knife wolves wolf
	ids id sizes size prizes prize mazes maze bundles bundle archives archive`

// variants are words by which the components of one kind of record differ.
const variants = `full minimal simple simplified basic compact base mini short detail details detailed summary response responses
	result results item items list object dto model entity schema read out output resource representation nullable
	private public v1 v2 v3 v4 extended partial expanded search paged paginated page collection wrapper envelope body payload
	data get saved`

// generic are components that say nothing of what they hold.
const generic = `response result object item error message data status success empty ok entity model resource list page
	record any value body`

// listNames are the names of the member of an envelope that holds the records.
const listNames = `data items item results result entries records values value content contents list rows elements objects
	resources nodes collection hits docs documents entities`

// wrapNames are the names of the member that everything is wrapped in.
const wrapNames = `data result response embedded payload value body item record`

// metaWords make the names of members that say something of a list, not of a record.
const metaWords = `count total totals page pages per next previous prev first last has more cursor cursors offset limit size
	links link meta metadata pagination paging object kind url uri href api version success status ok message messages
	error errors warning warnings incomplete results start end length number num request token marker remaining self
	included jsonapi context etag sync order sort entries took time timestamp is max min current items from to
	date utc provider name id code stamp duration row`

// loneMeta are names that only mean a list beside other members that do.
const loneMeta = `id name number date status url code duration`

// recordNames are members that only a record has.
const recordNames = `id uuid gid sid slug name title key`

// actionWords begin the last part of a path that does something with a record.
const actionWords = `accept acknowledge activate add allocate amend analyze append apply approve archive assign attach authenticate
	authorize ban batch begin block bulk calculate calibrate call cancel capture check checkin checkout claim clean clear clone close
	commit compare complete compute confirm connect convert copy count create deactivate decline decode decrypt delete deliver
	deny deploy deprecate detach diff disable disconnect dismiss dispatch disassociate download duplicate edit email enable
	encode encrypt end enqueue estimate evaluate evict exec execute expire export extend fail failover fetch finalize find finish fix
	follow force forward freeze generate get grant hide ignore impersonate import init initialize insert install invalidate
	invite invoke issue join kick kill launch leave link list load lock login logout lookup mark mask match merge migrate
	modify move mute notify open order pause pay perform permit pin ping poll pop post prepare preview process
	promote portforward provision proxy publish pull purge push query queue rate read reassign rebase rebuild recalculate recover redeem redeliver
	redo refresh refund regenerate register reindex reject release reload remove rename renew reopen reorder replace
	replay reply report request rerequest rerun resend reserve reset resize resolve restart restore resume retry retrieve
	return reveal reverse revert review revoke rollback rotate run save scan schedule search seek select send set share
	shutdown sign signin signout signup skip snooze sort split star start stop submit subscribe suspend swap switch
	sync synchronize tag takeover terminate test toggle touch train transfer transform translate trigger trash unarchive
	unassign unban unblock unfollow unfreeze unhide uninstall unlink unlock unmark unmute unpin unpublish unregister unset
	unshare unstar unsubscribe unsuspend unwatch update upgrade upload upsert use validate verify view void vote watch
	withdraw write`

// queryWords are those that only read; askingWords do so at the end of a name, too.
const (
	queryWords  = `search query find lookup list filter match autocomplete suggest browse select scan fetch`
	askingWords = `search query lookup autocomplete`
)

// partWords name a parameter that picks a member of a record, not a record.
const partWords = `field fields property attribute filter`

// callerWords stand for the record of whoever calls.
const callerWords = `me self current mine whoami`
