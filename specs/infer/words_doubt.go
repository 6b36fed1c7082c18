package infer

// Tables of words that make a guess less sure, or more.

// anyNames stand before an id in the name of a key, whatever it is of.
const anyNames = `item entity object record element external unique public internal global system custom short api my x int str`

// kindNames are keys by which several are picked.
const kindNames = `type kind sort order category class language lang locale country region state status year month day date week
	period format level mode size width height from to start end lat lon lng latitude longitude x y z page limit gender amount currency
	query search term text keyword value`

// whichWords say which of the records before them are meant, not what they are.
const whichWords = `all mine own owned latest recent current active inactive pending open closed archived deleted public private
	popular trending top new upcoming featured incoming outgoing inbound outbound sent received favorite favourite draft published
	expired available issued released first last next previous random general advanced basic default other any list content query
	search result info data nearest nearby today multiple detailed computed exposed saved registered`

// questionNames are query parameters that an answer is computed from.
const questionNames = `text url ip ipaddress address lat lng lon latitude longitude latlong amount expression word sentence phrase
	number phonenumber phone vin zipcode zip postcode coordinates image imageurl website`

// frameWords are parts of a path that say nothing of what is there.
const frameWords = `api rest public private internal external json rpc`

// timeWords are in the names of query parameters that say from when.
const timeWords = `date time from to start end since until begin day year month season`

// keepingWords are those for making or changing a record, beside the ones that say so in a name.
const keepingWords = `upsert put upload send store unset cancel`

// trailingWords stand at the end of a component's name and don't say what it is of.
const trailingWords = `view definition information input output extended with id index show request response entity item object
	setup head header record details vo dto model type`
