package cli

// SeldomPercent is how far a server's small heap may grow between two collections of garbage, in
// percent of what is in use. The mock has it, and a server that is measured like it.
const SeldomPercent = 200

// ballast is counted as memory in use but never touched, so that a server with few
// records, too, collects garbage seldom: some ten megabytes more buy a tail of
// latencies without collections in it. In bytes.
const ballast = 48 << 20

// Ballast gives the ballast, which must be kept.
func Ballast() []byte { return make([]byte, ballast) }
