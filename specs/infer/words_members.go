package infer

// idNames are the members that name a record, the likeliest first.
const idNames = `id gid sid uuid guid slug key name number code login username email index tag title`

// otherNames is each name of a parameter and the members that it may stand for.
const otherNames = `index:number username:login username:name user:login user:username user:name org:login org:username org:name
	owner:login owner:username repo:name repository:name account:login enterprise:slug ref:name ref:sha branch:name tag:name
	topic:name label:name file:filename filename:name path:path sha:sha login:login team:slug package:name secret:name`

// nests are the members in which the id may stand.
const nests = `metadata meta sys attributes data`

// createdNames and changedNames are members with the time of the creation and of the last change.
const createdNames = `createdat created createdon datecreated creationdate createddate createdtime creationtime createtime
	insertedat createdtimestamp creationtimestamp addedat createddateutc dateadded createddatetime createdatetime`

const changedNames = `updatedat updated updatedon dateupdated updateddate updatedtime updatetime modifiedat modified modifiedon
	lastmodified lastmodifiedat lastupdated lastupdatedat datemodified modifieddate changedat updateddateutc lastmodifieddate
	lastmodifiedtime updatedtimestamp updateddatetime modifiedtime`

// pageNames … sizeNames are query parameters that cut a list.
const (
	pageNames   = `page pagenumber pageno p pageindex currentpage`
	offsetNames = `offset skip startindex startat start`
	cursorNames = `cursor after startingafter marker pagetoken nexttoken continue continuationtoken startafter nextmarker
		nextcursor nextpagetoken pagecursor starttoken aftercursor aftertoken scrollid pageafter`
	sizeNames = `limit perpage pagesize size count maxresults first top take pagelimit maxitems max pagesizes maxentries num
		resultsperpage itemsperpage`
	otherCuts = `before endingbefore last prev previous previoustoken pagebefore until`
)

// sortNames and includeNames are query parameters that order a list and add to it.
const (
	sortNames    = `sort sortby orderby order sorting ordering sortorder sortfield sortkey`
	includeNames = `include expand embed includes expands with`
	searchNames  = `q query search searchtext searchterm keyword keywords term text filter searchquery`
	softNames    = `includedeleted withdeleted deleted showdeleted includetrashed trashed withtrashed`
	titleNames   = `title name summary subject label displayname description fullname login username email`
)

// totalNames … moreNames are members of an envelope.
const (
	totalNames = `total totalcount totalitems totalresults totalrecords count totalelements totalsize totalentries size`
	countNames = `count pagecount itemcount numberofelements resultcount length`
	nextNames  = `next nextpage nexturl nextlink nexttoken nextcursor nextpagetoken nextpageuri cursor nextmarker nextpageurl
		continue endcursor continuationtoken odatanextlink nexturi`
	moreNames = `hasmore hasnext hasnextpage more ismore hasmoreresults hasmoreitems`
	metaNames = `meta metadata pagination paging links page pageinfo cursors responsemetadata`
)

// messageNames … lists are members of an error's body.
const (
	messageNames   = `message errormessage error detail errordescription description title msg reason summary text`
	codeNames      = `code errorcode errorcodes errortype type name errornumber`
	statusNames    = `status statuscode httpstatus httpstatuscode`
	violationLists = `errors violations details fielderrors invalidparams validationerrors validation elements fields issues`
	fieldNames     = `field path pointer property name param parameter location attribute resource source key`
	errorWraps     = `error errors fault`
)

// endingNames are what a parameter is called that only says how an answer is written.
const endingNames = `format extension ext suffix`

// failureWords are in the names of components that are answered when something went wrong.
const failureWords = `error errors fault problem exception failure`

// asideNames are query parameters that say nothing of which records are meant: who asks, and how
// the answer is to be written.
const asideNames = `key apikey token accesstoken authtoken auth appid appkey clientid clientsecret apitoken sessionid session
	sid secret signature nonce timestamp format output outputformat lang language locale culture callback fields fieldset
	fieldmask version apiversion v pretty alt site tenant tenantid userid user timezone tz units view detail detailed
	contenttype dryrun async debug startdate enddate fromdate todate datefrom dateto begindate begindatetime startdatetime
	enddatetime starttime endtime`

// idWords are words of a path that say by which member a record is found.
const idWords = `id gid sid uuid guid slug key name code username email`

// looseningWords take a record from another one, or leave it where it is.
const looseningWords = `disable disables detach detaches disassociate disassociates dissociate unassign unassigns unlink unlinks
	unshare unshares leave leaves deactivate deactivates`
