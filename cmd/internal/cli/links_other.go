//go:build !unix

package cli

import "io/fs"

// names is how many names a file has, as far as that can be told here.
func names(fs.FileInfo) uint64 { return 1 }
